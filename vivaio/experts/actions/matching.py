"""Matching all open requests at once, adjusting, sending; answers, and the next best when somebody declines.

A round is solved while nothing is held, and written under the programme's lock and that of every open request, but for
what no longer holds; whoever answers a proposal holds its request's row. So an answer comes before the writing, which
then sees it, or after it, and finds its proposal untouched: only what was never sent is replaced.
"""

import datetime as dt
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import transaction

from vivaio.experts import computing, planning, reach
from vivaio.experts import letters_matching as letters
from vivaio.experts.actions import proposals
from vivaio.experts.engaging.actions import terms as engagements
from vivaio.experts.fit import Fit, fit, undeclared
from vivaio.experts.models import Barred, ExpertProfile, ExpertRequest, MatchingRound, Proposal
from vivaio.experts.models.matching import ANSWER_DAYS
from vivaio.experts.queries import bank
from vivaio.experts.queries import matching as queries
from vivaio.experts.queries import requests as asked
from vivaio.experts.rules import matching as rules
from vivaio.experts.states import (
    PROPOSAL_MOVES,
    ROUND_MOVES,
    ProposalState,
    RequestState,
    RoundState,
)
from vivaio.journal import actions as journal
from vivaio.kit import clock, jobs
from vivaio.kit.rules import Refused, require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Programme

# Of so many who fit best one may have too few hours left on the days when they are there.
NEXT = 12


@transaction.atomic
def compute(
    programme: Programme, *, objective: str, sends_next: bool, seen: str, by: Person
) -> MatchingRound:
    """Match every open request at once, and wait for it."""
    asked_for = _asked_for(programme, objective=objective, sends_next=sends_next, seen=seen, by=by)
    return _written(asked_for, computing.solved(asked_for))


@transaction.atomic
def begin(programme: Programme, *, objective: str, sends_next: bool, seen: str, by: Person) -> MatchingRound:
    """Have every open request matched at once by a job: at scale that takes seconds."""
    found = _asked_for(programme, objective=objective, sends_next=sends_next, seen=seen, by=by)
    journal.record("experts.round_asked", found, by=by, programme=found.programme_id)
    jobs.defer("experts.work_out", found=str(found.pk))
    return found


def work_out(pk: UUID) -> None:
    """What the job does. Run again, it does nothing; raises `Refused` where whoever asked may no longer match."""
    found = queries.worked_on(pk)
    if found is not None:
        require(rules.match, found.programme, found.made_by)
        _worked_out(pk, computing.solved(found))


@transaction.atomic
def _worked_out(pk: UUID, plan: planning.Matched) -> None:
    """Write the plan down, unless the round was given up or written meanwhile."""
    found = _waiting(pk)
    if found is not None:
        require(rules.match, found.programme, found.made_by)
        _written(found, plan)


@transaction.atomic
def fail(pk: UUID) -> None:
    """It could not be worked out; what was looked at before stands, and the page says so."""
    found = _waiting(pk)
    if found is not None:
        _failed(found)


def _waiting(pk: UUID) -> MatchingRound | None:
    """A round that waits to be worked out, under its programme's lock; None where none does."""
    found = queries.worked_on(pk)
    if found is None:
        return None
    programmes.locked(found.programme_id)
    return queries.worked_on(pk)


def _failed(found: MatchingRound) -> None:
    move(found, RoundState.FAILED, ROUND_MOVES)
    found.save()
    journal.record("experts.round_failed", found, programme=found.programme_id, fields=["state"])


def _asked_for(
    programme: Programme, *, objective: str, sends_next: bool, seen: str, by: Person
) -> MatchingRound:
    """A round to be worked out; one whose worker has died gives way. Whoever is late is told before they wait."""
    require(rules.compute, programme, seen, by)
    programme = programmes.locked(programme.pk)
    require(rules.compute, programme, seen, by)
    for stuck in MatchingRound.objects.filter(programme=programme, state=RoundState.COMPUTING):
        _failed(stuck)
    return MatchingRound.objects.create(
        programme=programme,
        objective=objective,
        sends_next=sends_next,
        made_by=by,
    )


def _written(found: MatchingRound, plan: planning.Matched) -> MatchingRound:
    """Show what of the plan still holds; locks stay, what was looked at before is replaced. The programme is locked."""
    programme, before = found.programme, queries.preview_of(found.programme)
    held = {one.pk for one in queries.held_requests(programme)}
    requests = [one for one in asked.open_in(programme) if one.pk in held]
    locked = computing.locked_in(before)
    _dropped(before)
    pairs, found.unserved = computing.holding(plan, programme, requests, locked)
    move(found, RoundState.PREVIEW, ROUND_MOVES)
    found.proved = plan.proved
    found.save()
    for request, profile, fits, is_locked in pairs:
        proposed(request, profile, fits, found, is_locked)
    journal.record("experts.round_computed", found, by=found.made_by, programme=programme.pk)
    return found


