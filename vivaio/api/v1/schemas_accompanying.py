"""What is told of the work with initiatives: contacts, engagements, placements, claims, profiles of needs."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from vivaio.experts.hours import hours_of


class OfInitiative(Schema):
    """Something that belongs to an initiative."""

    id: UUID = Field(description=_("Its identifier."))
    initiative: UUID = Field(alias="initiative_id", description=_("The initiative."))
    page: str = Field(description=_("Its page for people."))

    @staticmethod
    def resolve_page(row: Any) -> str:
        return f"{settings.BASE_URL}{row.get_absolute_url()}"


class ContactOut(OfInitiative):
    """A contact of an initiative; never with whom the team speaks there."""

    kind: str = Field(description=_("What kind of contact it is."))
    who: str = Field(description=_("The organisation or person."))
    state: str = Field(description=_("Where it stands."))
    origin: str = Field(description=_("How it came about."))
    begun_on: dt.date = Field(description=_("The day of the first contact."))
    next_step: str = Field(description=_("The next step; may be empty."))
    next_due_on: dt.date | None = Field(description=_("By when the next step is due."))
    ended_on: dt.date | None = Field(description=_("The day on which it ended."))
    outcome: str = Field(description=_("What came of it; may be empty."))
    amount: Decimal | None = Field(description=_("The amount, as a text with two decimals."))
    currency: str = Field(description=_("Currency, as ISO 4217."))


class ContactsPage(Schema):
    """A page of contacts."""

    count: int = Field(description=_("How many there are in all."))
    items: list[ContactOut] = Field(description=_("Those of this page."))


class EngagementOut(OfInitiative):
    """An expert at work for an initiative."""

    request: UUID = Field(alias="request_id", description=_("The request that it answers."))
    expert: str = Field(description=_("The expert’s name."))
    partner: str = Field(description=_("The partner that the expert came from; may be empty."))
    competence: str = Field(description=_("The competence that its hours count for, as field/competence."))
    state: str = Field(description=_("Where it stands."))
    goal: str = Field(description=_("The goal that both sides agree to."))
    hours: Decimal = Field(description=_("The hours agreed."))
    starts_on: dt.date = Field(description=_("From."))
    ends_on: dt.date = Field(description=_("Until."))
    free: bool = Field(alias="pro_bono", description=_("Whether the hours are given free of charge."))
    next_at: dt.datetime | None = Field(description=_("When its next session is."))
    ended_on: dt.date | None = Field(description=_("The day on which it ended."))

    @staticmethod
    def resolve_expert(row: Any) -> str:
        return str(row.person)

    @staticmethod
    def resolve_partner(row: Any) -> str:
        return row.partner.name if row.partner else ""

    @staticmethod
    def resolve_competence(row: Any) -> str:
        return f"{row.competence.field.key}/{row.competence.key}" if row.competence else ""

    @staticmethod
    def resolve_hours(row: Any) -> Decimal:
        return hours_of(row.agreed_minutes)


class EngagementsPage(Schema):
    """A page of engagements."""

    count: int = Field(description=_("How many there are in all."))
    items: list[EngagementOut] = Field(description=_("Those of this page."))


class PlacementOut(OfInitiative):
    """A student with an initiative."""

    initiative: UUID = Field(alias="offer.initiative_id", description=_("The initiative."))
    round: str = Field(alias="round.title", description=_("The round that it belongs to."))
    title: str = Field(alias="offer.title", description=_("What the student does there."))
    student: str = Field(description=_("The student’s name."))
    university: str = Field(alias="student.university.name", description=_("The student’s university."))
    state: str = Field(description=_("Where it stands."))
    hours: int = Field(alias="offer.hours", description=_("How many hours, in all."))
    hours_confirmed: Decimal = Field(description=_("The hours that were confirmed so far."))
    starts_on: dt.date = Field(alias="offer.starts_on", description=_("From."))
    ends_on: dt.date = Field(alias="offer.ends_on", description=_("Until."))

    @staticmethod
    def resolve_student(row: Any) -> str:
        return str(row.student.person)


class PlacementsPage(Schema):
    """A page of placements."""

    count: int = Field(description=_("How many there are in all."))
    items: list[PlacementOut] = Field(description=_("Those of this page."))


class ClaimOut(OfInitiative):
    """A claim on the money of an initiative, once it was handed in."""

    initiative: UUID = Field(alias="award.initiative_id", description=_("The initiative."))
    award: UUID = Field(alias="award_id", description=_("The voucher, prize or grant that pays."))
    state: str = Field(description=_("Where it stands."))
    payee: str = Field(alias="payee_name", description=_("Who is paid; may be empty."))
    invoice_number: str = Field(description=_("The number of the invoice; may be empty."))
    invoice_on: dt.date | None = Field(description=_("The date of the invoice."))
    amount: Decimal | None = Field(description=_("The amount, as a text with two decimals."))
    vat: Decimal | None = Field(description=_("Of which VAT, as a text with two decimals."))
    buys: str = Field(description=_("consultancy, training, services or equipment; may be empty."))
    purpose: str = Field(description=_("What for."))
    submitted_at: dt.datetime | None = Field(description=_("When it was handed in."))
    decided_at: dt.datetime | None = Field(description=_("When it was decided."))
    paid_on: dt.date | None = Field(description=_("The day on which it was paid."))
    reference: str = Field(alias="payment_reference", description=_("The payment’s reference; may be empty."))


class ClaimsPage(Schema):
    """A page of claims."""

    count: int = Field(description=_("How many there are in all."))
    items: list[ClaimOut] = Field(description=_("Those of this page."))


class RatingOut(Schema):
    """What was agreed on a dimension."""

    dimension: str = Field(alias="dimension.key", description=_("The key of the dimension."))
    points: int = Field(description=_("Points out of 100."))
    level: str = Field(description=_("gap, fair or strength."))
    hours: int = Field(description=_("Hours of help that are needed."))


class ProfileOut(OfInitiative):
    """The needs of an initiative in a round."""

    round: str = Field(alias="round.key", description=_("The key of the round."))
    state: str = Field(description=_("Where it stands."))
    team_ready_at: dt.datetime | None = Field(description=_("When the team handed its answers in."))
    coach_ready_at: dt.datetime | None = Field(description=_("When the coach handed theirs in."))
    agreed_at: dt.datetime | None = Field(description=_("When both sides agreed."))
    ratings: list[RatingOut] = Field(description=_("What was agreed, dimension by dimension."))

    @staticmethod
    def resolve_ratings(row: Any) -> list[Any]:
        return list(row.ratings.all())


class ProfilesPage(Schema):
    """A page of profiles."""

    count: int = Field(description=_("How many there are in all."))
    items: list[ProfileOut] = Field(description=_("Those of this page."))
