"""Every write on a diary."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from vivaio.initiatives.diary import letters, queries, rules
from vivaio.initiatives.models import DiaryComment, DiaryEntry, DiaryFile, DiaryPhoto, Initiative
from vivaio.initiatives.models.diary import LONGEST_TEXT
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import DIARY_MOVES, DiaryState, Visibility
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.files import Checked, delete_later, fitted
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes

LARGE, SMALL = 1600, 720
TYPED = ("title", "text", "told_on", "visibility")


@transaction.atomic
def start(initiative: Initiative, *, by: Person) -> DiaryEntry:
    """A draft to write in; whoever has one there goes on with it."""
    initiative = initiatives.locked(initiative.pk)
    require(rules.write, initiative, by)
    if found := queries.draft_of(by, initiative):
        return found
    today = clock.today(initiative.programme.time_zone)
    return DiaryEntry.objects.create(initiative=initiative, author=by, told_on=today)


@transaction.atomic
def keep_typed(entry: DiaryEntry, typed: Mapping[str, str], *, by: Person) -> DiaryEntry:
    """Keep what its author is writing, as it is typed; nobody else reads it."""
    entry = queries.locked(entry.pk)
    require(rules.change, entry, by)
    kept = {name: plain(str(value))[:LONGEST_TEXT] for name, value in typed.items() if name in TYPED}
    entry.typed = {**entry.typed, **kept}
    entry.save(update_fields=["typed", "updated_at"])
    return entry


def plain(text: str) -> str:
    """Line ends of one kind, however the words came; nothing that cannot be kept."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


@transaction.atomic
def save(entry: DiaryEntry, *, values: Mapping[str, Any], declared: bool, by: Person) -> DiaryEntry:
    """Put the entry in the diary as it now stands; what is for everybody waits until the staff has read it."""
    entry = queries.locked(entry.pk)
    require(rules.change, entry, by)
    require(rules.said, values["title"], values["text"])
    changed = [name for name in TYPED if getattr(entry, name) != values[name]]
    entry.typed = {}
    if not changed and entry.state not in (DiaryState.DRAFT, DiaryState.TO_CHANGE):
        entry.save(update_fields=["typed", "updated_at"])
        return entry
    require(rules.declared, values["visibility"], declared)
    for name in TYPED:
        setattr(entry, name, values[name])
    new = entry.state == DiaryState.DRAFT
    entry.revision += 1
    _stand(entry, by)
    entry.save()
    verb = "initiatives.diary_written" if new else "initiatives.diary_changed"
    journal.record(verb, entry, by=by, fields=() if new else changed)
    return entry


def _stand(entry: DiaryEntry, by: Person) -> None:
    """Where the entry belongs by who reads it; what is for everybody says who answered for it, and when."""
    was_public = entry.state == DiaryState.PUBLIC
    if entry.visibility == Visibility.ALL:
        entry.declared_by, entry.declared_at = by, clock.now()
        to = DiaryState.WAITING
    else:
        entry.declared_by = entry.declared_at = None
        to = DiaryState.KEPT
    if entry.state != to:
        move(entry, to, DIARY_MOVES)
    entry.asked, entry.decided_by, entry.decided_at = "", None, None
    if was_public:
        programmes.public_changed(entry.initiative.programme_id)


@transaction.atomic
def discard(entry: DiaryEntry, *, by: Person) -> None:
    """Throw a draft away, with what hangs on it."""
    entry = queries.locked(entry.pk)
    require(rules.discard, entry, by)
    _drop_files(entry)
    entry.delete()


def _drop_files(entry: DiaryEntry) -> None:
    for photo in entry.photos.all():
        delete_later(photo.large)
        delete_later(photo.small)
    for file in entry.files.all():
        delete_later(file.file)
    entry.photos.all().delete()
    entry.files.all().delete()


@transaction.atomic
def delete(entry: DiaryEntry, *, reason: str, by: Person) -> DiaryEntry:
    """Its words, photos, files and comments go; that there was an entry, and why it went, stays for the team."""
    entry = queries.locked(entry.pk)
    require(rules.delete, entry, by)
    require(rules.with_reason, reason)
    was_public = entry.state == DiaryState.PUBLIC
    move(entry, DiaryState.DELETED, DIARY_MOVES)
    _drop_files(entry)
    entry.comments.all().delete()
    entry.title = entry.text = entry.asked = ""
    entry.typed, entry.deleted_because = {}, reason.strip()
    entry.declared_by = entry.declared_at = None
    entry.revision += 1
    entry.save()
    if was_public:
        programmes.public_changed(entry.initiative.programme_id)
    journal.record("initiatives.diary_deleted", entry, by=by, fields=["state"])
    return entry


@transaction.atomic
def let_through(entry: DiaryEntry, *, revision: int, by: Person) -> DiaryEntry:
    """Everybody may read it from now on."""
    entry = queries.locked(entry.pk)
    require(rules.let_through, entry, revision, by)
    move(entry, DiaryState.PUBLIC, DIARY_MOVES)
    entry.decided_by, entry.decided_at = by, clock.now()
    entry.save()
    programmes.public_changed(entry.initiative.programme_id)
    journal.record("initiatives.diary_let_through", entry, by=by, fields=["state"])
    letters.let_through.enqueue(entry, cause=str(entry.revision))
    return entry


