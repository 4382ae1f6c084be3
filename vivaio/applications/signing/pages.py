"""What the pages show of signatures: a card for each document, its state, what can be done."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.applications.models import Application, Signature
from vivaio.applications.signing import forms, queries, rules, telling
from vivaio.applications.signing.queries import CHECKING, LAPSED, MISSING, SOUND, Document, Need
from vivaio.applications.states import SignatureState
from vivaio.people.models import Person
from vivaio.questionnaires.states import Signature as SignatureKind


@dataclass(frozen=True)
class Line:
    """One file with its signature."""

    document: Document
    state: str
    tone: str
    href: str
    signed_href: str = ""
    advice: str = ""
    statement: str = ""
    who: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    act: str = ""
    form: Any = None
    look_refused: Any = None
    identity: bool = False
    to_look_at: bool = False

    @property
    def signature(self) -> Signature | None:
        return self.document.signature


@dataclass(frozen=True)
class Card:
    """What the call wants signed, with the files that there are."""

    need: Need
    lines: list[Line]

    @property
    def label(self) -> str:
        return self.need.wanted.label

    @property
    def how(self) -> str:
        return str(self.need.kind.label)

    @property
    def prepares(self) -> bool:
        """Whether the paper is still to be made, or made anew."""
        return self.need.whole and all(line.document.lapsed for line in self.lines)


def cards(
    application: Application,
    found: list[Need],
    *,
    person: Person | None = None,
    refused: Any = None,
    bound: Any = None,
) -> list[Card]:
    """For the team's page: `person` may act unless `refused`; `bound` is a form that was sent and not taken."""
    made = []
    for number, need in enumerate(found):
        lines = []
        for place, document in enumerate(need.documents):
            act, form = "", None
            if person is not None and not refused:
                act, form = _form(application, need, document, person, f"s{number}-{place}-%s", bound)
            lines.append(_line(application, need, document, act=act, form=form, person=person))
        made.append(Card(need, lines))
    return made


def for_staff(application: Application, person: Person) -> list[Card]:
    """For the staff: who signed, whether they represent the applicant, what is to be looked at, who opened what."""
    found = queries.needs(application)
    if not found:
        return []
    names = queries.representatives(application)
    signatures = [one.signature for need in found for one in need.documents if one.signature]
    prefetch_related_objects(signatures, "looks__by")
    made = []
    for need in found:
        lines = []
        for document in need.documents:
            signature = document.signature
            if signature is not None:
                signature.application = application
            to_look_at = signature is not None and rules.may_be_looked_at(signature)
            lines.append(
                _line(
                    application,
                    need,
                    document,
                    who=telling.who(signature, names) if signature else "",
                    look_refused=rules.look(signature, person) if signature and to_look_at else None,
                    form=forms.LookForm(auto_id=f"look{len(made)}-{len(lines)}-%s") if to_look_at else None,
                    identity=bool(signature and signature.identity),
                    to_look_at=to_look_at,
                    staff=True,
                )
            )
        made.append(Card(need, lines))
    return made


def _line(
    application: Application,
    need: Need,
    document: Document,
    *,
    staff: bool = False,
    person: Person | None = None,
    **more: Any,
) -> Line:
    signature = document.signature
    standing = queries.standing_of(signature) if staff and signature else document.standing
    state = signature.state if staff and signature else signature and queries.told_state(signature)
    statement = ""
    if signature is not None:
        signature.application = application
        statement = signature.statement
    elif more.get("act") == "click" and person is not None:
        statement = telling.statement(application, need.wanted.label, str(person), document.sha256)
    words = {MISSING: _("To be signed"), LAPSED: _("Lapsed: the answers changed")}
    return Line(
        document=document,
        state=str(words.get(standing) or SignatureState(state).label),
        tone=telling.TONES[standing],
        href=_href(application, need, document),
        signed_href=_signed(signature),
        advice="" if staff or signature is None or document.lapsed else telling.advice(signature),
        statement=statement,
        facts=telling.facts(signature, staff=staff) if signature and not document.lapsed else [],
        **more,
    )


def _form(
    application: Application, need: Need, document: Document, person: Person, ids: str, bound: Any
) -> tuple[str, Any]:
    """What is filled in to sign this document now, if anything; a new file may take the place of one in doubt."""
    if document.lapsed or document.standing in (SOUND, CHECKING):
        return "", None
    if need.kind == SignatureKind.PADES and not need.whole:
        return "", None
    aim = {"question": need.question, "document": document.pk}
    kinds: dict[str, tuple[str, type[forms.Aimed]]] = {
        SignatureKind.CLICK: ("click", forms.ClickForm),
        SignatureKind.PADES: ("signed", forms.SignedForm),
        SignatureKind.SCAN: ("scan", forms.ScanForm if need.whole else forms.IdentityForm),
    }
    act, form = kinds[need.kind]
    if need.kind == SignatureKind.CLICK:
        aim["sha256"] = document.sha256
    if bound is not None and str(bound.data.get("document")) == str(document.pk):
        bound.auto_id = ids
        return act, bound
    return act, form(initial=aim, auto_id=ids)


def _href(application: Application, need: Need, document: Document) -> str:
    if need.whole:
        return reverse("applications:signing_paper", args=[application.pk, document.pk])
    return reverse("applications:file", args=[application.pk, document.pk])


def _signed(signature: Signature | None) -> str:
    if signature is None or not signature.file:
        return ""
    return reverse("applications:signed_file", args=[signature.application_id, signature.pk])
