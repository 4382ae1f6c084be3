"""Reads about de minimis aid: what is asked of an application, what it comes to on a day, what the register said."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from vivaio.applications import queries as applications
from vivaio.applications.answers import answers_that_count
from vivaio.applications.deminimis.content import Content, aids_of
from vivaio.applications.models import AidDeclaration, AidVerification, Application, Check
from vivaio.applications.states import AidActivity
from vivaio.calls.aid import AidTerms, amount_of
from vivaio.calls.models import Call, Condition
from vivaio.calls.states import ConditionKind
from vivaio.kit import clock
from vivaio.kit.statements import Statement
from vivaio.methods.deminimis import Standing, standing
from vivaio.people.models import BoardMember, Person
from vivaio.people.states import BoardPart


@dataclass(frozen=True)
class Found:
    """What a condition on de minimis aid comes to for one application on one day."""

    terms: AidTerms
    standing: Standing
    asked: Decimal | None
    activity: str
    signed: bool
    register: AidVerification | None = None

    @property
    def concerned(self) -> bool:
        return self.activity != AidActivity.NONE

    @property
    def exceeds(self) -> bool:
        """Whether nothing, or not all that is asked for, may be granted."""
        return self.concerned and (not self.standing.fits or self.standing.remaining == 0)

    @property
    def reducible(self) -> bool:
        """Whether the call lets the aid be reduced, and something remains."""
        return self.terms.reduces and self.standing.remaining > 0


def conditions_in(call: Call | UUID) -> list[Condition]:
    """The conditions of a call on de minimis aid."""
    return _CONDITIONS.rows(call=call.pk if isinstance(call, Call) else call)


_CONDITIONS = Statement(lambda call: Condition.objects.filter(call=call, kind=ConditionKind.DE_MINIMIS))


def conditions_for(application: Application) -> list[Condition]:
    """Those that hold for the application's track."""
    found = conditions_in(application.call_id)
    return [one for one in found if one.track_id in (None, application.track_id)]


def declaration_of(application: Application) -> AidDeclaration | None:
    """The declaration, if anything was written."""
    return AidDeclaration.objects.filter(application=application).select_related("signed_by").first()


def locked_declaration(application: Application) -> AidDeclaration:
    """The declaration under its lock, begun if there is none. Lock the application first."""
    made, _new = AidDeclaration.objects.select_for_update().get_or_create(application=application)
    return made


def today_of(application: Application) -> dt.date:
    return clock.today(application.call.time_zone)


def asked_of(application: Application, terms: AidTerms) -> Decimal | None:
    """The aid that the application comes to: the call's amount, or the answer; None where it is not known."""
    if terms.question:
        return amount_of(answers_that_count(application).get(terms.question))
    return terms.amount


def find(
    application: Application,
    condition: Condition,
    content: Content,
    day: dt.date,
    *,
    signed: bool = False,
    register: AidVerification | None = None,
) -> Found:
    """What the condition comes to on a day; where the register knows of more than was declared, its total counts."""
    terms = AidTerms.of(condition.parameters)
    asked = asked_of(application, terms)
    aids = aids_of(content)
    told = standing(aids, terms.regime.value, day, asked or Decimal(0))
    if register is not None and register.total > told.total and register.checked_on >= told.since:
        told = Standing(told.since, told.until, told.ceiling, register.total, told.asked)
    return Found(terms, told, asked, content.activity, signed, register)


def found_for(application: Application, day: dt.date | None = None) -> list[Found]:
    """What every condition on de minimis aid comes to for an application. Three queries."""
    declaration = declaration_of(application)
    register = application.aid_verifications.first()
    signed = declaration is not None and declaration.is_signed
    content, day = Content.of(declaration), day or today_of(application)
    return [
        find(application, one, content, day, signed=signed, register=register)
        for one in conditions_for(application)
    ]


