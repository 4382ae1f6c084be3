"""Certificates, signed documents and calls that want them: of nobody, made on the spot."""

import datetime as dt
import io
from dataclasses import dataclass, replace
from functools import cache

from asn1crypto import cms
from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.factories.applications import ApplicationFactory, open_call
from tests.factories.questionnaires import SIMPLE, FormVersionFactory
from vivaio.people.models import BoardMember
from vivaio.people.states import BoardPart

SIGNER = "VERDI ADA"
CODE = "TINIT-VRDDAA80A41F205X"


@dataclass(frozen=True)
class Identity:
    """A certificate with its key, and who issued it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    issuer: "Identity | None" = None

    @property
    def der(self):
        return asn1_x509.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def certified(name, issuer=None, *, authority=False, code="", since=-400, until=365):
    """A certificate in the name of somebody invented; days are counted from today."""
    now = dt.datetime.now(dt.UTC)
    key = ec.generate_private_key(ec.SECP256R1())
    named = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if code:
        named.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, code))
    subject = x509.Name(named)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + dt.timedelta(days=since))
        .not_valid_after(now + dt.timedelta(days=until))
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                not authority, not authority, False, False, False, authority, authority, False, False
            ),
            critical=True,
        )
    )
    if issuer:
        where = [
            x509.DistributionPoint([x509.UniformResourceIdentifier("http://crl.invalid/1")], None, None, None)
        ]
        built = built.add_extension(x509.CRLDistributionPoints(where), critical=False)
    return Identity(built.sign(issuer.key if issuer else key, hashes.SHA256()), key, issuer)


@cache
def authority():
    return certified("Autorità di prova", authority=True)


@cache
def somebody():
    return certified(SIGNER, authority(), code=CODE)


def revoked(identity):
    """The list in which its issuer takes the certificate back."""
    now = dt.datetime.now(dt.UTC)
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(identity.certificate.serial_number)
        .revocation_date(now - dt.timedelta(days=30))
        .build()
    )
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(identity.issuer.certificate.subject)
        .last_update(now - dt.timedelta(days=1))
        .next_update(now + dt.timedelta(days=30))
        .add_revoked_certificate(entry)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(identity.issuer.key.public_key()),
            critical=False,
        )
        .add_extension(x509.CRLNumber(1), critical=False)
        .sign(identity.issuer.key, hashes.SHA256())
    )
    return asn1_crl.CertificateList.load(made.public_bytes(serialization.Encoding.DER))


def blank_pdf() -> bytes:
    """A page with nothing on it."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << >> >>",
        b"<< /Length 15 >>\nstream\n1 0 0 1 0 0 cm \nendstream",
    ]
    out, places = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def signed(content=None, identity=None, *, field="Firma", crl=None) -> bytes:
    """A PDF signed as PAdES, as a revision of its own."""
    identity = identity or somebody()
    store = SimpleCertificateStore()
    if identity.issuer:
        store.register(identity.issuer.der)
    key = identity.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = signers.SimpleSigner(
        signing_cert=identity.der, signing_key=asn1_keys.PrivateKeyInfo.load(key), cert_registry=store
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(content or blank_pdf()))
    metadata = signers.PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES)
    out = signers.sign_pdf(writer, metadata, signer=signer)
    if crl is not None:
        DocumentSecurityStore.add_dss(out, sig_contents=None, certs=[identity.issuer.der], crls=[crl])
    return out.getvalue()


def updated(content: bytes) -> bytes:
    """The same with a page that shows something else, as a revision after what was there."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/MediaBox"][2] = type(page["/MediaBox"][2])(999)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def enveloped(content: bytes, identity=None, *, inside=True) -> bytes:
    """A P7M."""
    identity = identity or somebody()
    options = [pkcs7.PKCS7Options.Binary] + ([] if inside else [pkcs7.PKCS7Options.DetachedSignature])
    return (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(content)
        .add_signer(identity.certificate, identity.key, hashes.SHA256())
        .sign(serialization.Encoding.DER, options)
    )


def reversed_content(envelope: bytes) -> bytes:
    """A P7M in which the document was exchanged after signing."""
    info = cms.ContentInfo.load(envelope)
    inside = info["content"]["encap_content_info"]["content"].native
    info["content"]["encap_content_info"]["content"] = inside[::-1]
    return info.dump(force=True)


def form_signed_as(signature):
    """The usual form, its drawing to be signed."""
    steps = tuple(
        replace(
            step,
            children=tuple(
                replace(one, signature=signature) if one.name == "drawing" else one for one in step.children
            ),
        )
        for step in SIMPLE.questions
    )
    definition = replace(SIMPLE, questions=steps)
    return FormVersionFactory(definition=definition.to_dict(), sha256=definition.sha256)


def to_sign(application_signature="", question="", **fields):
    """A draft for a call that wants signatures; its applicant has a legal representative on record."""
    form = {"form": form_signed_as(question)} if question else {}
    call = open_call(application_signature=application_signature, **form)
    made = ApplicationFactory(call=call, **fields)
    if made.organisation:
        BoardMember.objects.create(
            organisation=made.organisation,
            given_name="Ada",
            family_name="Verdi",
            part=BoardPart.LEGAL_REPRESENTATIVE,
        )
    return made
