"""What the lines of a ranking come to, counted by the database: pages and rules read no line for it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from vivaio.calls.models import Call
from vivaio.jury.models import Ranking, RankingEntry
from vivaio.jury.states import Outcome
from vivaio.kit.statements import Statement


@dataclass(frozen=True)
class Tally:
    """How many lines a ranking has, and how many of them are such.

    `selected`, `reserve`, `not_selected`, `open`: with that outcome, or with none yet; `unread`: without a complete
    sheet; `tied`: left equal by the call's rule; `undecided`: equal across the last place, or without an outcome;
    `decided`: whose order or outcome a person gave a reason for; `ranked`: with calibrated figures; `above`: whose
    whole interval is among the places; `across`: whose interval crosses the line of the places. `groups`: the positions
    that the call's tie rule left shared, and how many lines share each.
    """

    lines: int = 0
    unread: int = 0
    tied: int = 0
    undecided: int = 0
    selected: int = 0
    reserve: int = 0
    not_selected: int = 0
    open: int = 0
    decided: int = 0
    ranked: int = 0
    above: int = 0
    across: int = 0
    groups: Mapping[int, int] = field(default_factory=dict)

    @property
    def outcomes(self) -> list[tuple[Outcome, int]]:
        """How many have each outcome, of those that any has."""
        told = {
            Outcome.SELECTED: self.selected,
            Outcome.RESERVE: self.reserve,
            Outcome.NOT_SELECTED: self.not_selected,
            Outcome.UNDECIDED: self.open,
        }
        return [(outcome, number) for outcome, number in told.items() if number]


SUCH = {
    "unread": Q(reviews=0),
    "tied": Q(tied=True),
    "undecided": Q(undecided=True) | Q(outcome=Outcome.UNDECIDED),
    "selected": Q(outcome=Outcome.SELECTED),
    "reserve": Q(outcome=Outcome.RESERVE),
    "not_selected": Q(outcome=Outcome.NOT_SELECTED),
    "open": Q(outcome=Outcome.UNDECIDED),
    "decided": Q(tie_reason__gt="") | Q(decision_reason__gt=""),
    "ranked": Q(expected_rank__isnull=False),
    "above": Q(rank_high__lte=F("last_place")),
    "across": Q(rank_low__lte=F("last_place"), rank_high__gt=F("last_place")),
}


def _counted(lines: QuerySet[RankingEntry]) -> QuerySet[Any]:
    return (
        lines.annotate(last_place=Coalesce("ranking__everybody", "ranking__track__places"))
        .order_by()
        .values("ranking_id")
        .annotate(tied_at=ArrayAgg("position", filter=Q(tied=True), order_by="position"))
        .annotate(lines=Count("pk"), **{name: Count("pk", filter=those) for name, those in SUCH.items()})
        .values_list("ranking_id", "tied_at", "lines", *SUCH)
    )


_OF_CALL = Statement(lambda call: _counted(RankingEntry.objects.filter(ranking__call=call)))
_OF = Statement(lambda ranking: _counted(RankingEntry.objects.filter(ranking=ranking)))


def _told(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, Tally]:
    return {
        ranking: Tally(lines, groups=dict(Counter(tied_at or ())), **dict(zip(SUCH, counts, strict=True)))
        for ranking, tied_at, lines, *counts in rows
    }


def of_call(call: Call) -> dict[UUID, Tally]:
    """The tally of each ranking of a call that has lines, in one statement."""
    return _told(_OF_CALL.rows(call=call))


def of(ranking: Ranking) -> Tally:
    """The tally of one ranking."""
    return _told(_OF.rows(ranking=ranking)).get(ranking.pk, Tally())
