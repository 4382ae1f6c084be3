"""What of an application has to be signed, and how each document stands."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from vivaio.applications import answers
from vivaio.applications.models import Application, Paper, Signature
from vivaio.applications.states import (
    BROKEN_SIGNATURES,
    DOUBTFUL_SIGNATURES,
    SOUND_SIGNATURES,
    ApplicationState,
    SignatureState,
)
from vivaio.calls.signing.queries import APPLICATION, Wanted, wanted
from vivaio.kit import clock
from vivaio.people.models import BoardMember, Person
from vivaio.people.states import BoardPart
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.engine.definition import canonical_json
from vivaio.questionnaires.states import Signature as SignatureKind

MISSING, LAPSED, CHECKING, BROKEN, DOUBT, SOUND = "missing", "lapsed", "checking", "broken", "doubt", "sound"
PATIENCE = dt.timedelta(minutes=3)
"""How long handing in waits for a check; after that the staff gets what the check finds."""


@dataclass(frozen=True)
class Document:
    """One file to sign: the application on paper, or a file given as an answer."""

    pk: UUID
    name: str
    size: int
    sha256: str
    signature: Signature | None = None
    lapsed: bool = False

    @property
    def standing(self) -> str:
        if self.lapsed:
            return LAPSED
        if self.signature is None:
            return MISSING
        return standing_of(self.signature, told_state(self.signature))


@dataclass(frozen=True)
class Need:
    """What the call wants signed, and the files that there are for it. An answer that was not given needs nothing."""

    wanted: Wanted
    documents: list[Document] = field(default_factory=list)

    @property
    def question(self) -> str:
        return self.wanted.question

    @property
    def whole(self) -> bool:
        """Whether it is the application itself."""
        return self.wanted.question == APPLICATION

    @property
    def kind(self) -> SignatureKind:
        return self.wanted.signature


def told_state(signature: Signature) -> SignatureState:
    """The state that its team may know: what the staff found of it is told with the decision, never before."""
    state = SignatureState(signature.state)
    if state not in (SignatureState.CONFIRMED, SignatureState.REJECTED):
        return state
    return SignatureState(signature.found.get("result") or SignatureState.TO_LOOK_AT)


def standing_of(signature: Signature, state: SignatureState | None = None) -> str:
    """How a signature stands, in one of few words; for its team by the state that it may know."""
    state = state or SignatureState(signature.state)
    if state in SOUND_SIGNATURES:
        return SOUND
    if state in BROKEN_SIGNATURES:
        return BROKEN
    fresh = signature.created_at > clock.now() - PATIENCE
    return CHECKING if state == SignatureState.CHECKING and fresh else DOUBT


def wants(application: Application) -> list[Wanted]:
    """What the call wants signed, by the version of the form that is answered. No query of its own."""
    return wanted(application.call, application.response.questionnaire)


def needs(application: Application) -> list[Need]:
    """Everything to sign with how it stands: of a draft by the answers as they are now. Two queries, if anything is."""
    found = wants(application)
    if not found:
        return []
    standing = list(application.signatures.filter(superseded_at=None))
    files = files_by_question(application)
    return [
        Need(
            one,
            _whole(application, standing) if one.question == APPLICATION else _given(one, files, standing),
        )
        for one in found
    ]


def files_by_question(application: Application) -> dict[str, list[dict[str, Any]]]:
    """The files of the answers: those that are being written, else those that count."""
    definition = application.response.questionnaire
    if application.state in (ApplicationState.DRAFT, ApplicationState.INTEGRATION):
        given = json.loads(answers.freeze(application.response))["answers"]
    else:
        given = answers.answers_that_count(application)
    found: dict[str, list[dict[str, Any]]] = {}
    for name, file in questionnaires.files_in(definition, given):
        found.setdefault(name, []).append(file)
    return found


def answers_digest(application: Application) -> str:
    """Names the answers as they are written now, so that a paper tells whether it still holds them."""
    return hashlib.sha256(canonical_json(application.response.answers)).hexdigest()


def paper_of(application: Application) -> Paper | None:
    """The last one that was made to be signed."""
    return application.papers.first()


def _whole(application: Application, standing: Iterable[Signature]) -> list[Document]:
    paper = paper_of(application)
    if paper is None:
        return []
    signature = next((one for one in standing if one.document == paper.pk), None)
    changed = application.state == ApplicationState.DRAFT and (
        paper.answers_sha256 != answers_digest(application)
    )
    return [Document(paper.pk, paper.name, paper.size, paper.sha256, signature, changed)]


def _given(
    one: Wanted, files: Mapping[str, list[dict[str, Any]]], standing: Iterable[Signature]
) -> list[Document]:
    by_document = {str(each.document): each for each in standing if each.question == one.question}
    return [
        Document(
            UUID(str(file["id"])),
            str(file.get("name", "")),
            int(file.get("size") or 0),
            str(file.get("sha256", "")),
            by_document.get(str(file["id"])),
        )
        for file in files.get(one.question, [])
    ]


def need_of(application: Application, question: str) -> Need | None:
    """What is to be signed for a question, or, without one, of the application."""
    return next((one for one in needs(application) if one.question == question), None)


def visible_through(applications: QuerySet[Application]) -> QuerySet[Signature]:
    """The signatures on these applications."""
    return Signature.objects.filter(application__in=applications.order_by().values("pk")).select_related(
        "application__call__programme", "application__organisation", "application__person", "by", "looked_by"
    )


def locked(pk: UUID | str) -> Signature:
    """A signature under its row lock. Lock its application first."""
    return Signature.objects.select_for_update(of=("self",)).select_related("application").get(pk=pk)


def representatives(application: Application) -> list[str]:
    """Who may sign for the applicant, by name: the person, or those on record as legal representatives."""
    if application.organisation_id is None:
        return [str(application.person)]
    rows = BoardMember.objects.filter(
        organisation=application.organisation_id, part=BoardPart.LEGAL_REPRESENTATIVE
    )
    return [str(one) for one in rows]


def files_of(application: Application) -> list[Paper | Signature]:
    """The papers that were signed, and what came back signed, as far as they count. Identity documents are not here."""
    signatures = list(application.signatures.filter(question="", superseded_at=None))
    papers = application.papers.filter(pk__in=[one.document for one in signatures])
    return [*papers, *(one for one in signatures if one.file)]


def standing_among(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Applications by their signatures: one that is broken, one that is in doubt, or all in order."""
    mine = Signature.objects.filter(application=OuterRef("pk"), superseded_at=None)
    broken, doubtful = mine.filter(state__in=BROKEN_SIGNATURES), mine.filter(state__in=DOUBTFUL_SIGNATURES)
    if value == BROKEN:
        return rows.filter(Exists(broken))
    if value == DOUBT:
        return rows.filter(Exists(doubtful))
    return rows.filter(Exists(mine) & ~Exists(broken) & ~Exists(doubtful))


def made_by(person: Person) -> QuerySet[Signature]:
    """What the person signed, or sent signed."""
    return Signature.objects.filter(by=person).select_related("application__call__programme")


def with_identity(programme: UUID | None, before: dt.datetime) -> QuerySet[Signature]:
    """Signatures with an identity document, of calls that closed before that instant."""
    return Signature.objects.filter(
        ~Q(identity=""), application__call__programme=programme, application__call__closes_at__lt=before
    )
