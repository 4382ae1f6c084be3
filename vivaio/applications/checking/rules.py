"""Who may confirm, send back or take back what somebody proposed."""

from typing import Any

from django.utils.translation import gettext as _

from vivaio.applications import queries, rules
from vivaio.applications.checking import queries as checking
from vivaio.applications.models import Application, Check, Proposal
from vivaio.applications.states import CheckOutcome, ProposalState
from vivaio.people.models import Person

Answer = Any  # None, or words


def settle_proposal(proposal: Proposal, person: Person) -> Answer:
    """Somebody else, who decides in this programme now and has no tie to the applicant, confirms or sends back.

    It is the person who counts, whatever roles they hold: nobody confirms what they proposed themselves.
    """
    return rules.decide(proposal.application, person) or _second(proposal, person)


def _second(proposal: Proposal, person: Person) -> Answer:
    application = proposal.application
    if reason := _over(proposal):
        return reason
    if proposal.proposed_by_id == person.pk:
        return _("You proposed this: somebody else confirms it.")
    if tie := checking.tie(person, application):
        return _("You have a tie with this applicant (%(kind)s): somebody else confirms.") % {
            "kind": tie.get_kind_display()
        }
    return None


def confirm(proposal: Proposal, person: Person) -> Answer:
    """What was proposed by somebody who meanwhile belongs to the applicant is sent back instead."""
    return rules.decide(proposal.application, person) or confirm_decided(proposal, person)


def confirm_decided(proposal: Proposal, person: Person) -> Answer:
    """`confirm`, once `rules.decide` was asked."""
    if reason := _second(proposal, person):
        return reason
    proposer = proposal.proposed_by
    if proposer and queries.in_team(proposal.application, proposer):
        return _("Who proposed this belongs to the applicant: send it back.")
    return None


def take_back(proposal: Proposal, person: Person) -> Answer:
    """Who proposed may think again, until somebody has confirmed."""
    if reason := rules.decide(proposal.application, person) or _over(proposal):
        return reason
    if proposal.proposed_by_id != person.pk:
        return _("Only who proposed this takes it back; you may send it back.")
    return None


def _over(proposal: Proposal) -> Answer:
    if proposal.state == ProposalState.CONFIRMED:
        return _("%(who)s has confirmed it already.") % {"who": proposal.settled_by or _("Somebody")}
    if proposal.state == ProposalState.SENT_BACK:
        return _("%(who)s has sent it back already.") % {"who": proposal.settled_by or _("Somebody")}
    if proposal.state != ProposalState.WAITING:
        return _("This proposal does not wait any more.")
    return None


def why_sent_back(words: str) -> Answer:
    """Who proposed reads why."""
    return None if words.strip() else _("Write why: who proposed it reads it.")


def reasons_told(application: Application, reason: str) -> Answer:
    """The reasons of an exclusion name every point that is not met."""
    told = _plain(reason)
    for check in application.checks.select_related("condition").filter(outcome=CheckOutcome.NOT_MET):
        if not any(_plain(words) in told for words in wordings(check)):
            return _("“%(point)s” is not met: the reasons have to name it, in these words.") % {
                "point": check.condition
            }
    return None


def wordings(check: Check) -> list[str]:
    """What the point is called, in each language."""
    condition = check.condition
    others = [words for name, words in (condition.i18n or {}).items() if name.startswith("title_") and words]
    return [condition.title, *others]


def not_overwritten(check: Check, seen: int | None) -> Answer:
    """What somebody else wrote since one began to read is read before it is written over."""
    if seen is None or seen == check.revision:
        return None
    return _(
        "%(who)s has written on this point meanwhile: “%(outcome)s”. %(note)s Read it, then save again."
    ) % {
        "who": check.decided_by or _("Somebody"),
        "outcome": check.get_outcome_display(),
        "note": f"“{check.note}”." if check.note else "",
    }


def _plain(words: str) -> str:
    """Letters alone, so that a line's end, a quotation mark or a capital makes no difference."""
    return "".join(sign for sign in words.casefold() if sign.isalnum())
