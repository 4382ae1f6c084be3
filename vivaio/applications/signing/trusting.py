"""Whose digital signatures are trusted: certificates in a folder, brought there from files. Nothing is fetched."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

MOST_BYTES = 30_000_000
ETSI = "{http://uri.etsi.org/02231/v2#}"
QUALIFIED = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
GRANTED = (
    "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted",
    "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/undersupervision",
    "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/accredited",
)
BEGIN = b"-----BEGIN CERTIFICATE-----"


class NotTaken(ValueError):
    """A file that holds no certificate; the message says why."""


@dataclass(frozen=True)
class Trusted:
    """A certificate of the folder."""

    file: str
    subject: str
    until: str


def bring(content: bytes, folder: Path) -> tuple[int, int]:
    """Lay the certificates of a file into the folder: how many it holds, how many are new. Raises `NotTaken`."""
    if len(content) > MOST_BYTES:
        raise NotTaken(_("It is larger than 30 MB."))
    found = certificates(content)
    if not found:
        raise NotTaken(_("There is no certificate of a qualified issuer in it."))
    folder.mkdir(parents=True, exist_ok=True)
    new = 0
    for one in found:
        target = folder / f"{hashlib.sha256(one.public_bytes(Encoding.DER)).hexdigest()}.pem"
        if not target.exists():
            target.write_bytes(one.public_bytes(Encoding.PEM))
            new += 1
    return len(found), new


def certificates(content: bytes) -> list[x509.Certificate]:
    """What a file holds: certificates as PEM, one as DER, or a trust list (ETSI TS 119 612). Raises `NotTaken`."""
    try:
        if BEGIN in content:
            return x509.load_pem_x509_certificates(content)
        if content.lstrip()[:1] == b"<" or content[:3] == b"\xef\xbb\xbf":
            return of_list(content)
        return [x509.load_der_x509_certificate(content)]
    except (ValueError, TypeError) as wrong:
        raise NotTaken(_("It is neither a certificate (PEM, DER) nor a trust list (XML).")) from wrong


def of_list(content: bytes) -> list[x509.Certificate]:
    """The issuers of qualified certificates that a trust list grants today. Its own signature is not verified."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException) as wrong:
        raise NotTaken(_("The trust list cannot be read.")) from wrong
    found: dict[bytes, x509.Certificate] = {}
    for service in root.iter(f"{ETSI}ServiceInformation"):
        if (
            _text(service, "ServiceTypeIdentifier") == QUALIFIED
            and _text(service, "ServiceStatus") in GRANTED
        ):
            for one in service.iter(f"{ETSI}X509Certificate"):
                certificate = _certificate(one.text or "")
                if certificate is not None:
                    found[certificate.public_bytes(Encoding.DER)] = certificate
    return list(found.values())


def listed(folder: Path) -> list[Trusted]:
    """What lies in the folder; a file that cannot be read says so."""
    told = []
    for path in sorted(folder.glob("*.pem")) if folder.is_dir() else []:
        try:
            for one in x509.load_pem_x509_certificates(path.read_bytes()):
                until = f"{one.not_valid_after_utc:%Y-%m-%d}"
                told.append(Trusted(path.name, one.subject.rfc4514_string(), until))
        except (ValueError, OSError):
            told.append(Trusted(path.name, _("cannot be read"), ""))
    return told


def _text(service: Element, name: str) -> str:
    found = service.find(f"{ETSI}{name}")
    return (found.text or "").strip() if found is not None else ""


def _certificate(written: str) -> x509.Certificate | None:
    try:
        return x509.load_der_x509_certificate(base64.b64decode("".join(written.split()), validate=True))
    except (ValueError, TypeError, binascii.Error):
        return None
