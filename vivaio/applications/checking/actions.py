"""The second person: confirms, sends back. The first one may take back."""

from django.db import transaction

from vivaio.applications import queries
from vivaio.applications import rules as deciding
from vivaio.applications.actions.deciding import carry_out
from vivaio.applications.checking import queries as checking
from vivaio.applications.checking import rules
from vivaio.applications.models import Application, Proposal
from vivaio.applications.states import PROPOSAL_MOVES, ApplicationState, ProposalState
from vivaio.journal import actions as journal
from vivaio.kit import clock
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person


@transaction.atomic
def confirm(proposal: Proposal, *, by: Person) -> Application:
    """Decide what somebody else proposed, if it still holds. The applicant is told from here on."""
    proposal = _locked(proposal)
    application = proposal.application
    require(rules.confirm, proposal, by)
    outcome = ApplicationState(proposal.outcome)
    if outcome == ApplicationState.ADMITTED:
        require(deciding.meets, application)
    else:
        require(rules.reasons_told, application, proposal.reason)
    _settle(proposal, ProposalState.CONFIRMED, by)
    return carry_out(application, outcome, proposal.reason, by=by)


@transaction.atomic
def send_back(proposal: Proposal, words: str, *, by: Person) -> Proposal:
    """Do not confirm, and say why: the application waits for a decision again."""
    proposal = _locked(proposal)
    require(rules.settle_proposal, proposal, by)
    require(rules.why_sent_back, words)
    proposal.answer = words.strip()
    _settle(proposal, ProposalState.SENT_BACK, by)
    journal.record("application.proposal_sent_back", proposal.application, by=by)
    return proposal


@transaction.atomic
def take_back(proposal: Proposal, *, by: Person) -> Proposal:
    """Who proposed thinks again."""
    proposal = _locked(proposal)
    require(rules.take_back, proposal, by)
    _settle(proposal, ProposalState.TAKEN_BACK, by)
    journal.record("application.proposal_taken_back", proposal.application, by=by)
    return proposal


def _locked(proposal: Proposal) -> Proposal:
    """Under the locks of its application and its own: of two who press at once the second reads who was first."""
    application = queries.locked(proposal.application_id)
    found = checking.locked(proposal.pk)
    found.application = application
    return found


def _settle(proposal: Proposal, state: ProposalState, by: Person) -> None:
    move(proposal, state, PROPOSAL_MOVES)
    proposal.settled_by, proposal.settled_at = by, clock.now()
    proposal.save()
