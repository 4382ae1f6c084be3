"""Who is awarded in which order, and what has been revealed of it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vivaio.calls.models import Award, Call, Track
from vivaio.jury.models import Awarding, AwardStep, PitchDay, RankingEntry
from vivaio.jury.pitching import queries as pitching
from vivaio.jury.queries import ranking as rankings
from vivaio.jury.states import AwardingState, Outcome, RankingState
from vivaio.kit import clock

ADOPTED = (RankingState.ADOPTED, RankingState.PUBLISHED, RankingState.EXPIRED)
ENTRY = ("entry__application__organisation", "entry__application__person", "entry__ranking__track")
WITHOUT = ("entry__ranking__minutes", "entry__application__frozen")


def of(day: PitchDay) -> Awarding | None:
    """The awards of a contest, once somebody has begun to prepare them."""
    found = Awarding.objects.filter(day=day).first()
    if found is not None:
        found.day = day
    return found


def locked(pk: UUID) -> Awarding:
    """The awards under their row lock."""
    rows: Any = Awarding.objects.select_for_update(of=("self",))
    found: Awarding = rows.select_related("day__panel__call__programme").get(pk=pk)
    return found


def public() -> QuerySet[Awarding]:
    """The awards that have begun, of announced days of public calls, until the published ranking leaves the line."""
    days = pitching.public().order_by().values("pk")
    rows = Awarding.objects.filter(day__in=days).exclude(state=AwardingState.PREPARING)
    rows = rows.exclude(day__panel__call__ranking_public_until__lte=clock.now())
    return rows.select_related("day__panel__call__programme")


def has_left(call: Call) -> bool:
    """Whether the published ranking has left the line: the names of the winners leave with it."""
    return call.ranking_public_until is not None and not call.ranking_is_public


def are_told(day: PitchDay) -> bool:
    """Whether anybody can follow the awards: they have begun, and the names are still on line."""
    awarding = getattr(day, "awarding", None)
    if awarding is None or awarding.state == AwardingState.PREPARING:
        return False
    return not has_left(day.panel.call)


def winners(call: Call) -> list[RankingEntry]:
    """The selected of every track, the last place first."""
    rows = RankingEntry.objects.filter(
        ranking__call=call, ranking__state__in=ADOPTED, outcome=Outcome.SELECTED
    )
    return list(rows.select_related("ranking__track").order_by("ranking__track__position", "-order"))


def verdicts(call: Call) -> tuple[int, int]:
    """How many verdicts were adopted, out of how many tracks."""
    states = list(Track.objects.filter(call=call).values_list("ranking__state", flat=True))
    return sum(one in ADOPTED for one in states), len(states)


def steps(awarding: Awarding) -> list[AwardStep]:
    """Everybody in the order of the stage: for who prepares it."""
    return list(awarding.steps.select_related(*ENTRY).defer(*WITHOUT).order_by("position"))


def revealed(awarding: Awarding) -> list[AwardStep]:
    """Those who were revealed, the latest first. Nobody else is read."""
    rows = awarding.steps.filter(revealed_at__isnull=False).select_related(*ENTRY).defer(*WITHOUT)
    return list(rows.order_by("-position"))


def next_hidden(awarding: Awarding) -> AwardStep | None:
    """Whoever comes next."""
    rows = awarding.steps.filter(revealed_at=None).select_related(*ENTRY).defer(*WITHOUT)
    return rows.order_by("position").first()


def on_stage(call: Call, pk: UUID | None = None) -> bool:
    """Whether a winner of the contest (or of one of its rankings) was revealed on stage."""
    rows = AwardStep.objects.filter(awarding__day__panel__call=call, revealed_at__isnull=False)
    return rows.filter(entry__ranking=pk).exists() if pk else rows.exists()


@dataclass(frozen=True)
class Told:
    """A winner as the stage and those who follow it are told: named only if the call announced that they would be."""

    step: AwardStep
    place: str
    track: str
    name: str
    title: str
    prizes: list[Award]


def told(rows: Iterable[AwardStep], call: Call) -> list[Told]:
    """What is said of these winners."""
    prizes = list(call.awards.all())
    return [one_told(one, call, prizes) for one in rows]


def one_told(step: AwardStep, call: Call, prizes: Iterable[Award] = ()) -> Told:
    """What is said of one winner."""
    entry = step.entry
    named = rankings.is_named(entry, call)
    return Told(
        step=step,
        place=place_of(step),
        track=str(entry.ranking.track),
        name=str(entry.application) if named else rankings.public_name(entry, call),
        title=entry.application.applicant_name if named else "",
        prizes=[one for one in prizes if one.amount and one.track_id in (None, entry.ranking.track_id)],
    )


def place_of(step: AwardStep) -> str:
    """The place, as it is called out."""
    names = {1: _("First place"), 2: _("Second place"), 3: _("Third place")}
    position = step.entry.position
    return names.get(position) or _("Place no. %(n)s") % {"n": position}


def mark_of(awarding: Awarding) -> str:
    """What has been revealed, in one word: it changes with each step."""
    parts = (awarding.pk, awarding.updated_at, awarding.day.panel.call.updated_at, get_language())
    return hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()[:32]
