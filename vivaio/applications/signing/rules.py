"""Who may sign, look and open, and why something cannot be handed in. None means yes; words mean why not."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from vivaio.applications import queries as applications
from vivaio.applications.models import Application, Signature
from vivaio.applications.signing import queries, telling
from vivaio.applications.signing.queries import BROKEN, CHECKING, LAPSED, MISSING, Document, Need
from vivaio.applications.states import SIGNATURE_MOVES, ApplicationState, IntegrationState, SignatureState
from vivaio.calls.states import CallState
from vivaio.people.models import Person
from vivaio.programmes.queries import can

Answer = Any  # None, or words
LONGEST_REASON = 1000


def sign(application: Application, person: Person) -> Answer:
    """The team signs while it writes: a draft, or the answer to a request for integration."""
    if not applications.in_team(application, person):
        return _("Only people of the applicant's team can do this.")
    if application.state not in (ApplicationState.DRAFT, ApplicationState.INTEGRATION):
        return _("The application was handed in or withdrawn: nothing of it is signed any more.")
    if application.call.state in (CallState.CONCLUDED, CallState.WITHDRAWN):
        return _("This call is over: nothing is signed any more.")
    if application.state == ApplicationState.INTEGRATION and not _asked(application):
        return _("The time for the integration has ended.")
    return None


def _asked(application: Application) -> bool:
    return application.integration_requests.filter(state=IntegrationState.OPEN).exists()


def sign_whole(application: Application) -> Answer:
    """The application as a whole is signed before it is handed in."""
    if application.state != ApplicationState.DRAFT:
        return _("The application was handed in: it is not signed anew.")
    return None


def wanted_as(need: Need | None, kind: str) -> Answer:
    """The call wants this very signature."""
    if need is None or need.kind != kind:
        return _("The call wants no such signature here. Reload the page.")
    return None


def still_there(document: Document | None, sha256: str | None = None) -> Answer:
    """What is signed is what was read."""
    if document is None or document.lapsed or (sha256 is not None and document.sha256 != sha256):
        return _("The document has changed meanwhile: read it again, then sign.")
    return None


def confirm_click(person: Person, name: str, entitled: bool) -> Answer:
    """Who clicks writes their own name, and answers for being the legal representative."""
    if not entitled:
        return _("Tick that you are the legal representative, or hold the power to sign.")
    if telling.folded(name) != telling.folded(str(person)):
        return _("Write your name as in your profile: %(name)s.") % {"name": person}
    return None


def sound_scan(has_scan: bool, has_identity: bool) -> Answer:
    """A scan comes with the identity document of who signed."""
    if not has_scan:
        return _("Add the scan of the signed document.")
    if not has_identity:
        return _("Add the identity document of who signed.")
    return None


def hand_in(application: Application, within: Iterable[str] | None = None) -> Answer:
    """Nothing is handed in while a signature is missing, broken or being checked; `within` these questions alone."""
    return why_not(queries.needs(application), application, within)


def why_not(found: Sequence[Need], application: Application, within: Iterable[str] | None = None) -> Answer:
    """The same of needs that were asked for already. Where a call is only tried out nothing is signed."""
    if found and application.call.programme.is_rehearsal:
        return None
    asked = None if within is None else set(within)
    for need in found:
        if asked is not None and need.question not in asked:
            continue
        if need.whole and not need.documents:
            return _("The application still has to be signed: open the page “Signatures”.")
        for document in need.documents:
            if reason := _against(need, document):
                return reason
    return None


def _against(need: Need, document: Document) -> Answer:
    told = {"document": need.wanted.label}
    match document.standing:
        case s if s == MISSING:
            return _("“%(document)s” still has to be signed: open the page “Signatures”.") % told
        case s if s == LAPSED:
            return (
                _("The answers changed after “%(document)s” was prepared: prepare it again and sign it.")
                % told
            )
        case s if s == CHECKING:
            return _("The signature of “%(document)s” is being checked: it takes a moment.") % told
        case s if s == BROKEN and document.signature is not None:
            return _("“%(document)s”: %(state)s. %(advice)s") % {
                **told,
                "state": queries.told_state(document.signature).label,
                "advice": telling.advice(document.signature),
            }
    return None


def may_be_looked_at(signature: Signature) -> bool:
    """Whether a person can settle it: what a check left in doubt, a scan, or what somebody said before."""
    state = SignatureState(signature.state)
    return state in (SignatureState.CONFIRMED, SignatureState.REJECTED) or (
        state != SignatureState.CHECKING and SignatureState.CONFIRMED in SIGNATURE_MOVES[state]
    )


def look(signature: Signature, person: Person) -> Answer:
    """The staff says whether what a check could not settle is in order."""
    application = signature.application
    if not can(person, "applications.decide", application.programme_id):
        return _("Your role in this programme does not decide on eligibility.")
    if applications.in_team(application, person):
        return _("You belong to this applicant: somebody else decides.")
    if signature.superseded_at is not None:
        return _("Another signature took the place of this one.")
    if application.call.state == CallState.CONCLUDED:
        return _("This call is concluded.")
    if not may_be_looked_at(signature):
        return _("There is nothing to look at: the check has settled it.")
    return None


def look_once(signature: Signature, to: SignatureState) -> Answer:
    """Saying again what was said changes nothing."""
    if signature.state == to:
        return _("Somebody has said so already.")
    return None


def say_why(reason: str) -> Answer:
    """Whoever opens an identity document says why; it is kept."""
    if not reason.strip():
        return _("Write why: it is kept, with your name and the instant.")
    return None


def open_identity(signature: Signature, person: Person) -> Answer:
    """Identity documents are for those who decide, and for nobody else."""
    if not can(person, "applications.decide", signature.application.programme_id):
        return _("Identity documents are opened by those who decide on eligibility alone.")
    if signature.identity_gone_at is not None or not signature.identity:
        return _("The identity document was deleted, because its period had ended.")
    return None
