"""Who is to go on from a stage, who has, and who could move up from the reserve."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from vivaio.applications.continuing import queries as continuing
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call
from vivaio.calls.staging import queries as stages
from vivaio.jury.models import RankingEntry
from vivaio.jury.states import Outcome, RankingState

OVER = (RankingState.PUBLISHED, RankingState.EXPIRED)


@dataclass
class Going:
    """The lines of a stage's rankings: to go on, gone on (with what they became), and the reserve of each track."""

    to_go: list[RankingEntry] = field(default_factory=list)
    gone: list[tuple[RankingEntry, Application]] = field(default_factory=list)
    reserves: list[RankingEntry] = field(default_factory=list)
    free: dict[UUID, int] = field(default_factory=dict)

    @property
    def next_reserves(self) -> list[RankingEntry]:
        """Of each track as many of the reserve, in order, as places have become free."""
        left, found = dict(self.free), []
        for entry in self.reserves:
            track = entry.ranking.track_id
            if left.get(track, 0) > 0:
                left[track] -= 1
                found.append(entry)
        return found


def lines(call: Call) -> QuerySet[RankingEntry]:
    """The lines of the published rankings of a stage that may have to do with the next."""
    return (
        RankingEntry.objects.filter(
            ranking__call=call,
            ranking__state__in=OVER,
            outcome__in=(Outcome.SELECTED, Outcome.RESERVE),
            application__state=ApplicationState.ADMITTED,
        )
        .select_related(
            "ranking__track",
            "ranking__call__programme",
            "application__call",
            "application__track",
            "application__organisation",
            "application__person",
        )
        .defer("application__frozen", "ranking__minutes")
        .order_by("ranking__track__position", "order")
    )


def going(call: Call) -> Going:
    """Who is to go on from the stage, who has, and whose place is free."""
    rows = list(lines(call))
    begun = continuing.begun([row.application_id for row in rows])
    found = Going()
    free: dict[UUID, int] = defaultdict(int)
    for row in rows:
        became = begun.get(row.application_id)
        if became is not None:
            found.gone.append((row, became))
            free[row.ranking.track_id] += became.state == ApplicationState.WITHDRAWN
            free[row.ranking.track_id] -= row.outcome == Outcome.RESERVE
        elif row.outcome == Outcome.SELECTED:
            found.to_go.append(row)
        else:
            found.reserves.append(row)
    found.free = dict(free)
    return found


def onward(entry: RankingEntry) -> dict[str, Any]:
    """What the page of an outcome says of the next stage; nothing where there is none."""
    following = entry.ranking.call.leads_on if entry.ranking.leads_on else None
    if following is None:
        return {}
    became = continuing.begun([entry.application_id]).get(entry.application_id)
    return {"next": following, "stage": stages.name_of(following), "continued": became}