@transaction.atomic
def set_lock(proposal: Proposal, *, locked: bool, by: Person) -> Proposal:
    """Keep this pair, or let the next computation decide."""
    proposal = queries.locked(proposal.pk)
    require(rules.adjust, proposal.round, by)
    proposal.locked = locked
    proposal.save()
    journal.record("experts.pair_locked", proposal, by=by, programme=proposal.programme_id, fields=["locked"])
    return proposal


@transaction.atomic
def bar(proposal: Proposal, *, by: Person) -> Proposal:
    """Rule this pair out, for now and for the computations to come."""
    proposal = queries.locked(proposal.pk)
    require(rules.adjust, proposal.round, by)
    told = proposal.state == ProposalState.SENT
    move(proposal, ProposalState.WITHDRAWN, PROPOSAL_MOVES)
    proposal.save()
    if told:
        letters.withdrawn.enqueue(proposal)
    Barred.objects.get_or_create(request=proposal.request, profile=proposal.profile)
    journal.record("experts.pair_barred", proposal, by=by, programme=proposal.programme_id, fields=["state"])
    return proposal


@transaction.atomic
def send_round(found: MatchingRound, *, days: int | None = None, by: Person) -> tuple[int, list[str]]:
    """Send what the round proposes, once, to be answered within so many days; what can no longer be is left out and
    told: how many, and why not."""
    programmes.locked(found.programme_id)
    rows = MatchingRound.objects.select_for_update(of=("self",)).select_related("programme")
    found = rows.get(pk=found.pk)
    require(rules.adjust, found, by)
    move(found, RoundState.SENT, ROUND_MOVES)
    found.sent_at, found.answer_days = clock.now(), found.answer_days if days is None else days
    require(rules.days_to_answer, found.answer_days)
    found.save()
    queries.held_requests(found.programme)
    sent, left = 0, []
    for proposal in queries.of_round(found).filter(state=ProposalState.READY):
        try:
            send(proposal, days=found.answer_days, by=by)
            sent += 1
        except Refused as refusal:
            left.append(f"{proposal.profile}: {refusal.reason}")
    journal.record("experts.round_sent", found, by=by, programme=found.programme_id, fields=["state"])
    return sent, left


@transaction.atomic
def propose(
    request: ExpertRequest, profile: ExpertProfile, *, days: int | None = None, by: Person
) -> Proposal:
    """By hand: this expert for this request, sent at once."""
    request = asked.locked(request.pk)
    require(rules.propose_anew, request, profile, by)
    standing = queries.of_request(request).filter(profile=profile, state=ProposalState.READY).first()
    Barred.objects.filter(request=request, profile=profile).delete()
    made = standing or _ready(request, profile)
    return send(made, days=days, by=by)


@transaction.atomic
def send(proposal: Proposal, *, days: int | None = None, by: Person | None) -> Proposal:
    """The expert is asked, and has so many days to answer (the round's, or the usual ones) while it is needed."""
    proposal = queries.locked(proposal.pk)
    proposal.profile = bank.locked(proposal.profile_id)  # two requests cannot both take the last hours
    require(rules.send, proposal, by)
    move(proposal, ProposalState.SENT, PROPOSAL_MOVES)
    if days is None:
        days = proposal.round.answer_days if proposal.round else ANSWER_DAYS
    require(rules.days_to_answer, days)
    proposal.sent_at = clock.now()
    proposal.answer_by = min(clock.today() + dt.timedelta(days=days), proposal.request.needed_by)
    proposal.save()
    journal.record(
        "experts.proposal_sent", proposal, by=by, programme=proposal.programme_id, fields=["state"]
    )
    letters.proposed.enqueue(proposal)
    return proposal


@transaction.atomic
def accept(proposal: Proposal, *, revision: str, by: Person) -> Proposal:
    """The expert takes on what they have read, and is engaged; with its last place the request is matched."""
    programmes.locked(proposal.programme_id)  # before the request, as a computation does
    proposal = queries.locked(proposal.pk)
    require(rules.accept, proposal, by)
    require(rules.terms_read, proposal, revision)
    move(proposal, ProposalState.ACCEPTED, PROPOSAL_MOVES)
    proposal.answered_at = clock.now()
    proposal.save()
    proposals.settle(asked.locked(proposal.request_id), by=by)
    journal.record(
        "experts.proposal_accepted", proposal, by=by, programme=proposal.programme_id, fields=["state"]
    )
    letters.accepted.enqueue(proposal)
    engagements.draft(proposal, by=by)
    return proposal


