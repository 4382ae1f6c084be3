"""From the scores to the verdict that a person adopts."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from vivaio.calls.models import Call, Track
from vivaio.journal import actions as journal
from vivaio.jury import events
from vivaio.jury.actions import conflicts
from vivaio.jury.awarding import rules as awarding
from vivaio.jury.discussing import actions as discussing
from vivaio.jury.minutes import written
from vivaio.jury.models import Draw, Ranking, RankingEntry
from vivaio.jury.queries import calibrating, computing
from vivaio.jury.queries import panel as panels
from vivaio.jury.queries import ranking as queries
from vivaio.jury.rules import ranking as rules
from vivaio.jury.states import RANKING_MOVES, Outcome, RankingState
from vivaio.kit import clock
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.methods import lots
from vivaio.people.models import Person


@transaction.atomic
def compute(call: Call, *, by: Person | None) -> list[Ranking]:
    """Compute the ranking of every track from the complete score sheets, under the call's tie rule.

    The records are looked through first: a sheet whose juror has a conflict by now is left out. What a person decided
    before (the order among equals, an outcome) is dropped: it was about other scores. Raises `Refused` once a verdict
    is adopted.
    """
    panel = panels.of(call)
    if panel is None:
        raise Refused(rules.no_jury())
    panel = panels.locked(panel.pk)  # no verdict is adopted, no scoring reopened meanwhile
    require(rules.compute, panel, by)
    conflicts.search(panel)
    rankings = [ranking_of(track, call) for track in call.tracks.all()]
    # All lines go before any comes back: an application may stand in another track than before.
    RankingEntry.objects.filter(ranking__call=call).delete()
    for ranking in rankings:
        material = computing.material_of(ranking)
        ranking.leads_on = call.leads_on is not None
        ranking.everybody = material.places if call.everyone_above_goes_on else None
        figures = computing.figures_of(material)
        entries = computing.entries_of(material, figures)
        calibrating.calibrate(material, entries)
        ranking.decided_by = figures.deciding
        ranking.computed_at = clock.now()
        ranking.basis = computing.basis_of(ranking)
        ranking.save()
        RankingEntry.objects.bulk_create(entries)
    journal.record("jury.ranking_computed", call, by=by)
    return rankings


def ranking_of(track: Track, call: Call) -> Ranking:
    """The track's ranking under its row lock; a new one the first time."""
    Ranking.objects.get_or_create(track=track, defaults={"call": call})
    return queries.locked(Ranking.objects.values_list("pk", flat=True).get(track=track))


@transaction.atomic
def order_tied(ranking: Ranking, ordered: Sequence[UUID], reason: str, *, by: Person | None) -> Ranking:
    """A person puts equals in order, best first, and says why. What was decided of one of them before stays."""
    ranking = queries.locked(ranking.pk)
    by_id = {entry.pk: entry for entry in ranking.entries.select_for_update()}
    entries = [by_id[pk] for pk in ordered if pk in by_id]
    require(rules.order_tied, ranking, entries, reason, by)
    first = min(entry.order for entry in entries)
    for offset, entry in enumerate(entries):
        decided = entry.outcome != entry.proposed
        entry.order = entry.position = first + offset
        entry.tied = entry.undecided = False
        entry.tie = computing.DECISION
        entry.tie_reason = reason.strip()
        entry.proposed = proposal(ranking, entry)
        if not decided:
            entry.outcome = entry.proposed
        entry.save()
    journal.record("jury.tie_decided", ranking, by=by, fields=["entries"])
    return ranking


def proposal(ranking: Ranking, entry: RankingEntry) -> Outcome:
    """What the ranking proposes at a line that is nobody else's."""
    if rules.below_minimum(entry, ranking.track):
        return Outcome.NOT_SELECTED
    return Outcome.SELECTED if entry.order <= ranking.places else Outcome.RESERVE


@transaction.atomic
def draw(call: Call, seed: str, *, by: Person | None) -> Draw:
    """The public numbers are written down, lots drawn from them, and every track's ranking computed again.

    A slip of the pen is mended by writing them anew; the register keeps both.
    """
    panel = panels.of(call)
    if panel is None:
        raise Refused(rules.no_jury())
    panels.locked(panel.pk)
    require(rules.draw, call, seed, by)
    discussing.end(call, by=by)
    found, first = Draw.objects.update_or_create(
        call=call, defaults={"seed": lots.normal(seed), "drawn_at": clock.now(), "drawn_by": by}
    )
    journal.record("jury.lots_drawn" if first else "jury.lots_corrected", call, by=by, fields=["draw"])
    compute(call, by=by)
    return found


@transaction.atomic
def decide(entry: RankingEntry, outcome: str, reason: str, *, by: Person | None) -> RankingEntry:
    """A person departs from the proposed outcome, or comes back to it."""
    queries.locked(entry.ranking_id)
    found = (
        RankingEntry.objects.select_for_update(of=("self",))
        .select_related("ranking__track__call")
        .filter(pk=entry.pk)
        .first()
    )
    if found is None:
        raise Refused(rules.computed_meanwhile())
    require(rules.decide, found, outcome, reason, by)
    found.outcome = outcome
    found.decision_reason = reason.strip()
    found.undecided = False
    found.save()
    journal.record("jury.outcome_decided", found, by=by, fields=["outcome"])
    return found


def adopt(ranking: Ranking, *, by: Person, note: str = "") -> Ranking:
    """A named person makes the verdict of a track theirs. The minutes are drawn up and kept as they are.

    The records are looked through first, and what they say stands even if nothing is adopted. Raises `Refused` as long
    as scoring is open, the ranking is not complete, or it no longer says what the scores say.
    """
    require(rules.verdict, ranking, by)
    if ranking.state != RankingState.PROVISIONAL:
        return _adopt(ranking, by, note)
    return conflicts.searched_first(ranking.call.panel, lambda: _adopt(ranking, by, note))


@transaction.atomic
def _adopt(ranking: Ranking, by: Person, note: str) -> Ranking:
    panels.locked(ranking.call.panel.pk)  # scoring is not reopened meanwhile
    ranking = queries.locked(ranking.pk)
    queries.lock_applications(ranking)  # nobody withdraws meanwhile
    require(rules.adopt, ranking, by)
    discussing.end(ranking.call, by=by)
    move(ranking, RankingState.ADOPTED, RANKING_MOVES)
    ranking.adopted_at, ranking.adopted_by, ranking.adoption_note = clock.now(), by, note.strip()
    ranking.minutes = written(ranking)
    ranking.save()
    journal.record("jury.verdict_adopted", ranking, by=by, fields=["state"])
    events.verdict_adopted.send(Ranking, ranking=ranking)
    return ranking


@transaction.atomic
def take_back(ranking: Ranking, *, by: Person | None) -> Ranking:
    """The verdict is open again; what was adopted stays in the journal."""
    ranking = queries.locked(ranking.pk)
    require(rules.take_back, ranking, by)
    require(awarding.take_back, ranking)
    move(ranking, RankingState.PROVISIONAL, RANKING_MOVES)
    ranking.adopted_at = ranking.adopted_by = ranking.minutes = None
    ranking.save()
    journal.record("jury.verdict_taken_back", ranking, by=by, fields=["state"])
    return ranking