@transaction.atomic
def ask(entry: DiaryEntry, *, revision: int, words: str, by: Person) -> DiaryEntry:
    """Ask its author to change it, with a letter; what was public is so no more."""
    entry = queries.locked(entry.pk)
    require(rules.ask, entry, revision, by, words)
    was_public = entry.state == DiaryState.PUBLIC
    move(entry, DiaryState.TO_CHANGE, DIARY_MOVES)
    entry.asked, entry.decided_by, entry.decided_at = words.strip(), by, clock.now()
    entry.save()
    if was_public:
        programmes.public_changed(entry.initiative.programme_id)
    journal.record("initiatives.diary_to_change", entry, by=by, fields=["state"])
    letters.to_change.enqueue(entry, cause=f"{clock.now():%Y%m%d%H%M%S%f}")
    return entry


@transaction.atomic
def add_photo(
    entry: DiaryEntry, *, upload: Checked, alt: str, caption: str, declared: bool, by: Person
) -> DiaryPhoto:
    """A photo as large as pages need it, without place, time and device."""
    entry = _attaching(entry, declared, by)
    require(rules.photo, entry)
    require(rules.in_words, alt)
    large, small = fitted(upload.file, LARGE), fitted(upload.file, SMALL)
    made = DiaryPhoto.objects.create(
        entry=entry, alt=alt.strip(), caption=caption.strip(), large=large.file, small=small.file,
        width=large.width, height=large.height,
    )  # fmt: skip
    _attached(entry, "photos", by)
    return made


@transaction.atomic
def add_file(entry: DiaryEntry, *, upload: Checked, declared: bool, by: Person) -> DiaryFile:
    """A document that belongs to the entry."""
    entry = _attaching(entry, declared, by)
    require(rules.file, entry)
    made = DiaryFile.objects.create(entry=entry, **upload.fields())
    _attached(entry, "files", by)
    return made


def _attaching(entry: DiaryEntry, declared: bool, by: Person) -> DiaryEntry:
    """The entry under its lock; what is added to an entry for everybody is declared like its words."""
    entry = queries.locked(entry.pk)
    require(rules.change, entry, by)
    if entry.state != DiaryState.DRAFT:
        require(rules.declared, entry.visibility, declared)
    return entry


def _attached(entry: DiaryEntry, what: str, by: Person) -> None:
    entry.revision += 1
    if entry.state != DiaryState.DRAFT:
        _stand(entry, by)
        journal.record("initiatives.diary_changed", entry, by=by, fields=[what])
    entry.save()


@transaction.atomic
def remove_photo(photo: DiaryPhoto, *, by: Person) -> None:
    """Take a photo away; what was public stays so without it."""
    entry = _taking_away(photo.entry, "photos", by)
    for found in entry.photos.filter(pk=photo.pk):
        delete_later(found.large)
        delete_later(found.small)
        found.delete()


@transaction.atomic
def remove_file(file: DiaryFile, *, by: Person) -> None:
    """Take a file away."""
    entry = _taking_away(file.entry, "files", by)
    for found in entry.files.filter(pk=file.pk):
        delete_later(found.file)
        found.delete()


def _taking_away(entry: DiaryEntry, what: str, by: Person) -> DiaryEntry:
    entry = queries.locked(entry.pk)
    require(rules.change, entry, by)
    entry.revision += 1
    entry.save()
    if entry.state == DiaryState.PUBLIC:
        programmes.public_changed(entry.initiative.programme_id)
    if entry.state != DiaryState.DRAFT:
        journal.record("initiatives.diary_changed", entry, by=by, fields=[what])
    return entry


@transaction.atomic
def comment(entry: DiaryEntry, text: str, *, by: Person) -> DiaryComment:
    """Say something about an entry; the same words sent twice in a row are one comment."""
    entry = queries.locked(entry.pk)
    require(rules.comment, entry, by)
    words = plain(text).strip()
    require(rules.words, words)
    last = entry.comments.order_by("-created_at", "-pk").first()
    if last and last.person_id == by.pk and last.text == words:
        return last
    made = DiaryComment.objects.create(entry=entry, person=by, text=words)
    journal.record("initiatives.diary_commented", entry, by=by)
    letters.commented.enqueue(made)
    return made


@transaction.atomic
def take_back(remark: DiaryComment, *, by: Person) -> None:
    """Take one's own comment back."""
    entry = queries.locked(remark.entry_id)
    require(rules.take_back, remark, by)
    entry.comments.filter(pk=remark.pk).delete()
    journal.record("initiatives.diary_comment_taken_back", entry, by=by)


@transaction.atomic
def forget(person: Person) -> None:
    """Drafts of an erased person go with what they hold; what stands in a diary stays without their name."""
    own = DiaryEntry.objects.filter(author=person)
    for draft in own.filter(state=DiaryState.DRAFT):
        _drop_files(draft)
        draft.delete()
    own.update(author=None, typed={})
    DiaryEntry.objects.filter(declared_by=person).update(declared_by=None)
    DiaryEntry.objects.filter(decided_by=person).update(decided_by=None)
    DiaryComment.objects.filter(person=person).update(person=None)
