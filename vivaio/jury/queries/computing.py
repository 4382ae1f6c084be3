"""What the scores say: the ranking as it would be computed now, and whether a stored one still says the same."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from uuid import UUID

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call, Track
from vivaio.jury.models import Ranking, RankingEntry
from vivaio.jury.queries import scoring
from vivaio.jury.states import Outcome
from vivaio.methods import weighted

# What `RankingEntry.tie` says where a person put equals in order.
DECISION = "decision"


def standings_of(ranking: Ranking) -> dict[Hashable, weighted.Standing]:
    """What each application of the track earned on complete sheets."""
    criteria = [
        weighted.Criterion(one.key, one.scale_min, one.scale_max, one.weight)
        for one in ranking.call.criteria.all()
    ]
    scores = complete(criteria, ranking.track)
    return weighted.weighted_totals(criteria, scores) if scores else {}


def entries_of(ranking: Ranking, standings: Mapping[Hashable, weighted.Standing]) -> list[RankingEntry]:
    """The track's admitted applications in their order; those that nobody scored stand last, undecided."""
    track, call = ranking.track, ranking.call
    applications: dict[Hashable, Application] = {
        row.pk: row
        for row in Application.objects.filter(track=track, state=ApplicationState.ADMITTED)
        .only("number", "submitted_at")
        .order_by("number")
    }
    positions = weighted.rank(
        standings,
        tie_breaks=tie_breaks_of(call, standings, applications),
        places=track.places,
        minimum=track.minimum_score,
    )
    entries = [
        entry_of(ranking, order, place, standings[place.application])
        for order, place in enumerate(positions, start=1)
    ]
    unread = sorted(
        (row for pk, row in applications.items() if pk not in standings), key=lambda row: row.number or 0
    )
    entries += [
        RankingEntry(
            ranking=ranking,
            application=row,
            order=len(positions) + number,
            position=len(positions) + number,
            score=0,
            reviews=0,
        )
        for number, row in enumerate(unread, start=1)
    ]
    return entries


def complete(criteria: Sequence[weighted.Criterion], track: Track) -> list[weighted.Score]:
    """The scores of whole sheets: should a criterion have come later, a sheet without it is not whole."""
    sheets: dict[tuple[UUID, UUID], list[weighted.Score]] = defaultdict(list)
    keys = {criterion.key for criterion in criteria}
    for given in scoring.scores_of(track):
        score = weighted.Score(given.application, given.juror, given.criterion, given.value)
        sheets[given.application, given.juror].append(score)
    return [score for sheet in sheets.values() if {one.criterion for one in sheet} == keys for score in sheet]


def tie_breaks_of(
    call: Call, standings: Mapping[Hashable, weighted.Standing], applications: Mapping[Hashable, Application]
) -> list[weighted.TieBreak]:
    """The call's tie rule as the method takes it."""
    chain = []
    for rule in call.tie_breaks:
        if rule == "earlier_submission":
            instants: dict[Hashable, dt.datetime] = {
                pk: instant for pk in standings if (instant := applications[pk].submitted_at)
            }
            chain.append(weighted.earlier(instants, rule))
        else:
            chain.append(weighted.by_criterion(standings, rule.removeprefix("criterion:"), rule))
    return chain


def entry_of(
    ranking: Ranking, order: int, place: weighted.Position, standing: weighted.Standing
) -> RankingEntry:
    """One line of the ranking. Scores are stored as they are told; the order was settled on exact numbers."""
    proposed = Outcome.UNDECIDED if place.undecided else Outcome(place.outcome.value)
    return RankingEntry(
        ranking=ranking,
        application_id=UUID(str(place.application)),
        order=order,
        position=place.position,
        score=weighted.shown(place.total, 6),
        criteria={str(key): str(weighted.shown(mean, 2)) for key, mean in standing.raw_by_criterion.items()},
        reviews=len(standing.by_juror),
        tied=place.tied,
        undecided=place.undecided,
        tie=place.settled_by[-1] if place.settled_by else "",
        proposed=proposed,
        outcome=proposed,
    )


def is_current(ranking: Ranking) -> bool:
    """Whether computing again would say the same: the same scores, for the same applications, with the same end.

    Where a person put equals in order, what the scores propose for them says nothing new.
    """
    stored = {entry.application_id: entry for entry in ranking.entries.all()}
    fresh = {entry.application_id: entry for entry in entries_of(ranking, standings_of(ranking))}
    return stored.keys() == fresh.keys() and all(says_the_same(stored[pk], fresh[pk]) for pk in stored)


def says_the_same(stored: RankingEntry, fresh: RankingEntry) -> bool:
    """Whether an application's line still stands on its scores."""
    return (
        stored.score == fresh.score
        and stored.reviews == fresh.reviews
        and stored.criteria == fresh.criteria
        and (stored.tie == DECISION or (stored.position, stored.proposed) == (fresh.position, fresh.proposed))
    )
