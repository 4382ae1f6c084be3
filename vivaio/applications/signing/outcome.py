"""The points of the checklist about signatures, computed."""

from django.utils.translation import gettext as _

from vivaio.applications.models import Application
from vivaio.applications.signing import queries, telling
from vivaio.applications.signing.queries import BROKEN, LAPSED, MISSING, SOUND, Document, Need
from vivaio.applications.states import CheckOutcome, SignatureState
from vivaio.calls.models import Condition


def _need(parameters: dict, application: Application) -> Need | None:
    return queries.need_of(application, str(parameters.get("question", "")))


def compute(parameters: dict, application: Application) -> CheckOutcome:
    """Met where every signature is in order and of the legal representative; in doubt a person looks. Never excludes
    for who signed."""
    need = _need(parameters, application)
    if need is None or (not need.documents and not need.whole):
        return CheckOutcome.NOT_APPLICABLE
    standings = {_standing(document) for document in need.documents} or {MISSING}
    if standings & {MISSING, LAPSED, BROKEN}:
        return CheckOutcome.NOT_MET
    if standings != {SOUND}:
        return CheckOutcome.UNKNOWN
    names = queries.representatives(application)
    signed = [one.signature for one in need.documents if one.signature]
    known = all(
        one.state == SignatureState.CONFIRMED or telling.represents(one.signer, names) for one in signed
    )
    return CheckOutcome.MET if known else CheckOutcome.UNKNOWN


def _standing(document: Document) -> str:
    """With what the staff found of it."""
    return queries.standing_of(document.signature) if document.signature else document.standing


def explain(condition: Condition, application: Application) -> str:
    """What is known of the signatures, in words."""
    need = _need(condition.parameters or {}, application)
    if need is None:
        return _("The call wants no signature here.")
    if not need.documents:
        return _("Nothing was signed.") if need.whole else _("No file was given.")
    names = queries.representatives(application)
    return " ".join(_told(document, names) for document in need.documents)


def _told(document: Document, names: list[str]) -> str:
    signature = document.signature
    if signature is None:
        return _("“%(file)s” is not signed.") % {"file": document.name}
    words = _("“%(file)s”: %(state)s.") % {"file": document.name, "state": signature.get_state_display()}
    signer = _("Signed by %(signer)s.") % {"signer": signature.signer} if signature.signer else ""
    return " ".join(filter(None, (words, signer, telling.who(signature, names))))


def documents_of(condition: Condition, application: Application) -> list[Document]:
    """The files that stand beside the point."""
    need = _need(condition.parameters or {}, application)
    return need.documents if need else []
