"""Signing: a paper is prepared, a click confirms, a file is checked or looked at."""

from typing import Any, cast
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from vivaio.applications import eligibility
from vivaio.applications import queries as applications
from vivaio.applications import rules as application_rules
from vivaio.applications.models import Application, IdentityLook, Paper, Signature
from vivaio.applications.signing import checking, paper, queries, rules, telling
from vivaio.applications.signing.queries import Document, Need
from vivaio.applications.states import (
    HANDED_IN,
    SIGNATURE_MOVES,
    SignatureState,
)
from vivaio.journal import actions as journal
from vivaio.kit import clock, jobs
from vivaio.kit.files import Checked, delete_later
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.questionnaires.states import Signature as SignatureKind


@transaction.atomic
def prepare(application: Application, *, language: str, by: Person) -> Paper:
    """Make the PDF that is signed of the answers as they are now; the one that is there, if it holds them."""
    application = applications.locked(application.pk)
    require(rules.sign, application, by)
    require(rules.sign_whole, application)
    digest = queries.answers_digest(application)
    last = queries.paper_of(application)
    if last and (last.answers_sha256, last.language) == (digest, language):
        return last
    at = clock.now().replace(microsecond=0)
    content = paper.written(application, language, at, digest)
    made = Paper(
        application=application,
        language=language,
        answers_sha256=digest,
        name=paper.file_name(language),
        size=len(content),
        sha256=checking.digest(content),
        prepared_by=by,
    )
    made.file.save(made.name, ContentFile(content), save=False)
    made.save()
    _supersede(application, "", None)
    journal.record("application.paper_prepared", application, by=by)
    return made


@transaction.atomic
def click(
    application: Application,
    question: str,
    document: UUID,
    *,
    sha256: str,
    name: str,
    entitled: bool,
    by: Person,
) -> Signature:
    """The legal representative signed in confirms a document as they read it (`sha256`); pressed twice it is once."""
    application = applications.locked(application.pk)
    require(rules.sign, application, by)
    need, there = _wanted(application, question, SignatureKind.CLICK, document, sha256)
    require(rules.confirm_click, by, name, entitled)
    if there.signature is not None:
        return there.signature
    made = _made(
        application,
        need,
        there,
        state=SignatureState.SIGNED,
        signer=str(by),
        statement=telling.statement(application, need.wanted.label, str(by), there.sha256),
        by=by,
    )
    journal.record("application.signed_with_click", application, by=by)
    return made


@transaction.atomic
def add_signed(application: Application, document: UUID, file: Checked, *, by: Person) -> Signature:
    """The application as it was signed elsewhere, digitally. It is checked after this is committed."""
    application = applications.locked(application.pk)
    require(rules.sign, application, by)
    require(rules.sign_whole, application)
    need, there = _wanted(application, "", SignatureKind.PADES, document)
    _supersede(application, "", there.pk)
    made = _made(application, need, there, by=by, **file.fields())
    journal.record("application.signed_file_added", application, by=by)
    _check_later(made)
    return made


@transaction.atomic
def add_scan(
    application: Application,
    question: str,
    document: UUID,
    *,
    scan: Checked | None,
    identity: Checked | None,
    by: Person,
) -> Signature:
    """The document signed by hand, with the identity document of who signed; of an answer the scan is there already."""
    application = applications.locked(application.pk)
    require(rules.sign, application, by)
    need, there = _wanted(application, question, SignatureKind.SCAN, document)
    require(rules.sound_scan, bool(question or scan), identity is not None)
    _supersede(application, question, there.pk)
    more: dict[str, Any] = dict(scan.fields()) if scan and not question else {}
    if identity is not None:
        more |= {
            "identity": identity.file,
            "identity_name": identity.name,
            "identity_size": identity.size,
            "identity_type": identity.content_type,
        }
    made = _made(application, need, there, state=SignatureState.TO_LOOK_AT, by=by, **more)
    journal.record("application.scan_added", application, by=by)
    return made


@transaction.atomic
def register(pk: UUID, *, by: Person | None) -> list[Signature]:
    """Answers that came with a digital signature are checked; of files taken out the signatures count no more."""
    application, made = applications.locked(pk), []
    for need in queries.needs(application):
        if need.whole:
            continue
        kept = [document.pk for document in need.documents]
        gone = application.signatures.filter(question=need.question, superseded_at=None).exclude(
            document__in=kept
        )
        gone.update(superseded_at=clock.now())
        if need.kind == SignatureKind.PADES:
            made += [_made(application, need, one, by=by) for one in need.documents if one.signature is None]
    for one in made:
        _check_later(one)
    return made


