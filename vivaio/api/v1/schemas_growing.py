"""What is told of initiatives, their diaries, good practices, experts, requests, hours and money."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from vivaio.api.v1.naming import InProgramme
from vivaio.api.v1.schemas_public import Words, page
from vivaio.experts.hours import hours_of
from vivaio.publishing.states import LICENCE

LONG_SLUG = r"^[-a-zA-Z0-9_]{1,80}$"


class InInitiative(InProgramme):
    """An initiative of a programme."""

    initiative: str = Field(pattern=LONG_SLUG, description=_("The initiative's slug."))


class InPractice(InProgramme):
    """A good practice of a programme."""

    practice: str = Field(pattern=LONG_SLUG, description=_("The good practice's slug."))


class StoryOut(Schema):
    """An initiative as its public page tells it."""

    slug: str = Field(alias="initiative.slug", description=_("Names the initiative in addresses."))
    title: str = Field(alias="public_title", description=_("What it is called."))
    organisation: str = Field(description=_("Whose it is; may be empty."))
    sectors: list[str] = Field(alias="initiative.sectors", description=_("The sectors, by code."))
    lead: Words = Field(description=_("The initiative in one sentence."))
    published_at: dt.datetime | None = Field(description=_("Since when its page is on line."))
    page: str = Field(description=_("Its page for people."))

    @staticmethod
    def resolve_organisation(row: Any) -> str:
        return row.initiative.organisation.name if row.initiative.organisation else ""

    @staticmethod
    def resolve_lead(row: Any) -> Any:
        return row.public_version.lead_i18n

    @staticmethod
    def resolve_page(row: Any) -> str:
        return page("initiatives:story", row.initiative.programme.slug, row.initiative.slug)


class StoriesPage(Schema):
    """A page of public initiatives."""

    count: int = Field(description=_("How many there are in all."))
    items: list[StoryOut] = Field(description=_("Those of this page."))


class StoryWhole(StoryOut):
    """An initiative with its story."""

    text: Words = Field(description=_("The story, in Markdown."))

    @staticmethod
    def resolve_text(row: Any) -> Any:
        return row.public_version.text_i18n


class DiaryEntryOut(Schema):
    """An entry of a diary that anyone may read."""

    id: UUID = Field(description=_("Names the entry."))
    told_on: dt.date = Field(description=_("The day that it tells of."))
    title: str = Field(description=_("What it is called; may be empty."))
    text: str = Field(description=_("What it tells, in Markdown."))


class DiaryPage(Schema):
    """A page of a diary."""

    count: int = Field(description=_("How many there are in all."))
    items: list[DiaryEntryOut] = Field(description=_("Those of this page."))


class PracticeOut(Schema):
    """A good practice in short."""

    slug: str = Field(description=_("Names the good practice in addresses."))
    title: Words = Field(alias="title_i18n", description=_("What it is called."))
    organisation: str = Field(alias="organisation.name", description=_("Whose it is."))
    place: str = Field(description=_("Where it happened; may be empty."))
    needs: list[str] = Field(description=_("The needs that it meets, by key."))
    fields: list[str] = Field(description=_("The fields of competence that it took, by key."))
    sectors: list[str] = Field(description=_("The sectors, by code."))
    published_at: dt.datetime | None = Field(description=_("Since when it is on line."))
    page: str = Field(description=_("Its page for people."))

    @staticmethod
    def resolve_needs(row: Any) -> list[str]:
        return [one.key for one in row.dimensions.all()]

    @staticmethod
    def resolve_page(row: Any) -> str:
        return page("publishing:practice", row.programme.slug, row.slug)


class PracticesPage(Schema):
    """A page of good practices."""

    count: int = Field(description=_("How many there are in all."))
    items: list[PracticeOut] = Field(description=_("Those of this page."))


class PracticeWhole(PracticeOut):
    """A good practice with its text."""

    need: Words = Field(alias="need_i18n", description=_("The problem."))
    done: Words = Field(alias="done_i18n", description=_("What was done."))
    partners: Words = Field(alias="partners_i18n", description=_("With whom; may be empty."))
    costs: Words = Field(alias="costs_i18n", description=_("Costs and time; may be empty."))
    results: Words = Field(alias="results_i18n", description=_("What came of it."))
    avoid: Words = Field(alias="avoid_i18n", description=_("What to avoid; may be empty."))
    links: list[str] = Field(description=_("Pages to read."))
    contact: str = Field(description=_("Whom to ask, where the organisation agrees; may be empty."))
    licence: str = Field(description=_("Under which licence the text may be used."))

    @staticmethod
    def resolve_contact(row: Any) -> str:
        return str(row.contact) if row.contact_public else ""

    @staticmethod
    def resolve_licence(row: Any) -> str:
        return LICENCE


class InitiativeOut(Schema):
    """An initiative, for its team and for the staff."""

    id: UUID = Field(description=_("Names the initiative."))
    programme: str = Field(alias="programme.slug", description=_("The programme's slug."))
    slug: str = Field(description=_("Names the initiative in addresses."))
    title: str = Field(description=_("What it is called."))
    organisation: str = Field(description=_("Whose it is; may be empty."))
    summary: str = Field(description=_("The initiative in a few lines; may be empty."))
    sectors: list[str] = Field(description=_("The sectors, by code."))
    territory: str = Field(description=_("Where; may be empty."))
    state: str = Field(description=_("Where it stands."))
    page: str = Field(description=_("Its page for people."))

    @staticmethod
    def resolve_organisation(row: Any) -> str:
        return row.organisation.name if row.organisation else ""

    @staticmethod
    def resolve_page(row: Any) -> str:
        return page("initiatives:initiative", row.pk)


class InitiativesPage(Schema):
    """A page of initiatives."""

    count: int = Field(description=_("How many there are in all."))
    items: list[InitiativeOut] = Field(description=_("Those of this page."))


class ExpertOut(Schema):
    """An expert of the competence bank, as the staff sees them."""

    id: UUID = Field(description=_("Names the profile."))
    name: str = Field(description=_("What they are called."))
    headline: str = Field(description=_("What they do, in one line."))
    state: str = Field(description=_("Where the profile stands."))
    competences: list[str] = Field(description=_("What they are competent in, as field/competence."))
    written_in: str = Field(description=_("The language in which they wrote it."))
    languages: dict[str, str] = Field(description=_("The languages that they speak, with the level."))
    hours_a_month: int = Field(description=_("The hours that they offer in a month."))
    page: str = Field(description=_("Its page for people."))

    @staticmethod
    def resolve_name(row: Any) -> str:
        return str(row.person)

    @staticmethod
    def resolve_competences(row: Any) -> list[str]:
        return [f"{one.competence.field.key}/{one.competence.key}" for one in row.competences.all()]

    @staticmethod
    def resolve_page(row: Any) -> str:
        return page("experts:profile", row.pk)


class ExpertsPage(Schema):
    """A page of experts."""

    count: int = Field(description=_("How many there are in all."))
    items: list[ExpertOut] = Field(description=_("Those of this page."))


class ExpertRequestOut(Schema):
    """What an initiative asks experts for."""

    id: UUID = Field(description=_("Names the request."))
    initiative: UUID = Field(alias="initiative_id", description=_("The initiative that asks."))
    title: str = Field(description=_("What it asks for, in a few words."))
    purpose: str = Field(description=_("What for."))
    competences: list[str] = Field(description=_("What is asked for, as field/competence."))
    hours: int = Field(description=_("How many hours."))
    needed_by: dt.date | None = Field(description=_("By when."))
    state: str = Field(description=_("Where the request stands."))
    accepted: int = Field(description=_("How many experts have accepted."))
    page: str = Field(description=_("Its page for people."))

    @staticmethod
    def resolve_competences(row: Any) -> list[str]:
        return [f"{one.competence.field.key}/{one.competence.key}" for one in row.competences.all()]

    @staticmethod
    def resolve_page(row: Any) -> str:
        return page("experts:request", row.pk)


class RequestsPage(Schema):
    """A page of requests."""

    count: int = Field(description=_("How many there are in all."))
    items: list[ExpertRequestOut] = Field(description=_("Those of this page."))


class HoursGivenOut(Schema):
    """Hours given by an expert or a partner’s experts, to an initiative, in a field or a competence."""

    id: UUID = Field(alias="pk", description=_("Names the expert’s person, the initiative and so on."))
    title: str = Field(description=_("What it is called."))
    hours: Decimal = Field(description=_("The hours that both sides confirmed, as a text."))
    free_hours: Decimal = Field(description=_("Those of them that were given free of charge."))
    value: Decimal = Field(description=_("What the hours given free of charge are worth."))
    cost: Decimal = Field(description=_("What the other hours cost."))
    currency: str = Field(alias="told_in", description=_("Currency, as ISO 4217."))
    sessions: int = Field(alias="held", description=_("How many sessions."))
    engagements: int = Field(alias="engaged", description=_("How many engagements."))

    @staticmethod
    def resolve_title(row: Any) -> str:
        return str(row)

    @staticmethod
    def resolve_hours(row: Any) -> Decimal:
        return hours_of(row.given)

    @staticmethod
    def resolve_free_hours(row: Any) -> Decimal:
        return hours_of(row.given_free)


class GivenPage(Schema):
    """A page of hours given."""

    count: int = Field(description=_("How many there are in all."))
    items: list[HoursGivenOut] = Field(description=_("Those of this page."))


class HoursOut(Schema):
    """The hours that experts gave in a programme."""

    hours: Decimal = Field(description=_("The hours that both sides confirmed, as a text."))
    free_hours: Decimal = Field(description=_("Those of them that were given free of charge."))
    value: Decimal = Field(description=_("What the hours given free of charge are worth."))
    cost: Decimal = Field(description=_("What the other hours cost."))
    hour_value: Decimal = Field(description=_("What an hour given free of charge counts for."))
    currency: str = Field(description=_("Currency, as ISO 4217."))
    sessions: int = Field(description=_("How many sessions."))
    engagements: int = Field(description=_("How many engagements."))
    experts: int = Field(description=_("How many experts gave them."))
    initiatives: int = Field(description=_("How many initiatives they went to."))
    without_field: Decimal = Field(description=_("The hours in no field of competences."))
    without_partner: Decimal = Field(description=_("The hours of experts who came from no partner."))
    page: str = Field(description=_("Its page for people."))

    @staticmethod
    def resolve_hours(row: Any) -> Decimal:
        return hours_of(row["minutes"])

    @staticmethod
    def resolve_free_hours(row: Any) -> Decimal:
        return hours_of(row["free_minutes"])

    @staticmethod
    def resolve_without_field(row: Any) -> Decimal:
        return hours_of(row["without_field"])

    @staticmethod
    def resolve_without_partner(row: Any) -> Decimal:
        return hours_of(row["without_partner"])


class MoneyAwardOut(Schema):
    """A voucher, prize or grant, with what is left of it."""

    id: UUID = Field(description=_("Names the award."))
    number: int = Field(description=_("Its number in the programme."))
    initiative: UUID = Field(alias="initiative_id", description=_("The initiative that receives it."))
    kind: str = Field(description=_("voucher, prize or grant."))
    title: str = Field(description=_("What it is called."))
    amount: Decimal = Field(description=_("The amount, as a text with two decimals."))
    currency: str = Field(description=_("Currency, as ISO 4217."))
    left: Decimal = Field(description=_("What may still be claimed."))
    asked: Decimal = Field(description=_("What was claimed and waits."))
    payable: Decimal = Field(description=_("What was approved and waits to be paid."))
    paid: Decimal = Field(description=_("What was paid."))
    expires_at: dt.datetime | None = Field(description=_("From when on nothing may be claimed."))
    state: str = Field(description=_("Where it stands."))


class MoneyAwardsPage(Schema):
    """A page of awards."""

    count: int = Field(description=_("How many there are in all."))
    items: list[MoneyAwardOut] = Field(description=_("Those of this page."))


class PostingOut(Schema):
    """A line of the ledger."""

    transaction: UUID = Field(alias="transaction_id", description=_("The transaction that it belongs to."))
    number: int = Field(alias="transaction.number", description=_("The number of the transaction."))
    kind: str = Field(alias="transaction.kind", description=_("What kind of transaction it is."))
    happened_on: dt.date = Field(alias="transaction.happened_on", description=_("The day that it tells of."))
    account: str = Field(description=_("The account, in words."))
    amount: Decimal = Field(description=_("What enters is positive, what leaves negative."))
    currency: str = Field(description=_("Currency, as ISO 4217."))
    reason: str = Field(alias="transaction.reason", description=_("What for."))
    document: str = Field(alias="transaction.document", description=_("The document; may be empty."))

    @staticmethod
    def resolve_account(row: Any) -> str:
        return str(row.account)


class LedgerPage(Schema):
    """A page of the ledger."""

    count: int = Field(description=_("How many there are in all."))
    items: list[PostingOut] = Field(description=_("Those of this page."))
