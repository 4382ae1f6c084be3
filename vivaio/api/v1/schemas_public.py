"""What is told of programmes, calls and published rankings."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from pydantic import BeforeValidator

from vivaio.api.v1.schemas_asking import NoticeOut, QuestionOut
from vivaio.calls import queries as calls
from vivaio.calls.asking import queries as asking
from vivaio.calls.notices import queries as notices
from vivaio.calls.signing import queries as signing

Words = Annotated[str, BeforeValidator(lambda words: str(words or ""))]


def page(name: str, *args: Any) -> str:
    """The address of a page of this installation, in the language of the moment."""
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


class PhaseOut(Schema):
    """A stretch of a programme."""

    key: str = Field(description=_("Stays the same when words change."))
    title: Words = Field(alias="title_i18n", description=_("What it is called."))
    summary: Words = Field(alias="summary_i18n", description=_("What happens in it."))
    dates: Words = Field(alias="dates_i18n", description=_("The dates in words, where the days are not set."))
    starts_on: dt.date | None = Field(description=_("First day."))
    ends_on: dt.date | None = Field(description=_("Last day."))


class PartnerOut(Schema):
    """An organisation's part in a programme."""

    name: str = Field(description=_("What it is called."))
    part: str = Field(description=_("promoter, lead, partner, associated, funder or supporter."))
    country: str = Field(description=_("Country, as ISO 3166-1 alpha-2; may be empty."))
    website: str = Field(description=_("Its web site; may be empty."))


class AreaOut(Schema):
    """An area of intervention."""

    key: str = Field(description=_("Stays the same when words change."))
    title: Words = Field(alias="title_i18n", description=_("What it is called."))
    summary: Words = Field(alias="summary_i18n", description=_("What it is about."))


class AmountOut(Schema):
    """One of the figures of financial progress, as it stood on a day."""

    kind: str = Field(description=_("programmed, admitted, binding or disbursed."))
    amount: Decimal = Field(description=_("The amount, as a text with two decimals."))
    currency: str = Field(description=_("Currency, as ISO 4217."))
    stated_on: dt.date | None = Field(description=_("The day on which it stood so."))


class ProgrammeOut(Schema):
    """A programme in short."""

    slug: str = Field(description=_("Names the programme in addresses."))
    title: Words = Field(alias="title_i18n", description=_("What it is called."))
    tagline: Words = Field(alias="tagline_i18n", description=_("The programme in one line."))
    state: str = Field(description=_("published or closed."))
    place: Words = Field(alias="place_i18n", description=_("Where."))
    territory: Words = Field(alias="territory_i18n", description=_("The territory that it is for."))
    starts_on: dt.date | None = Field(description=_("First day."))
    ends_on: dt.date | None = Field(description=_("Last day."))
    languages: list[str] = Field(description=_("The languages that it is run in, the first one first."))
    page: str = Field(description=_("Its page for people."))

    @staticmethod
    def resolve_page(row: Any) -> str:
        return page("desk:programme", row.slug)


class ProgrammesPage(Schema):
    """A page of programmes."""

    count: int = Field(description=_("How many there are in all."))
    items: list[ProgrammeOut] = Field(description=_("Those of this page."))


class ProgrammeWhole(ProgrammeOut):
    """A programme with all that its public page tells."""

    description: Words = Field(alias="description_i18n", description=_("The description, in Markdown."))
    context: Words = Field(alias="context_line_i18n", description=_("The context in one line."))
    action_code: str = Field(description=_("The action that funds it; may be empty."))
    project_code: str = Field(description=_("The code of the project; may be empty."))
    cup: str = Field(description=_("The CUP of the public investment project; may be empty."))
    time_zone: str = Field(description=_("The time zone in which its deadlines are told."))
    currency: str = Field(description=_("Currency, as ISO 4217."))
    contact_email: str = Field(description=_("Where to write; may be empty."))
    phases: list[PhaseOut] = Field(description=_("Its phases, in their order."))
    partners: list[PartnerOut] = Field(description=_("Who runs, funds and supports it."))
    areas: list[AreaOut] = Field(description=_("Its areas of intervention."))
    amounts: list[AmountOut] = Field(description=_("Its financial progress."))

    @staticmethod
    def resolve_phases(row: Any) -> list[Any]:
        return list(row.phases.all())

    @staticmethod
    def resolve_partners(row: Any) -> list[Any]:
        return list(row.partners.all())

    @staticmethod
    def resolve_areas(row: Any) -> list[Any]:
        return list(row.areas.all())

    @staticmethod
    def resolve_amounts(row: Any) -> list[Any]:
        return list(row.amounts.all())


