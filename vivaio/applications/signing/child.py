"""A process of its own that looks into one signed file and says who signed it: what it costs is bounded, it may fall.

    python -m vivaio.applications.signing.child FOLDER-OF-TRUSTED-CERTIFICATES SIZE NOW < file.pdf

It knows neither Django nor the database, asks no network, writes nothing, and answers one line of JSON. `SIZE` is the
length of the document that was to be signed (0: not known): `first` is the SHA-256 of what was signed at that length.
`NOW` is the instant at which certificates must hold.
"""

import asyncio
import contextlib
import datetime as dt
import hashlib
import io
import json
import logging
import resource
import socket
import sys
from pathlib import Path
from typing import Any

from asn1crypto import cms, pem, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import KeyUsageConstraints, async_validate_cms_signature, validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext

MEMORY = 1024 * 1024 * 1024
SECONDS = 15
MOST_SIGNATURES = 20
SIGNS = {"non_repudiation", "digital_signature"}
WORSE = ("valid", "unknown_issuer", "expired", "revoked", "altered")
OF_THE_CATALOG = {"/AcroForm", "/Perms", "/DSS", "/Extensions", "/Metadata", "/Version"}
"""What signing writes into the root of a document."""
KEYS = KeyUsageConstraints(key_usage=SIGNS, match_all_key_usages=False)
Found = dict[str, Any]


