"""Bring a programme to what its blueprint says: again and again without harm, deleting nothing."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from vivaio.blueprints import later, rules
from vivaio.blueprints.checks import check
from vivaio.blueprints.reading import read
from vivaio.calls import actions as calls_actions
from vivaio.calls import blueprint as calls
from vivaio.journal import actions as journal
from vivaio.kit.reconcile import Change, Passage
from vivaio.kit.rules import require
from vivaio.people.models import Person
from vivaio.programmes import actions as programme_actions
from vivaio.programmes import blueprint as programmes
from vivaio.programmes.models import Programme, RoleHolding
from vivaio.programmes.roles import MANAGER
from vivaio.programmes.states import ProgrammeState
from vivaio.publishing import actions as publishing_actions
from vivaio.publishing import blueprint as publishing
from vivaio.questionnaires import blueprint as questionnaires

KEY = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")


@dataclass(frozen=True)
class Applied:
    """What applying a blueprint did, or would do."""

    programme: Programme
    changes: tuple[Change, ...]

    @property
    def written(self) -> list[Change]:
        """The rows that were created or updated."""
        return [change for change in self.changes if change.action != "kept"]

    @property
    def kept(self) -> list[Change]:
        """The rows that the file does not name: they stay."""
        return [change for change in self.changes if change.action == "kept"]


class Undo(Exception):
    """Leaves the transaction of a plan, which is an application that is undone."""


@transaction.atomic
def apply(content: bytes, *, by: Person | None, start: dt.date | None = None, demo: bool = False) -> Applied:
    """Read, check and carry out a blueprint.

    `start` moves the programme so that its first day falls on it, every other date with it. Raises
    `reading.Unreadable` with the file's problems, `Refused` where the person may not, or where a term that
    applicants rely on would change.
    """
    document = read(content)
    check(document)
    data = document.data
    section = data["programme"]
    programme = Programme.objects.select_for_update().filter(slug=section["slug"]).first()
    require(rules.apply, programme, by)
    passage = passage_of(data, start)
    fresh = programme is None
    if programme is None:
        programme = Programme(slug=section["slug"], is_demo=demo)
    programmes.bring(section, programme, passage)
    questionnaires.bring(data.get("forms", []), programme, passage, by=by)
    to_publish = calls.bring(data.get("calls", []), programme, passage, by=by)
    to_release = publishing.bring(data.get("news", []), programme, passage)
    later.bring(data, programme, passage)
    written = [change for change in passage.changes if change.action != "kept"]
    if fresh and by is not None:
        RoleHolding.objects.create(programme=programme, person=by, role=MANAGER.code)
    if written:
        programme.blueprint_digest = hashlib.sha256(content).hexdigest()
        programme.public_version = F("public_version") + 1
        programme.save()
        programme.refresh_from_db()
        journal.record("blueprint.applied", programme, by=by, fields=names_of(written))
    if section.get("published") and programme.state == ProgrammeState.DRAFT:
        programme_actions.publish(programme, by=by)
        programme.refresh_from_db()
        passage.changes.append(Change("programme", "published"))
    for call in to_publish:
        calls_actions.publish(call, by=by)
        passage.changes.append(Change(f"calls/{call.slug}", "published"))
    for news in to_release:
        publishing_actions.release(news, by=by)
        passage.changes.append(Change(f"news/{news.slug}", "published"))
    return Applied(programme, tuple(passage.changes))


def plan(content: bytes, *, by: Person | None, start: dt.date | None = None) -> Applied:
    """What `apply` would do: carried out, then undone. Raises what `apply` raises."""
    found: list[Applied] = []
    try:
        with transaction.atomic():
            found.append(apply(content, by=by, start=start))
            raise Undo
    except Undo:
        return found[0]


def passage_of(data: dict[str, Any], start: dt.date | None) -> Passage:
    """Zone, languages and shift of a checked blueprint."""
    section = data["programme"]
    shift = dt.timedelta()
    if start is not None:
        first = first_day(data)
        require(rules.shift, first)
        shift = start - dt.date.fromisoformat(first)
    return Passage(
        shift=shift,
        zone=ZoneInfo(section.get("time_zone", "Europe/Rome")),
        languages=section.get("languages", ["it", "en"]),
    )


def first_day(data: dict[str, Any]) -> str:
    """The day that the programme's dates are counted from: its start, else the earliest that the file names."""
    section = data["programme"]
    days = [
        day for phase in section.get("phases", []) for day in (phase.get("starts_on"), phase.get("ends_on"))
    ]
    days += [call["opens_at"][:10] for call in data.get("calls", [])]
    return section.get("starts_on") or min((day for day in days if day), default="")


def names_of(changes: Iterable[Change]) -> list[str]:
    """Names for the journal: which parts of the programme changed, never to what.

    A part is told by its key. What has a title in its place, as a round of placements has, is told by its section.
    """
    found = set()
    for change in changes:
        section, *below = change.path.split("/")
        found.add(f"{section}_{below[0]}" if below and KEY.fullmatch(below[0]) else section)
    return sorted(found)
