"""What is told is written and changed."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from vivaio.journal import actions as journal
from vivaio.kit.files import Checked, delete_later, fitted
from vivaio.kit.rules import require
from vivaio.kit.texts import write_texts
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing import queries, rules
from vivaio.publishing.models import Captions, Document, News, Photo, Video

Texts = Mapping[str, Mapping[str, str]]
LARGE, SMALL = 1600, 720
FILES = ("file", "cover", "poster", "large", "small")


@transaction.atomic
def add(
    model: Any,
    programme: Programme,
    *,
    by: Person | None,
    plain: Mapping[str, Any],
    texts: Texts,
    files: Mapping[str, Any],
) -> Any:
    """Prepare a news item, document, photo or video; nobody but the staff sees it until it is published.

    `texts` by name and language; `files` the checked uploads by field (`file`, `cover`, `poster`), and for a
    video `captions`, WebVTT texts by language.
    """
    require(rules.edit, programme, by)
    item = model(programme=programme)
    _write(item, plain, texts)
    if isinstance(item, News):
        item.slug = free_slug(programme, item.title_i18n)
    _take(item, files)
    item.save()
    _caption(item, files.get("captions") or {})
    journal.record("publishing.added", item, by=by, programme=programme.pk)
    return item


@transaction.atomic
def change(
    item: Any,
    *,
    by: Person | None,
    plain: Mapping[str, Any],
    texts: Texts,
    files: Mapping[str, Any],
    without: Collection[str] = (),
) -> Any:
    """Change its words and its files; `without` names the files that go. Nothing changed, nothing written."""
    item = queries.locked(item)
    require(rules.change, item, by)
    changed = _write(item, plain, texts)
    changed += [name for name, value in files.items() if value]
    before = files_of(item)
    _take(item, files)
    for name in without:
        if getattr(item, name) and not files.get(name):
            setattr(item, name, "")
            changed.append(name)
    if not changed:
        return item
    item.save()
    _caption(item, files.get("captions") or {})
    if item.is_public:
        require(rules.complete, item)
        programmes.public_changed(item.programme_id)
    journal.record("publishing.edited", item, by=by, programme=item.programme_id, fields=sorted(set(changed)))
    kept = {stored.name for stored in files_of(item)}
    for stored in before:
        if stored.name not in kept:
            delete_later(stored)
    return item


def files_of(item: Any) -> list[Any]:
    """The stored files of an item."""
    return [getattr(item, name) for name in FILES if getattr(item, name, None)]


def free_slug(programme: Programme, title: str) -> str:
    """An address for a news item, made from its title, that no other one of the programme has."""
    stem = slugify(title)[:70].strip("-") or "news"
    taken = set(
        News.objects.filter(programme=programme, slug__startswith=stem).values_list("slug", flat=True)
    )
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _write(item: Any, plain: Mapping[str, Any], texts: Texts) -> list[str]:
    changed = [name for name, value in plain.items() if getattr(item, name) != value]
    for name in changed:
        setattr(item, name, plain[name])
    return changed + write_texts(item, texts)


def _take(item: Any, files: Mapping[str, Any]) -> None:
    """Give the item its files, pictures as large as pages need them."""
    upload: Checked | None = files.get("file")
    if isinstance(item, Photo) and upload:
        large, small = fitted(upload.file, LARGE), fitted(upload.file, SMALL)
        item.large, item.small = large.file, small.file
        item.width, item.height = large.width, large.height
    elif isinstance(item, (Document, Video)) and upload:
        for name, value in upload.fields().items():
            setattr(item, name, value)
    if isinstance(item, News) and files.get("cover"):
        cover = fitted(files["cover"].file, LARGE)
        item.cover, item.cover_width, item.cover_height = cover.file, cover.width, cover.height
    if isinstance(item, Video) and files.get("poster"):
        item.poster = fitted(files["poster"].file, LARGE).file


def _caption(item: Any, captions: Mapping[str, str]) -> None:
    for language, text in captions.items():
        if text:
            Captions.objects.update_or_create(video=item, language=language, defaults={"text": text})