@transaction.atomic
def decline(proposal: Proposal, *, words: str, by: Person) -> Proposal:
    """The expert says no and why; the next best is ready at once, and sent by itself where the round says so."""
    proposal = queries.locked(proposal.pk)
    require(rules.answer, proposal, by)
    require(rules.with_reason, words)
    move(proposal, ProposalState.DECLINED, PROPOSAL_MOVES)
    proposal.answer, proposal.answered_at = words.strip(), clock.now()
    proposal.save()
    journal.record(
        "experts.proposal_declined", proposal, by=by, programme=proposal.programme_id, fields=["state"]
    )
    letters.declined.enqueue(proposal)
    followed(proposal)
    return proposal


@transaction.atomic
def withdraw(proposal: Proposal, *, by: Person) -> Proposal:
    """Taken back before an answer."""
    proposal = queries.locked(proposal.pk)
    require(rules.withdraw, proposal, by)
    told = proposal.state == ProposalState.SENT
    move(proposal, ProposalState.WITHDRAWN, PROPOSAL_MOVES)
    proposal.save()
    journal.record(
        "experts.proposal_withdrawn", proposal, by=by, programme=proposal.programme_id, fields=["state"]
    )
    if told:
        letters.withdrawn.enqueue(proposal)
    return proposal


@transaction.atomic
def let_go(profile: ExpertProfile, *, by: Person | None) -> None:
    """Whoever is not at work in the bank is asked nothing more; they and the staff are told, the next best is ready."""
    for proposal in queries.waiting_for(profile):
        told = proposal.state == ProposalState.SENT
        move(proposal, ProposalState.WITHDRAWN, PROPOSAL_MOVES)
        proposal.save()
        journal.record(
            "experts.proposal_withdrawn", proposal, by=by, programme=proposal.programme_id, fields=["state"]
        )
        if told:
            letters.withdrawn.enqueue(proposal)
            letters.let_go.enqueue(proposal)
            followed(proposal)


def followed(proposal: Proposal) -> None:
    """The next best stands ready, and is asked by itself where the round says so: never without the competence."""
    following = next_best(proposal.request)
    if following is None or undeclared(following.reasons):
        return
    if proposal.round is not None and proposal.round.sends_next:
        following.round = proposal.round
        following.save()
        with suppress(Refused):  # it stays ready for a person to look at; the answer holds
            send(following, by=None)


def next_best(request: ExpertRequest) -> Proposal | None:
    """The best expert with hours left who was not asked yet, as a proposal that is ready; None if there is none."""
    found = asked.requests().get(pk=request.pk)
    if found.state != RequestState.OPEN or rules.goes_on(found):
        return None
    standing = Proposal.objects.filter(request=found, state=ProposalState.READY).values("profile_id")
    closed = {profile for _request, profile in queries.closed_pairs([found])}
    candidates = queries.candidates(found.initiative.programme).filter(free__gte=found.monthly_hours)
    candidates = candidates.exclude(pk__in=standing).exclude(pk__in=closed)
    near, related = planning.near_to(found), queries.related([found])[found.pk]
    profile: Any  # with its free hours
    for profile, fits in planning.suggestions(found, candidates, related, near, most=NEXT):
        there = reach.suffices(profile.free, reach.days_away(profile.away, found), found)
        if fits.fits and there:
            return proposed(found, profile, fits, None, False)
    return None


def _dropped(before: MatchingRound | None) -> None:
    """Drop the round that was looked at."""
    if before is None:
        return
    rows = Proposal.objects.filter(round=before, state=ProposalState.READY)
    rows.update(state=ProposalState.WITHDRAWN)
    move(before, RoundState.DROPPED, ROUND_MOVES)
    before.save()


def proposed(
    request: ExpertRequest, profile: ExpertProfile, fits: Fit, found: MatchingRound | None, locked: bool
) -> Proposal:
    """Put the pair down as ready, replacing one that was left ready outside a round."""
    Proposal.objects.filter(request=request, profile=profile, state=ProposalState.READY).update(
        state=ProposalState.WITHDRAWN
    )
    return Proposal.objects.create(
        request=request, profile=profile, round=found, score=fits.score, reasons=fits.reasons,
        monthly_hours=request.monthly_hours, locked=locked,
    )  # fmt: skip


def _ready(request: ExpertRequest, profile: ExpertProfile) -> Proposal:
    """By hand: weighed like any other."""
    full = asked.requests().get(pk=request.pk)
    candidate = queries.candidates(full.initiative.programme).get(pk=profile.pk)
    weighed = fit(full, candidate, planning.near_to(full), related=False)
    return proposed(full, profile, weighed, None, False)
