"""Proposals that nobody need answer any more: the request has ended, or all of its places are taken."""

from vivaio.experts import letters_matching as letters
from vivaio.experts.models import ExpertRequest, Proposal
from vivaio.experts.queries import matching as queries
from vivaio.experts.states import (
    PROPOSAL_MOVES,
    REQUEST_MOVES,
    WAITING,
    ProposalState,
    RequestState,
)
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.states import move
from vivaio.people.models import Person


def take_back(request: ExpertRequest, *, by: Person | None) -> None:
    """What stands ready or waits for an answer is taken back, and whoever was asked is told. The request is locked."""
    for proposal in Proposal.objects.select_for_update().filter(request=request, state__in=WAITING):
        told = proposal.state == ProposalState.SENT
        move(proposal, ProposalState.WITHDRAWN, PROPOSAL_MOVES)
        proposal.save()
        journal.record(
            "experts.proposal_withdrawn", proposal, by=by, programme=request.programme_id, fields=["state"]
        )
        if told:
            letters.withdrawn.enqueue(proposal)


def settle(request: ExpertRequest, *, by: Person | None) -> None:
    """An open request whose places are all taken is matched, and nobody is asked any more. The request is locked."""
    if request.state != RequestState.OPEN or queries.accepted(request).count() < request.places:
        return
    move(request, RequestState.MATCHED, REQUEST_MOVES)
    request.save()
    take_back(request, by=by)


def ask_anew(request: ExpertRequest) -> None:
    """The terms have changed: what it takes of each expert's month is told anew to those who were asked."""
    for proposal in Proposal.objects.select_for_update().filter(request=request, state__in=WAITING):
        proposal.monthly_hours = request.monthly_hours
        if proposal.answer_by is not None:
            proposal.answer_by = max(min(proposal.answer_by, request.needed_by), clock.today())
        proposal.save()
        if proposal.state == ProposalState.SENT:
            letters.terms_changed.enqueue(proposal, cause=f"{clock.now():%Y%m%d%H%M%S%f}")
