"""Who says which legal entity a team has become, and who checks it."""

from django.utils.translation import gettext as _

from vivaio.initiatives.models import Initiative, LegalProof
from vivaio.initiatives.queries import constituting as queries
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.rules import initiatives as rules
from vivaio.initiatives.states import ProofState
from vivaio.people.models import Organisation, Person


def send(initiative: Initiative, person: Person) -> str | None:
    """A leader of the team, one proof at a time."""
    if not initiatives.leads(person, initiative):
        return _("Only a leader of the team may name its legal entity.")
    if queries.waits(initiative):
        return _("A proof waits to be checked: its answer comes by letter.")
    return rules.under_way(initiative)


def speak_for(organisation: Organisation, person: Person) -> str | None:
    """One names an organisation that one administers."""
    if queries.entities_of(person).filter(pk=organisation.pk).exists():
        return None
    return _("Only an administrator of the organisation may name it: ask to be one.")


def answer(proof: LegalProof, person: Person) -> str | None:
    """Who accompanies the initiative checks the proof, once."""
    refused = rules.follow(proof.initiative, person)
    if refused:
        return refused
    if proof.state != ProofState.WAITING:
        return _("This proof was answered already: %(state)s.") % {"state": proof.get_state_display()}
    return rules.under_way(proof.initiative)


def with_reason(reason: str) -> str | None:
    """What is sent back says why."""
    return None if reason.strip() else _("Say what is missing: the team reads it and tries again.")


def named_elsewhere(organisation: Organisation) -> str | None:
    """A group with an initiative does not turn itself into an entity: money would follow without any proof."""
    if not initiatives.of_organisation(organisation).exists():
        return None
    return _(
        "“%(organisation)s” has an initiative: name the legal entity that it has become on the initiative’s page, "
        "with its proof. The programme checks it before any money."
    ) % {"organisation": organisation.name}
