"""Matching all open requests at once, adjusting, sending; answers, and the next best when somebody declines.

A round is computed under the programme's lock and that of every open request; whoever answers a proposal holds its
request's row. So an answer comes before a computation, which then sees it, or after it, and finds its proposal
untouched: only what was never sent is replaced.
"""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import transaction

from vivaio.experts import letters_matching as letters
from vivaio.experts import planning, reach
from vivaio.experts.actions import proposals
from vivaio.experts.engaging.actions import terms as engagements
from vivaio.experts.fit import Fit, fit, undeclared
from vivaio.experts.models import Barred, ExpertProfile, ExpertRequest, MatchingRound, Proposal
from vivaio.experts.queries import bank
from vivaio.experts.queries import matching as queries
from vivaio.experts.queries import requests as asked
from vivaio.experts.rules import matching as rules
from vivaio.experts.states import (
    PROMISED,
    PROPOSAL_MOVES,
    ROUND_MOVES,
    ProposalState,
    RequestState,
    RoundState,
)
from vivaio.journal import actions as journal
from vivaio.kit import clock
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
    """Match every open request at once and show it; locks stay, what was looked at before is replaced."""
    programme = programmes.locked(programme.pk)
    require(rules.compute, programme, seen, by)
    held = {one.pk for one in queries.held_requests(programme)}
    requests = [one for one in asked.open_in(programme) if one.pk in held]
    before = queries.preview_of(programme)
    locked = _dropped(before)
    matched = planning.matched(
        requests,
        queries.candidates(programme),
        queries.related(requests),
        queries.closed_pairs(requests),
        locked,
        _wanted(requests),
        objective,
    )
    found = MatchingRound.objects.create(
        programme=programme, objective=objective, sends_next=sends_next, made_by=by, proved=matched.proved,
        unserved=matched.unserved,
    )  # fmt: skip
    chosen = [key for _request, key, _locked in matched.pairs]
    profiles = {one.pk: one for one in bank.profiles(programme).filter(pk__in=chosen)}
    for request, key, is_locked in matched.pairs:
        fits = fit(request, profiles[key], matched.near[request.pk], related=False)
        proposed(request, profiles[key], fits, found, is_locked)
    journal.record("experts.round_computed", found, by=by, programme=programme.pk)
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
def send_round(found: MatchingRound, *, by: Person) -> tuple[int, list[str]]:
    """Send what the round proposes, once; what can no longer be is left out and told: how many, and why not."""
    programmes.locked(found.programme_id)
    rows = MatchingRound.objects.select_for_update(of=("self",)).select_related("programme")
    found = rows.get(pk=found.pk)
    require(rules.adjust, found, by)
    move(found, RoundState.SENT, ROUND_MOVES)
    found.sent_at = clock.now()
    found.save()
    queries.held_requests(found.programme)
    sent, left = 0, []
    for proposal in queries.of_round(found).filter(state=ProposalState.READY):
        try:
            send(proposal, by=by)
            sent += 1
        except Refused as refusal:
            left.append(f"{proposal.profile}: {refusal.reason}")
    journal.record("experts.round_sent", found, by=by, programme=found.programme_id, fields=["state"])
    return sent, left


@transaction.atomic
def propose(request: ExpertRequest, profile: ExpertProfile, *, by: Person) -> Proposal:
    """By hand: this expert for this request, sent at once."""
    request = asked.locked(request.pk)
    require(rules.propose_anew, request, profile, by)
    standing = queries.of_request(request).filter(profile=profile, state=ProposalState.READY).first()
    Barred.objects.filter(request=request, profile=profile).delete()
    made = standing or _ready(request, profile)
    return send(made, by=by)


@transaction.atomic
def send(proposal: Proposal, *, by: Person | None) -> Proposal:
    """The expert is asked."""
    proposal = queries.locked(proposal.pk)
    proposal.profile = bank.locked(proposal.profile_id)  # two requests cannot both take the last hours
    require(rules.send, proposal, by)
    move(proposal, ProposalState.SENT, PROPOSAL_MOVES)
    proposal.sent_at = clock.now()
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
    _followed(proposal)
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
            _followed(proposal)


def _followed(proposal: Proposal) -> None:
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


def _wanted(requests: list[ExpertRequest]) -> list[int]:
    """How many more experts each request wants beside those who are asked or have accepted."""
    taken: dict[object, int] = {}
    rows = Proposal.objects.filter(request__in=requests, state__in=PROMISED)
    for request in rows.values_list("request_id", flat=True):
        taken[request] = taken.get(request, 0) + 1
    return [max(0, one.places - taken.get(one.pk, 0)) for one in requests]


def _dropped(before: MatchingRound | None) -> set[tuple[UUID, UUID]]:
    """Drop the round that was looked at; the pairs that somebody locked."""
    if before is None:
        return set()
    rows = Proposal.objects.filter(round=before, state=ProposalState.READY)
    locked = set(rows.filter(locked=True).values_list("request_id", "profile_id"))
    rows.update(state=ProposalState.WITHDRAWN)
    move(before, RoundState.DROPPED, ROUND_MOVES)
    before.save()
    return locked


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