def found_in(
    pks: Iterable[UUID] | QuerySet[Any], conditions: Sequence[Condition], day: dt.date
) -> list[tuple[Application, Found]]:
    """The same for many applications of one call, named or selected, in one query."""
    newest = AidVerification.objects.filter(application=OuterRef("pk")).order_by("-checked_on", "-created_at")
    whole: QuerySet[Any] = Application.objects.filter(pk__in=pks).select_related(
        "aid_declaration", "call__programme", "response", "organisation", "person"
    )
    whole = whole.annotate(
        register_day=Subquery(newest.values("checked_on")[:1]),
        register_total=Subquery(newest.values("total")[:1]),
    )
    return [
        (one, with_declaration(one, condition, day, register_of(one)))
        for one in whole.order_by("number")
        for condition in conditions
        if condition.track_id in (None, one.track_id)
    ]


def register_of(row: Any) -> AidVerification | None:
    """The visura that was looked up beside a row."""
    if row.register_day is None:
        return None
    return AidVerification(checked_on=row.register_day, total=row.register_total)


def with_prefetched(application: Application, condition: Condition, day: dt.date) -> Found:
    """`find` for a row whose declaration and verifications were looked up with many others."""
    verifications = list(application.aid_verifications.all())
    return with_declaration(application, condition, day, verifications[0] if verifications else None)


def with_declaration(
    application: Application, condition: Condition, day: dt.date, register: AidVerification | None
) -> Found:
    """`find` for a row with its declaration."""
    declaration = getattr(application, "aid_declaration", None)
    signed = declaration is not None and declaration.is_signed
    return find(application, condition, Content.of(declaration), day, signed=signed, register=register)


def sources(application: Application, person: Person) -> QuerySet[AidDeclaration]:
    """Earlier declarations of the same applicant that name other undertakings, the newest first."""
    same = (
        Q(application__organisation=application.organisation_id)
        if application.organisation_id
        else Q(application__person=application.person_id)
    )
    mine = applications.mine(person).order_by()
    return (
        AidDeclaration.objects.filter(same, application__in=mine.values("pk"))
        .exclude(application=application)
        .exclude(linked=[])
        .select_related("application__call")
        .order_by("-updated_at")
    )


def for_staff(call: Call, person: Person, condition: Condition) -> QuerySet[Any]:
    """The applications that a condition concerns, as the staff's list shows them."""
    rows = applications.for_staff(person).filter(call=call)
    if condition.track_id:
        rows = rows.filter(track=condition.track_id)
    checks = Check.objects.filter(application=OuterRef("pk"), condition=condition)
    verified = AidVerification.objects.filter(application=OuterRef("pk"))
    return (
        rows.select_related("aid_declaration__signed_by", "response")
        .annotate(outcome=Subquery(checks.values("outcome")[:1]), verified=Exists(verified))
        .prefetch_related("aid_verifications__checked_by")
    )


def represents(application: Application, person: Person | None) -> bool:
    """Whether the board on record has the person as legal representative, or nobody stands in between."""
    if application.organisation_id is None:
        return True
    return BoardMember.objects.filter(
        organisation=application.organisation_id, part=BoardPart.LEGAL_REPRESENTATIVE, person=person
    ).exists()


def verifications_of(rows: QuerySet[Application]) -> QuerySet[AidVerification]:
    """The visure about these applications."""
    return AidVerification.objects.filter(application__in=rows).select_related("application__call")


def exported(rows: Iterable[Application]) -> dict[UUID, dict[str, Any]]:
    """Declarations as data: for the API, and for whoever takes their data away. One query."""
    found = AidDeclaration.objects.filter(application__in=[one.pk for one in rows]).select_related(
        "signed_by", "application__organisation", "application__person"
    )
    return {one.application_id: as_data(one) for one in found}


def as_data(found: AidDeclaration) -> dict[str, Any]:
    """What was declared, as data."""
    return {
        "activity": found.activity,
        "single": found.single,
        "received": found.received,
        "linked": [{name: row[name] for name in ("name", "tax_code", "relation")} for row in found.linked],
        "aids": [_aid(found, row) for row in found.aids],
        "signed_at": found.signed_at,
        "signed_by": str(found.signed_by) if found.signed_by else "",
        "words": found.signed_words,
        "digest": found.digest,
    }


def _aid(found: AidDeclaration, row: Any) -> dict[str, Any]:
    names = {"": found.application.applicant_name} | {one["key"]: one["name"] for one in found.linked}
    told = {name: row[name] for name in ("body", "act", "regime", "on", "amount", "code")}
    return {"recipient": names.get(row["of"], ""), **told}
