"""Making a call out of another: one act, whole or not at all."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from vivaio.calls import events, queries
from vivaio.calls.actions.keys import free_slug
from vivaio.calls.cloning import rules
from vivaio.calls.cloning.moving import Move
from vivaio.calls.cloning.queries import later_stages, move_to
from vivaio.calls.models import Call, CallDocument, Track
from vivaio.calls.notices.changes import titles_of
from vivaio.journal import actions as journal
from vivaio.kit.copying import copy_of
from vivaio.kit.rules import require
from vivaio.mailroom.wording import queries as wordings
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.questionnaires.models import FormVersion

# What belongs to the life of the one call and not to what it lays down.
LEFT = (
    "programme", "phase", "slug", "follows", "stage_name", "going_on", "state", "title", "form", "blueprint_key",
    "published_at", "ranking_published_at", "ranking_public_until", "withdrawal_reason",
)  # fmt: skip
INSTANTS = ("opens_at", "closes_at", "questions_until", "scoring_opens_at", "scoring_closes_at")


@transaction.atomic
def clone(
    call: Call,
    programme: Programme,
    *,
    titles: Mapping[str, str],
    slug: str,
    opens_at: dt.datetime,
    jurors: bool = False,
    stages: bool = False,
    by: Person | None,
) -> Call:
    """A call in preparation that lays down what `call` does, with every date moved by the same distance.

    `jurors` lets the jury's room bring its people along too, `stages` the later stages of the call, each moved by that
    same distance. Raises `Refused` as the rules say.
    """
    call = queries.locked(call.pk)
    require(rules.clone, call, programme, by)
    require(rules.slug_free, programme, slug)
    made = _call(call, programme, titles, slug, opens_at)
    pairs = [(made, call)]
    if stages:
        pairs += _stages(call, made, move_to(call, programme, opens_at))
    for copied, source in pairs:
        journal.record("calls.cloned", copied, by=by)
        events.cloned.send(Call, call=copied, source=source, jurors=jurors, by=by)
    return made


def _stages(call: Call, made: Call, move: Move) -> list[tuple[Call, Call]]:
    """Every later stage with its own copy, one after the other; each pair is the copy and what it was made of."""
    pairs, before = [], made
    for stage in later_stages(call):
        source = queries.locked(stage.pk)
        taken = set(made.programme.calls.values_list("slug", flat=True))
        opens_at = move.instant(source.opens_at)
        copied = _call(
            source,
            made.programme,
            _titles(source, call, made),
            free_slug(f"{made.slug} {source.stage_name}", taken),
            opens_at or source.opens_at,
        )
        copied.follows = before
        pairs.append((copied, source))
        before = copied
    for copied, source in [(made, call), *pairs] if pairs else []:
        copied.stage_name, copied.going_on = source.stage_name, source.going_on
        named = {name: text for name, text in (source.i18n or {}).items() if name.startswith("stage_name_")}
        copied.i18n = {**(copied.i18n or {}), **named}
        copied.save()
    return pairs


def _titles(stage: Call, call: Call, made: Call) -> dict[str, str]:
    """The titles of a stage, which mostly begin with that of its call: then with that of the new one."""
    titles = titles_of(stage)
    old, new = titles_of(call), titles_of(made)
    return {
        language: words.replace(old[language], new[language], 1)[:160]
        if old.get(language) and new.get(language)
        else words
        for language, words in titles.items()
    }


def _call(
    call: Call, programme: Programme, titles: Mapping[str, str], slug: str, opens_at: dt.datetime
) -> Call:
    move = move_to(call, programme, opens_at)
    stored = {
        name: text
        for name, text in (call.i18n or {}).items()
        if not name.startswith(("title_", "withdrawal_reason_", "stage_name_"))
    }
    stored |= {f"title_{language}": words for language, words in titles.items() if language != "it" and words}
    made = copy_of(
        call,
        leave=LEFT,
        programme=programme,
        phase=call.phase if call.programme_id == programme.pk else None,
        slug=slug,
        title=titles["it"],
        i18n=stored,
        form=_form(call.form, programme),
        **{name: move.instant(getattr(call, name)) for name in INSTANTS},
    )
    made.save()
    _rows(call, made, move)
    _documents(call, made)
    for row in wordings.of_owner(call.pk):
        copy_of(row, owner=made.pk, programme=programme.pk).save()
    return made


def _rows(call: Call, made: Call, move: Move) -> None:
    """Tracks, criteria, conditions, awards and dates; what names a track names that of the copy."""
    tracks: dict[UUID | None, Track | None] = {None: None}
    for track in call.tracks.all():
        copied = copy_of(track, call=made)
        copied.save()
        tracks[track.pk] = copied
    rows: list[Any] = [copy_of(row, call=made) for row in call.criteria.all()]
    rows += [
        copy_of(row, call=made, track=tracks[row.track_id], parameters=move.parameters(row.parameters))
        for row in call.conditions.all()
    ]
    rows += [
        copy_of(row, call=made, track=tracks[row.track_id], last_day=move.date(row.last_day))
        for row in call.awards.all()
    ]
    rows += [copy_of(row, call=made, at=move.instant(row.at)) for row in call.dates.all()]
    for row in rows:
        row.save()


def _documents(call: Call, made: Call) -> None:
    """Each document with a file of its own: removing one leaves the other."""
    for document in call.documents.all():
        copied: CallDocument = copy_of(document, leave=("file",), call=made)
        with document.file.open("rb") as stored:
            copied.file.save(document.name, File(stored), save=True)


def _form(version: FormVersion | None, programme: Programme) -> FormVersion | None:
    """The form in the version that the call gives out; in another programme, a form of its own that asks the same."""
    if version is None or version.form.programme_id == programme.pk:
        return version
    same = FormVersion.objects.filter(form__programme=programme, sha256=version.sha256).order_by("-number")
    if found := same.first():
        return found
    taken = set(programme.forms.values_list("key", flat=True))
    form = copy_of(version.form, programme=programme, key=version.form.key)
    if form.key in taken:
        form.key = free_slug(version.form.key, taken)
    form.save()
    copied = copy_of(version, form=form, number=1)
    copied.save()
    return copied