def main() -> None:
    """Read the file from the standard input, answer on the standard output."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    _shut_the_network()
    logging.disable(logging.CRITICAL)
    folder, whole, now = Path(sys.argv[1]), int(sys.argv[2]), dt.datetime.fromisoformat(sys.argv[3])
    try:
        found = look(sys.stdin.buffer.read(), trusted(folder), now, whole)
    except (MemoryError, RecursionError) as wrong:
        found = {"result": "unreadable", "detail": type(wrong).__name__}
    sys.stdout.write(json.dumps(found))


def _shut_the_network() -> None:
    def refuse(*_arguments: Any, **_named: Any) -> Any:
        raise OSError("this process asks no network")

    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, refuse)
    socket.getaddrinfo = refuse


def look(content: bytes, roots: list[x509.Certificate], now: dt.datetime, whole: int = 0) -> Found:
    """What a file says that is signed in one of the two ways."""
    return look_cms(content, roots, now) if content[:1] == b"0" else look_pdf(content, roots, now, whole)


def look_pdf(content: bytes, roots: list[x509.Certificate], now: dt.datetime, whole: int = 0) -> Found:
    """What the worst signature says; where all are alike the last one, which covers those before it."""
    try:
        reader = PdfFileReader(io.BytesIO(content))
        if reader.encrypted:
            return {"result": "encrypted"}
        found = [one for one in reader.embedded_signatures if one.sig_object_type == "/Sig"]
    except Exception as wrong:
        return {"result": "unreadable", "detail": type(wrong).__name__}
    if not found:
        return {"result": "unsigned"}
    if len(found) > MOST_SIGNATURES:
        return {"result": "unreadable", "detail": "too many signatures"}
    told = [one_signature(one, reader, roots, now) for one in found]
    worst = max(reversed(told), key=lambda one: WORSE.index(one["result"]))
    first = hashlib.sha256(content[:whole]).hexdigest() if whole and as_it_was(reader, content, whole) else ""
    return {**worst, "signatures": told, "first": first}


def as_it_was(reader: PdfFileReader, content: bytes, whole: int) -> bool:
    """Whether the file begins with a whole document to which nothing but signatures was added.

    A revision between the document and its signature could show other pages: what it says anew of any object of the
    document is compared with what stood there.
    """
    try:
        base = PdfFileReader(io.BytesIO(content[:whole]))
        if base.xrefs.total_revisions != 1 or base.root_ref != reader.root_ref:
            return False
        told = {
            ref
            for revision in range(1, reader.xrefs.total_revisions)
            for ref in reader.xrefs.explicit_refs_in_revision(revision)
        }
        return all(_harmless(base, reader, ref) for ref in told)
    except Exception:
        return False


def _harmless(base: PdfFileReader, reader: PdfFileReader, ref: Any) -> bool:
    """Whether an object of the document stays what it was but for what a signature adds to it."""
    here = generic.Reference(ref.idnum, ref.generation, base)
    try:
        before = base.get_object(here)
    except PdfReadError:
        return True  # the document has no such object
    now = reader.get_object(generic.Reference(ref.idnum, ref.generation, reader))
    if isinstance(before, generic.NullObject) or _written(before) == _written(now):
        return True
    if not isinstance(before, generic.DictionaryObject) or not isinstance(now, generic.DictionaryObject):
        return False
    changed = {key for key in {*before, *now} if _entry(before, key) != _entry(now, key)}
    if base.root_ref.idnum == ref.idnum:
        return changed <= OF_THE_CATALOG
    if before.get("/Type") == "/Page":
        return changed <= {"/Annots"} and _signature_widgets(before, now)
    return before.get("/Type") == "/Metadata" or _is_info(base, ref)


def _signature_widgets(before: Any, now: Any) -> bool:
    """Whether what was added to a page are the places of signatures alone."""
    old = {_written(one) for one in _items(before)}
    if not old <= {_written(one) for one in _items(now)}:
        return False
    for raw in _items(now):
        if _written(raw) in old:
            continue
        widget = raw.get_object()
        field = widget.get("/FT") or (widget["/Parent"].get("/FT") if "/Parent" in widget else None)
        if widget.get("/Subtype") != "/Widget" or field != "/Sig":
            return False
    return True


def _items(page: Any) -> list[Any]:
    """What lies upon a page, as the file names it."""
    if "/Annots" not in page:
        return []
    found = page["/Annots"]
    return [found.raw_get(place) for place in range(len(found))]


def _entry(dictionary: Any, key: str) -> bytes:
    return _written(dictionary.raw_get(key)) if key in dictionary else b""


def _is_info(base: PdfFileReader, ref: Any) -> bool:
    info = base.trailer.raw_get("/Info") if "/Info" in base.trailer else None
    return isinstance(info, generic.IndirectObject) and info.idnum == ref.idnum


def _written(found: Any) -> bytes:
    """An object as a file says it, so that objects of two readings compare."""
    out = io.BytesIO()
    found.write_to_stream(out, None)
    return out.getvalue()


def _signatures_alone(reader: PdfFileReader, difference: Any) -> bool:
    """Whether the only fields that changed are those of signatures."""
    names = {one.field_name for one in reader.embedded_signatures}
    return set(getattr(difference, "changed_form_fields", ())) <= names


def one_signature(
    embedded: Any, reader: PdfFileReader, roots: list[x509.Certificate], now: dt.datetime
) -> Found:
    """One signature: whether the file is as it was signed, by whom, when, and who vouches for the signer."""
    try:
        status = validate_pdf_signature(embedded, _context(reader, roots), key_usage_settings=KEYS)
    except Exception as wrong:
        return {"result": "altered", "detail": type(wrong).__name__}
    difference = status.diff_result
    unchanged = status.modification_level is not None and (
        status.modification_level <= ModificationLevel.LTA_UPDATES
        or (
            status.modification_level == ModificationLevel.FORM_FILLING
            and status.docmdp_ok is not False
            and _signatures_alone(reader, difference)
        )
    )
    told = {**person(status.signing_cert), "signed_at": instant(embedded.self_reported_timestamp)}
    if not (status.intact and status.valid and unchanged):
        return {**told, "result": "altered"}
    return {**told, "result": vouched(status, now)}


def look_cms(content: bytes, roots: list[x509.Certificate], now: dt.datetime) -> Found:
    """A CAdES envelope (P7M): the document is inside it."""
    try:
        signed = cms.ContentInfo.load(content)["content"]
        inside = signed["encap_content_info"]["content"].native
        signers = len(signed["signer_infos"])
    except Exception as wrong:
        return {"result": "unreadable", "detail": type(wrong).__name__}
    if not isinstance(inside, bytes):
        return {"result": "unreadable", "detail": "the document is not inside"}
    if not signers:
        return {"result": "unsigned"}
    first = hashlib.sha256(inside).hexdigest()
    try:
        told = person(extract_certificate_info(signed).signer_cert) if signers == 1 else {}
        if not told:
            return {"result": "unreadable", "detail": "too many signatures"}
        status: Any = asyncio.run(
            async_validate_cms_signature(
                signed,
                validation_context=ValidationContext(trust_roots=roots, allow_fetching=False),
                key_usage_settings=KEYS,
            )
        )
    except Exception as wrong:
        return {"result": "altered", "detail": type(wrong).__name__, "first": first}
    told["signed_at"] = instant(_signing_time(signed))
    result = vouched(status, now) if status.intact and status.valid else "altered"
    return {**told, "result": result, "signatures": [told], "first": first}


def _signing_time(signed: Any) -> dt.datetime | None:
    for attribute in signed["signer_infos"][0]["signed_attrs"]:
        if attribute["type"].native == "signing_time":
            return attribute["values"][0].native
    return None


def vouched(status: Any, now: dt.datetime) -> str:
    """Of a signature that is intact: whether its certificate is good and somebody trusted has issued it."""
    certificate = status.signing_cert
    if status.revoked:
        return "revoked"
    if not certificate.not_valid_before <= now <= certificate.not_valid_after:
        return "expired"
    return "valid" if status.trusted else "unknown_issuer"


def _context(reader: PdfFileReader, roots: list[x509.Certificate]) -> ValidationContext:
    """What the file brings with it (certificates, lists of what was revoked) counts; nothing is fetched."""
    settings: dict[str, Any] = {"trust_roots": roots, "allow_fetching": False, "revocation_mode": "soft-fail"}
    with contextlib.suppress(Exception):
        return DocumentSecurityStore.read_dss(reader).as_validation_context(settings)
    return ValidationContext(**settings)


def person(certificate: x509.Certificate) -> Found:
    """Name, code and issuer as the certificate gives them; Italian codes are written `TINIT-RSSMRA80A01F205X`."""
    subject, issuer = certificate.subject.native, certificate.issuer.native
    names = f"{subject.get('given_name') or ''} {subject.get('surname') or ''}".strip()
    return {
        "signer": _word(subject.get("common_name") or names),
        "code": _word(subject.get("serial_number"))[:60],
        "issuer": _word(issuer.get("common_name") or issuer.get("organization_name")),
        "valid_until": instant(certificate.not_valid_after),
    }


def _word(found: Any) -> str:
    text = " ".join(map(str, found)) if isinstance(found, list) else str(found or "")
    return "".join(one for one in text if one.isprintable())[:200]


def instant(at: dt.datetime | None) -> str:
    if at is None:
        return ""
    return (at if at.tzinfo else at.replace(tzinfo=dt.UTC)).isoformat()


def trusted(folder: Path) -> list[x509.Certificate]:
    """The certificates that lie in the folder; what cannot be read is left out."""
    found = []
    for path in sorted(folder.glob("*.pem")) if folder.is_dir() else []:
        with contextlib.suppress(ValueError, OSError):
            found += [
                x509.Certificate.load(der)
                for _name, _head, der in pem.unarmor(path.read_bytes(), multiple=True)
            ]
    return found


if __name__ == "__main__":
    main()
