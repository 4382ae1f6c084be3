"""Signatures in words: what a result means, what to do, who signed and whether they represent the applicant."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.applications.models import Application, Signature
from vivaio.applications.signing.queries import told_state
from vivaio.applications.states import SignatureState
from vivaio.kit import formats
from vivaio.questionnaires.states import Signature as SignatureKind

TONES = {"sound": "yes", "doubt": "maybe", "broken": "no", "checking": "now", "missing": "", "lapsed": "no"}
ADVICE = {
    SignatureState.CHECKING: gettext_lazy("It is being checked: this takes a moment."),
    SignatureState.UNKNOWN_ISSUER: gettext_lazy(
        "You can hand in. Who issued the certificate is not known here: the staff looks at it."
    ),
    SignatureState.EXPIRED: gettext_lazy(
        "You can hand in, but the certificate had expired: better sign again with one that is valid."
    ),
    SignatureState.REVOKED: gettext_lazy(
        "You can hand in, but the certificate was revoked: better sign again with one that is valid."
    ),
    SignatureState.ALTERED: gettext_lazy(
        "Something was changed after it was signed. Sign it again, and then neither save, merge nor print it anew."
    ),
    SignatureState.OTHER_DOCUMENT: gettext_lazy(
        "It is not the file that was prepared here. Download it again and sign that very file, without opening and"
        " saving it in another program; as a PDF (PAdES) or a P7M."
    ),
    SignatureState.UNSIGNED: gettext_lazy(
        "It carries no digital signature. Sign it with your signing program, as PAdES, and upload the new file."
    ),
    SignatureState.UNREADABLE: gettext_lazy(
        "It is damaged or too complicated to check. Sign it again, as PAdES."
    ),
    SignatureState.ENCRYPTED: gettext_lazy(
        "It is protected by a password. Take the protection off, then sign it."
    ),
    SignatureState.TO_LOOK_AT: gettext_lazy("You can hand in. The staff looks at the signature."),
}


def advice(signature: Signature) -> str:
    """What its team can do."""
    return str(ADVICE.get(told_state(signature), ""))


def folded(name: str) -> str:
    """A name as it is compared: without accents, case, punctuation, whatever the order of its words."""
    plain = unicodedata.normalize("NFKD", name.replace("’", " ").replace("'", " "))
    letters = "".join(one if one.isalnum() else " " for one in plain if not unicodedata.combining(one))
    return " ".join(sorted(letters.casefold().split()))


def represents(signer: str, names: Iterable[str]) -> bool:
    """Whether a signer is one of these people: the same words, or all the words of the shorter name."""
    words = set(folded(signer).split())
    for name in names:
        known = set(folded(name).split())
        if len(words & known) >= 2 and (words <= known or known <= words):
            return True
    return False


def who(signature: Signature, names: Iterable[str]) -> str:
    """Whether who signed represents the applicant, as far as the record says: never more than a hint."""
    names = list(names)
    if not signature.signer:
        return ""
    if not names:
        return _("Nobody is on record as the applicant's legal representative: compare the name by hand.")
    if represents(signature.signer, names):
        return _("The name is that of the applicant's legal representative.")
    return _("The name is not that of the applicant's legal representative on record: %(names)s.") % {
        "names": ", ".join(names)
    }


def facts(signature: Signature, *, staff: bool = False) -> list[tuple[str, str]]:
    """What is known of a signature, as lines of a list; what the staff found, for the staff."""
    zone, found = signature.application.call.time_zone, signature.found
    told = [(_("Signed by"), signature.signer)]
    if signature.kind == SignatureKind.PADES:
        others = [str(one.get("signer", "")) for one in found.get("signatures", [])]
        told += [
            (_("Code"), str(found.get("code", ""))),
            (_("Certificate issued by"), str(found.get("issuer", ""))),
            (_("Signed at"), _instant(found.get("signed_at"), zone)),
            (_("All who signed"), ", ".join(others) if len(others) > 1 else ""),
        ]
    else:
        told.append((_("At"), formats.instant(signature.created_at, zone)))
        told.append((_("Sent by"), "" if signature.kind == SignatureKind.CLICK else str(signature.by or "")))
    if staff and signature.looked_at:
        told.append((_("Looked at by"), str(signature.looked_by or "")))
        told.append((_("Note"), signature.note))
    return [(label, value) for label, value in told if value]


def told(signature: Signature) -> dict[str, Any]:
    """A signature as plain data, for whoever asks for their own."""
    return {
        "call": str(signature.application.call),
        "application": str(signature.application),
        "kind": str(signature.get_kind_display()),
        "state": str(told_state(signature).label),
        "signer": signature.signer,
        "statement": signature.statement,
        "document_sha256": signature.document_sha256,
        "at": signature.created_at,
    }


def statement(application: Application, label: str, name: str, sha256: str) -> str:
    """The very words that a click confirms."""
    return _(
        "I, %(name)s, as legal representative of %(applicant)s or by power of attorney, sign the document"
        " “%(document)s” (SHA-256 %(sha256)s) for the call “%(call)s”. I know that the law punishes false statements."
    ) % {
        "name": name,
        "applicant": application.applicant_name,
        "document": label,
        "sha256": sha256,
        "call": application.call,
    }


def _instant(written: Any, zone: str) -> str:
    at = parse_datetime(str(written or ""))
    return formats.instant(at, zone) if at else ""