class CallOut(Schema):
    """A call in short."""

    id: UUID = Field(description=_("Names the call for ever."))
    programme: str = Field(alias="programme.slug", description=_("The programme's slug."))
    slug: str = Field(description=_("Names the call in the addresses of its programme."))
    title: Words = Field(alias="title_i18n", description=_("What it is called."))
    summary: Words = Field(alias="summary_i18n", description=_("The call in short."))
    state: str = Field(description=_("draft (for the staff alone), published, concluded or withdrawn."))
    window: str = Field(description=_("ahead, open or shut, by the server's clock at this instant."))
    opens_at: dt.datetime = Field(description=_("From when applications are taken."))
    closes_at: dt.datetime = Field(description=_("Until when: up to, not at, this instant."))
    applicant_kinds: list[str] = Field(description=_("Who applies: organisation, person, or both."))
    stage: Words = Field(
        alias="stage_name_i18n",
        description=_("The name of the stage, of a call in several stages; else empty."),
    )
    follows: str | None = Field(
        description=_(
            "The slug of the stage before: those selected there alone take part; none: anybody may begin."
        )
    )
    going_on: str = Field(
        description=_(
            "Who goes on to a next stage: places (the best, as many as places) or threshold (all above)."
        )
    )
    ranking_published_at: dt.datetime | None = Field(description=_("When its ranking was published."))
    page: str = Field(description=_("Its page for people."))

    @staticmethod
    def resolve_follows(row: Any) -> str | None:
        return row.follows.slug if row.follows else None

    @staticmethod
    def resolve_page(row: Any) -> str:
        return page("calls:call", row.programme.slug, row.slug)


class CallsPage(Schema):
    """A page of calls."""

    count: int = Field(description=_("How many there are in all."))
    items: list[CallOut] = Field(description=_("Those of this page."))


class TrackOut(Schema):
    """A part of a call with places of its own."""

    id: UUID = Field(description=_("Names the track; an application is begun in one."))
    key: str = Field(description=_("Stays the same when words change."))
    title: Words = Field(alias="title_i18n", description=_("What it is called."))
    description: Words = Field(alias="description_i18n", description=_("What it is for."))
    places: int = Field(description=_("How many places it has."))
    minimum_score: Decimal = Field(description=_("Below this score, out of 100, nobody is selected."))
    organisation_kinds: list[str] = Field(description=_("The kinds of organisation; empty: all."))


class DescriptorOut(Schema):
    """What one score of a criterion means."""

    value: int = Field(description=_("The score."))
    word: str = Field(description=_("In a word."))
    text: str = Field(description=_("In a sentence."))


class CriterionOut(Schema):
    """What jurors score, and how much it counts."""

    key: str = Field(description=_("Stays the same when words change."))
    title: Words = Field(alias="title_i18n", description=_("What it is called."))
    question: Words = Field(alias="question_i18n", description=_("What jurors ask themselves."))
    weight: Decimal = Field(description=_("How much it counts; the weights of a call add up to 100."))
    scale_min: int = Field(description=_("The lowest score."))
    scale_max: int = Field(description=_("The highest score."))
    descriptors: list[DescriptorOut] = Field(description=_("What each score means."))

    @staticmethod
    def resolve_descriptors(row: Any) -> list[dict[str, Any]]:
        told = calls.criterion_told(row).descriptors
        return [{"value": value, "word": word, "text": text} for value, word, text in told]


class ConditionOut(Schema):
    """What an applicant must meet."""

    key: str = Field(description=_("Stays the same when words change."))
    title: Words = Field(alias="title_i18n", description=_("The condition in words."))
    track: str | None = Field(description=_("The key of the track that it holds for; none: all."))

    @staticmethod
    def resolve_track(row: Any) -> str | None:
        return row.track.key if row.track else None


class ConditionWithTerms(ConditionOut):
    """A condition with what it lays down beyond its title."""

    kind: str = Field(description=_("How it is checked; “de_minimis”: by a declaration on de minimis aid."))
    promise: str = Field(description=_("What else it lays down, in words; of most kinds nothing."))


class AwardOut(ConditionOut):
    """What the call gives."""

    kind: str = Field(description=_("place, voucher, prize or grant."))
    description: Words = Field(alias="description_i18n", description=_("What it is, in words."))
    amount: Decimal | None = Field(description=_("The amount, as a text with two decimals."))
    currency: str = Field(description=_("Currency, as ISO 4217."))
    quantity: int | None = Field(description=_("How many; none: one for each place."))
    buys: list[str] = Field(description=_("What the money may buy; empty: the call does not say."))
    suppliers: list[str] = Field(
        description=_("Names of those from whom it may buy; empty: the call does not say.")
    )
    last_day: dt.date | None = Field(description=_("The last day on which it may be claimed."))
    lasts_months: int | None = Field(
        description=_("Months to claim it, from the day on which it is awarded.")
    )

    @staticmethod
    def resolve_suppliers(row: Any) -> list[str]:
        return [one["name"] for one in row.suppliers]


class DateOut(Schema):
    """A date that matters."""

    key: str = Field(description=_("Stays the same when words change."))
    title: str = Field(description=_("What happens then."))
    at: dt.datetime = Field(description=_("When."))


