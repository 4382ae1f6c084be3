"""Decisions as proposals: made, and lapsed when the application goes. Parts of other actions."""

from vivaio.applications.models import Application, Proposal
from vivaio.applications.states import PROPOSAL_MOVES, ApplicationState, ProposalState
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.states import move
from vivaio.people.models import Person

PROPOSED = {
    ApplicationState.ADMITTED: "application.admission_proposed",
    ApplicationState.EXCLUDED: "application.exclusion_proposed",
}


def propose(application: Application, outcome: ApplicationState, reason: str, *, by: Person) -> Proposal:
    """Write a decision down as one that somebody else has to confirm; nobody outside the staff learns of it."""
    proposal = Proposal.objects.create(
        application=application, outcome=outcome, reason=reason, proposed_by=by
    )
    journal.record(PROPOSED[outcome], application, by=by)
    return proposal


def lapse(application: Application) -> None:
    """The application is no longer there to be decided: what was proposed is void."""
    for proposal in application.proposals.filter(state=ProposalState.WAITING).select_for_update():
        move(proposal, ProposalState.VOID, PROPOSAL_MOVES)
        proposal.settled_at = clock.now()
        proposal.save()
