"""A discussion as its page tells it: who is who, what was given, what was said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from vivaio.calls.models import Call
from vivaio.calls.states import Discussing
from vivaio.jury.blinding import queries as blinding
from vivaio.jury.discussing import queries, rules
from vivaio.jury.models import Discussion, Juror, Remark, Voice
from vivaio.jury.queries import scoring
from vivaio.kit.formats import number
from vivaio.people.models import Person

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def letter(position: int) -> str:
    """1 is A; beyond Z the number itself."""
    return LETTERS[position - 1] if 1 <= position <= len(LETTERS) else str(position)


def name_of(voice: Voice, call: Call, *, staff: bool = False) -> str:
    """What others call a voice. The staff, who read every juror's scores, read the name beside the letter."""
    if voice.juror is None:
        return _("The office of the call")
    if call.discussing == Discussing.NAMED:
        return str(voice.juror)
    anonymous = _("Juror %(letter)s") % {"letter": letter(voice.number or 0)}
    return f"{anonymous} ({voice.juror})" if staff else anonymous


@dataclass(frozen=True)
class Said:
    """A message as the page shows it."""

    remark: Remark
    who: str
    change_href: str
    remove_href: str


@dataclass(frozen=True)
class Line:
    """A criterion of the table: what each gave, and how far apart they are."""

    title: str
    scale: str
    values: list[Any]
    spread: Any
    far: bool


@dataclass(frozen=True)
class Room:
    """Whose eyes read a discussion, and where its acts lead."""

    discussion: Discussion
    person: Person
    juror: Juror | None
    address: Callable[..., str]

    @property
    def call(self) -> Call:
        return self.discussion.application.call

    @property
    def title(self) -> str:
        application = self.discussion.application
        if self.juror is None:
            return f"{application.number}. {application}"
        return blinding.shown(application, self.call).title


def thread(room: Room) -> dict[str, Any]:
    """Everything on the page of a discussion, in a constant number of queries."""
    discussion, call = room.discussion, room.call
    voices = queries.voices(discussion)
    names = {one.pk: name_of(one, call, staff=room.juror is None) for one in voices}
    by_juror = {one.juror_id: one for one in voices if one.juror_id}
    mine = next((one for one in voices if one.person_id == room.person.pk), None)
    found = queries.compared(discussion, scoring.criteria_of(call))
    order = sorted(range(len(found.jurors)), key=lambda at: _place(by_juror.get(found.jurors[at])))
    heads = [_head(found.jurors[at], by_juror, names, mine) for at in order]
    said = queries.remarks(discussion)
    return {
        "discussion": discussion,
        "sheet": next((one for one in found.sheets if room.juror and one.juror_id == room.juror.pk), None),
        "title": room.title,
        "heads": heads,
        "lines": [_line(row, order) for row in found.rows],
        "totals": [number(found.totals[at]) for at in order],
        "total_spread": number(found.spread),
        "said": [_said(one, room, names, mine) for one in said],
        "revisions": [
            {"who": _head(one.assignment.juror_id, by_juror, names, mine), "what": one}
            for one in queries.revisions(discussion)
        ],
        "draft": mine.draft if mine else "",
        "unread": mine is not None and mine.juror_id is not None and _is_new(mine, said),
        "say_refused": rules.say(discussion),
        "minutes": rules.EDITABLE.seconds // 60,
    }


def _is_new(mine: Voice, said: list[Remark]) -> bool:
    """Whether somebody else has written since the person read."""
    return any(
        one.voice_id != mine.pk and (mine.read_at is None or one.created_at > mine.read_at) for one in said
    )


def _place(voice: Voice | None) -> int:
    return voice.number or 0 if voice else 0


def _head(juror: UUID, by_juror: dict[Any, Voice], names: dict[UUID, str], mine: Voice | None) -> str:
    voice = by_juror.get(juror)
    if voice is None:
        return _("Juror")
    return _("You") if mine and voice.pk == mine.pk else names[voice.pk]


def _line(row: queries.Given, order: list[int]) -> Line:
    criterion = row.criterion
    reach = criterion.scale_max - criterion.scale_min
    return Line(
        title=str(criterion),
        scale=f"{criterion.scale_min}–{criterion.scale_max}",
        values=[(row.values[at], row.sure[at]) for at in order],
        spread=row.spread,
        far=row.spread * 2 >= reach and row.spread > 0,
    )


def _said(remark: Remark, room: Room, names: dict[UUID, str], mine: Voice | None) -> Said:
    own = mine is not None and remark.voice_id == mine.pk
    remark.discussion = room.discussion
    if own and mine is not None:
        remark.voice = mine
    changes = own and rules.edit(remark, room.person) is None
    removes = own and rules.take_back(remark, room.person) is None
    return Said(
        remark=remark,
        who=_("You") if own else names[remark.voice_id],
        change_href=room.address("remark", remark.pk) if changes else "",
        remove_href=room.address("remark_remove", remark.pk) if removes else "",
    )