class DocumentOut(Schema):
    """A document of the call."""

    title: str = Field(description=_("What it is called."))
    name: str = Field(description=_("The file's name."))
    size: int = Field(description=_("Bytes."))
    sha256: str = Field(description=_("SHA-256 of the content."))
    href: str = Field(description=_("Where it is downloaded."))

    @staticmethod
    def resolve_href(row: Any) -> str:
        return page("calls:document", row.pk)


class SignatureWanted(Schema):
    """A document that has to be signed."""

    question: str = Field(description=_("The question for files; empty for the application as a whole."))
    label: str = Field(description=_("The document in words."))
    signature: str = Field(description=_("click, pades or scan."))


class CallWhole(CallOut):
    """A call with all that its public page tells."""

    who: Words = Field(alias="who_i18n", description=_("Who may apply, in Markdown."))
    what: Words = Field(alias="what_i18n", description=_("What it supports, in Markdown."))
    text: Words = Field(alias="text_i18n", description=_("The full text, in Markdown."))
    withdrawal_reason: Words = Field(
        alias="withdrawal_reason_i18n", description=_("Why it was withdrawn; may be empty.")
    )
    open_to_minors: bool = Field(description=_("Whether people under 18 may apply."))
    disclosure: str = Field(
        description=_("Whom the ranking names: selected_organisations, selected, everyone or numbers.")
    )
    publish_scores: bool = Field(description=_("Whether scores are published."))
    commenting: str = Field(
        description=_("Who receives the comments of the jury: nobody, not_selected or everybody.")
    )
    publish_juror_scores: bool = Field(
        description=_("Whether the decision record has the scores juror by juror, without names.")
    )
    deciding: str = Field(description=_("The figure that decides the order: raw_mean or calibrated."))
    tie_breaks: list[str] = Field(description=_("What counts among equal scores, in this order."))
    draw_source: Words = Field(
        alias="draw_source_i18n",
        description=_("What public numbers the draw among equals is taken from; may be empty."),
    )
    reviewing: str = Field(description=_("What jurors know of who applies: open, blind or blind_titles."))
    discussing: str = Field(description=_("Whether jurors discuss, and how: none, anonymous or named."))
    revising: bool = Field(description=_("Whether jurors may change a score while they discuss."))
    practice_counts: bool = Field(description=_("Whether the scores of the calibration meeting count."))
    questions_until: dt.datetime | None = Field(
        alias="questions_end", description=_("Until when questions are taken; none: the call takes none.")
    )
    questions: list[QuestionOut] = Field(description=_("Questions with their answers, the newest first."))
    notices: list[NoticeOut] = Field(description=_("Its notices, the newest first."))
    tracks: list[TrackOut] = Field(description=_("Its tracks."))
    criteria: list[CriterionOut] = Field(description=_("What jurors score."))
    conditions: list[ConditionWithTerms] = Field(description=_("What applicants must meet."))
    signatures: list[SignatureWanted] = Field(description=_("Documents that have to be signed."))
    awards: list[AwardOut] = Field(description=_("What it gives."))
    dates: list[DateOut] = Field(description=_("Every date that matters, in order."))
    documents: list[DocumentOut] = Field(description=_("Documents to download."))

    @staticmethod
    def resolve_dates(row: Any) -> list[dict[str, Any]]:
        return [{"key": key, "title": title, "at": at} for key, title, at in calls.marks_of(row)]

    @staticmethod
    def resolve_questions(row: Any) -> list[Any]:
        return list(asking.published(row).select_related("call__programme"))

    @staticmethod
    def resolve_notices(row: Any) -> list[Any]:
        return list(notices.of_call(row))

    @staticmethod
    def resolve_signatures(row: Any) -> list[Any]:
        return list(signing.wanted(row))

    @staticmethod
    def resolve_tracks(row: Any) -> list[Any]:
        return list(row.tracks.all())

    @staticmethod
    def resolve_criteria(row: Any) -> list[Any]:
        return list(row.criteria.all())

    @staticmethod
    def resolve_conditions(row: Any) -> list[Any]:
        return list(row.conditions.all())

    @staticmethod
    def resolve_awards(row: Any) -> list[Any]:
        return list(row.awards.all())

    @staticmethod
    def resolve_documents(row: Any) -> list[Any]:
        return list(row.documents.all())


class PublicLineOut(Schema):
    """A line of a published ranking: a name only where the call announced it."""

    position: int = Field(description=_("The rank; equals share it."))
    name: str = Field(description=_("The applicant, or the number of the application."))
    title: str = Field(description=_("The application's title where the applicant is named."))
    score: Decimal | None = Field(description=_("The score out of 100, where scores are published."))
    outcome: str = Field(description=_("selected, reserve, not_selected or undecided."))
    note: str = Field(description=_("What became of the place, in words; may be empty."))


class PublicRankingOut(Schema):
    """The published ranking of a track."""

    track: str = Field(description=_("The key of the track."))
    title: str = Field(description=_("The track in words."))
    published_at: dt.datetime = Field(description=_("When it was published."))
    public_until: dt.datetime = Field(description=_("When it leaves the line."))
    lines: list[PublicLineOut] = Field(description=_("Its lines, in order."))
