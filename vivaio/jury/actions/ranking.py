"""From the scores to the verdict that a person adopts."""

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call
from vivaio.journal import actions as journal
from vivaio.jury import events
from vivaio.jury.minutes import written
from vivaio.jury.models import Panel, Ranking, RankingEntry
from vivaio.jury.queries import ranking as queries
from vivaio.jury.queries import scoring
from vivaio.jury.rules import ranking as rules
from vivaio.jury.states import RANKING_MOVES, Outcome, RankingState
from vivaio.kit import clock
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.methods import weighted
from vivaio.people.models import Person


@transaction.atomic
def compute(call: Call, *, by: Person | None) -> list[Ranking]:
    """Compute the ranking of every track from the complete score sheets, under the call's tie rule.

    What a person decided before (the order among equals, an outcome) is dropped: it was about other scores.
    """
    panel = Panel.objects.select_for_update().get(call=call)
    list(queries.locked_all(call))  # whoever adopts at this moment ends first
    require(rules.compute, panel, by)
    rankings = []
    for track in call.tracks.all():
        ranking, _created = Ranking.objects.get_or_create(track=track, defaults={"call": call})
        ranking.computed_at = clock.now()
        ranking.save()
        ranking.entries.all().delete()
        RankingEntry.objects.bulk_create(entries_of(ranking))
        rankings.append(ranking)
    journal.record("jury.ranking_computed", call, by=by)
    return rankings


def entries_of(ranking: Ranking) -> list[RankingEntry]:
    """The track's admitted applications in their order; those that nobody scored stand last, undecided."""
    track, call = ranking.track, ranking.call
    criteria = [
        weighted.Criterion(one.key, one.scale_min, one.scale_max, one.weight) for one in call.criteria.all()
    ]
    given = [
        weighted.Score(score.application, score.juror, score.criterion, score.value)
        for score in scoring.scores_of(track)
    ]
    standings = weighted.weighted_totals(criteria, given)
    applications: dict[Hashable, Application] = {
        row.pk: row for row in Application.objects.filter(track=track, state=ApplicationState.ADMITTED)
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


@transaction.atomic
def order_tied(ranking: Ranking, ordered: Sequence[UUID], reason: str, *, by: Person | None) -> Ranking:
    """A person puts equals in order, best first, and says why."""
    ranking = queries.locked(ranking.pk)
    by_id = {entry.pk: entry for entry in ranking.entries.select_for_update()}
    entries = [by_id[pk] for pk in ordered if pk in by_id]
    require(rules.order_tied, ranking, entries, reason, by)
    first = min(entry.order for entry in entries)
    free = ranking.track.places
    for offset, entry in enumerate(entries):
        entry.order = entry.position = first + offset
        entry.tied = entry.undecided = False
        entry.tie, entry.decision_reason = "decision", reason.strip()
        reaches = entry.score >= ranking.track.minimum_score
        within = Outcome.SELECTED if entry.order <= free else Outcome.RESERVE
        entry.proposed = entry.outcome = within if reaches else Outcome.NOT_SELECTED
        entry.save()
    journal.record("jury.tie_decided", ranking, by=by, fields=["entries"])
    return ranking


@transaction.atomic
def decide(entry: RankingEntry, outcome: str, reason: str, *, by: Person | None) -> RankingEntry:
    """A person departs from the proposed outcome, or comes back to it."""
    queries.locked(entry.ranking_id)
    entry = (
        RankingEntry.objects.select_for_update(of=("self",))
        .select_related("ranking__track__call")
        .get(pk=entry.pk)
    )
    require(rules.decide, entry, outcome, reason, by)
    entry.outcome = outcome
    entry.decision_reason = reason.strip()
    entry.undecided = False
    entry.save()
    journal.record("jury.outcome_decided", entry, by=by, fields=["outcome"])
    return entry


@transaction.atomic
def adopt(ranking: Ranking, *, by: Person, note: str = "") -> Ranking:
    """A named person makes the verdict of a track theirs. The minutes are drawn up and kept as they are."""
    Panel.objects.select_for_update().get(call=ranking.call_id)  # nobody reopens the scoring meanwhile,
    ranking = queries.locked(ranking.pk)
    list(queries.locked_applications(ranking))  # and nobody withdraws
    if not is_current(ranking):
        raise Refused(
            _("Scores or eligibility changed after the ranking was computed: compute it again, and look.")
        )
    require(rules.adopt, ranking, by)
    move(ranking, RankingState.ADOPTED, RANKING_MOVES)
    ranking.adopted_at, ranking.adopted_by, ranking.adoption_note = clock.now(), by, note.strip()
    ranking.minutes = written(ranking)
    ranking.save()
    journal.record("jury.verdict_adopted", ranking, by=by, fields=["state"])
    events.verdict_adopted.send(Ranking, ranking=ranking)
    return ranking


def is_current(ranking: Ranking) -> bool:
    """Whether computing again would give the same scores for the same applications."""
    stored = {entry.application_id: (Fraction(entry.score), entry.reviews) for entry in ranking.entries.all()}
    fresh = {entry.application_id: (Fraction(entry.score), entry.reviews) for entry in entries_of(ranking)}
    return stored == fresh


@transaction.atomic
def take_back(ranking: Ranking, *, by: Person | None) -> Ranking:
    """The verdict is open again; what was adopted stays in the journal."""
    ranking = queries.locked(ranking.pk)
    require(rules.take_back, ranking, by)
    move(ranking, RankingState.PROVISIONAL, RANKING_MOVES)
    ranking.adopted_at = ranking.adopted_by = ranking.minutes = None
    ranking.save()
    journal.record("jury.verdict_taken_back", ranking, by=by, fields=["state"])
    return ranking
