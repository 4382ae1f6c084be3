"""What a copy of a call would be: which dates move where, what comes along, what stays behind."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vivaio.calls import queries as calls
from vivaio.calls.cloning.moving import DAYS, Move
from vivaio.calls.models import Call
from vivaio.calls.staging import queries as staging
from vivaio.kit import formats
from vivaio.mailroom.wording import queries as wordings
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme


@dataclass(frozen=True)
class Moved:
    """A date before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Plan:
    """The copy in words, before it is made."""

    dates: Sequence[Moved]
    along: Sequence[tuple[str, int]]
    behind: Sequence[str]
    heed: Sequence[str]


def sources(person: Person) -> QuerySet[Call]:
    """The calls that the person may take as a basis: those that they read as staff."""
    rows = calls.staffed(person).select_related("form__form")
    return rows.prefetch_related(
        "tracks", "criteria"
    )  # what the frame of the page reads; the plan reads the rest


def goals(person: Person) -> QuerySet[Programme]:
    """The programmes in which the person may begin a call."""
    return programmes.programmes_where(person, "calls.edit").filter(is_rehearsal=False)


def move_to(call: Call, programme: Programme, opens_at: dt.datetime) -> Move:
    """The move that lets the copy open at that instant."""
    return Move.between(call.opens_at, opens_at, call.time_zone, programme.time_zone)


def later_stages(call: Call) -> list[Call]:
    """The stages that come after this one, in order."""
    chain = staging.chain_of(call)
    return chain[chain.index(call) + 1 :]


def plan(call: Call, programme: Programme, opens_at: dt.datetime, *, stages: bool = False) -> Plan:
    """What would come along, and when it would all happen, stage after stage if they come too.

    Raises `Refused` for years in which nothing runs.
    """
    move = move_to(call, programme, opens_at)
    later = later_stages(call) if stages else []
    return Plan(
        [
            *_instants(call, programme, move),
            *_days(call, move),
            *(moved for stage in later for moved in _of_stage(stage, programme, move)),
        ],
        [pair for pair in [*_along(call), (_("later stages"), len(later))] if pair[1]],
        _behind(call, programme),
        _heed(call, programme, move),
    )


def _instants(call: Call, programme: Programme, move: Move) -> list[Moved]:
    return [
        Moved(
            label, formats.instant(at, call.time_zone), formats.instant(move.instant(at), programme.time_zone)
        )
        for label, at in calls.dates_of(call)
    ]


def _of_stage(stage: Call, programme: Programme, move: Move) -> list[Moved]:
    """The dates of a later stage, each under the stage's name."""
    dates = [*_instants(stage, programme, move), *_days(stage, move)]
    return [Moved(f"{staging.name_of(stage)}: {one.label}", one.before, one.after) for one in dates]


def _days(call: Call, move: Move) -> list[Moved]:
    return [
        Moved(
            str(condition),
            formats.day(dt.date.fromisoformat(condition.parameters[name])),
            formats.day(dt.date.fromisoformat(move.day(condition.parameters[name]))),
        )
        for condition in call.conditions.all()
        for name in DAYS
        if condition.parameters.get(name)
    ]


def _along(call: Call) -> list[tuple[str, int]]:
    return [
        (_("tracks, with their places"), len(call.tracks.all())),
        (_("conditions"), len(call.conditions.all())),
        (_("criteria, with their weights and scales"), len(call.criteria.all())),
        (_("awards"), len(call.awards.all())),
        (_("documents to download"), len(call.documents.all())),
        (_("letters in the call’s own words"), wordings.of_owner(call.pk).count()),
    ]


def _behind(call: Call, programme: Programme) -> list[str]:
    behind = [
        _("applications, scores and rankings"),
        _("questions, followers and notices"),
        _("the register"),
    ]
    if call.phase_id and programme.pk != call.programme_id:
        behind.append(_("the phase, which belongs to the other programme"))
    return behind


def _heed(call: Call, programme: Programme, move: Move) -> list[str]:
    """What a person has to read again."""
    heed = [_("Texts come along word for word: read them again, they may name dates and people.")]
    if call.draw_source:
        heed.append(
            _("The draw is taken from: %(source)s. Check that it still fits.")
            % {"source": call.draw_source_i18n}
        )
    if call.form_id and programme.pk != call.programme_id:
        heed.append(_("The form is copied into the other programme."))
    return heed