def check(pk: UUID | str, *, seconds: float) -> bool:
    """Look into a signed file within so many seconds; whether it was settled. Run again, it does nothing."""
    signature = Signature.objects.filter(pk=pk, state=SignatureState.CHECKING).first()
    if signature is None:
        return True
    found = checking.examined(signature, seconds)
    if found is None:
        return False
    _settle(signature.pk, found)
    return True


def check_to_the_end(pk: UUID | str) -> None:
    """The same in the background. Raises `RuntimeError` where nothing came of it: tried again, at last for people."""
    if not check(pk, seconds=checking.SECONDS):
        raise RuntimeError(f"Signature {pk} could not be checked.")


@transaction.atomic
def _settle(pk: UUID, found: dict[str, Any]) -> None:
    first = Signature.objects.get(pk=pk)
    application = applications.locked(first.application_id)
    signature = queries.locked(pk)
    if signature.state != SignatureState.CHECKING:
        return
    move(signature, SignatureState(found["result"]), SIGNATURE_MOVES)
    signature.signer, signature.found = str(found.get("signer", ""))[:200], found
    signature.checked_at = clock.now()
    signature.save()
    journal.record("application.signature_checked", application, fields=["signatures"])
    if application.state in HANDED_IN:
        _compute_while_open(application)


@transaction.atomic
def look(signature: Signature, *, good: bool, note: str, by: Person) -> Signature:
    """The staff says whether what the check left open is in order; until it is decided the points are computed anew."""
    application = applications.locked(signature.application_id)
    signature = queries.locked(signature.pk)
    signature.application = application
    to = SignatureState.CONFIRMED if good else SignatureState.REJECTED
    require(rules.look, signature, by)
    require(rules.look_once, signature, to)
    move(signature, to, SIGNATURE_MOVES)
    signature.looked_by, signature.looked_at, signature.note = by, clock.now(), note.strip()
    signature.save()
    journal.record("application.signature_looked_at", application, by=by, fields=["signatures"])
    _compute_while_open(application)
    return signature


def _compute_while_open(application: Application) -> None:
    """What a decision rested on, adopted or proposed, stays as it was."""
    if application_rules.open_points(application) is None:
        eligibility.check(application)


@transaction.atomic
def open_identity(signature: Signature, reason: str, *, by: Person) -> IdentityLook:
    """Somebody opens an identity document and says why: both are kept."""
    signature = queries.locked(signature.pk)
    require(rules.open_identity, signature, by)
    require(rules.say_why, reason)
    journal.record("application.identity_opened", signature.application, by=by)
    return IdentityLook.objects.create(
        signature=signature, by=by, reason=reason.strip()[: rules.LONGEST_REASON]
    )


@transaction.atomic
def forget_identity(pk: UUID) -> None:
    """Delete an identity document whose period has ended. Run again, it does nothing."""
    signature = queries.locked(pk)
    if not signature.identity:
        return
    _drop_identity(signature)
    signature.save()
    journal.record("application.identity_forgotten", signature.application)


@transaction.atomic
def forget(application: Application) -> None:
    """Papers, signed files and who signed go with the answers; that there was a signature stays."""
    for one in application.papers.all():
        delete_later(one.file)
        one.delete()
    for signature in application.signatures.all():
        delete_later(signature.file)
        _drop_identity(signature)
        signature.file, signature.name, signature.signer, signature.statement = "", "", "", ""
        signature.found = {}
        signature.save()


def _drop_identity(signature: Signature) -> None:
    if signature.identity:
        delete_later(signature.identity)
        signature.identity, signature.identity_name = "", ""
        signature.identity_gone_at = clock.now()


def _wanted(
    application: Application, question: str, kind: SignatureKind, document: UUID, sha256: str | None = None
) -> tuple[Need, Document]:
    """What is signed, if the call wants it so and it is still what was read. Raises `Refused`."""
    need = queries.need_of(application, question)
    require(rules.wanted_as, need, kind)
    there = next((one for one in need.documents if one.pk == document), None) if need else None
    require(rules.still_there, there, sha256)
    return cast("Need", need), cast("Document", there)  # the rules have refused anything else


def _made(application: Application, need: Need, document: Document, **more: Any) -> Signature:
    return Signature.objects.create(
        application=application,
        question=need.question,
        kind=need.kind,
        document=document.pk,
        document_sha256=document.sha256,
        **more,
    )


def _supersede(application: Application, question: str, document: UUID | None) -> None:
    """Earlier signatures of a document, or of every one for the question, count no more."""
    rows = application.signatures.filter(question=question, superseded_at=None)
    (rows.filter(document=document) if document else rows).update(superseded_at=clock.now())


def _check_later(signature: Signature) -> None:
    jobs.defer("applications.check_signature", signature=str(signature.pk))
