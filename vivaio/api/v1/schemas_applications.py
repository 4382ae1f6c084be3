"""What is told of applications, and what is taken."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from pydantic import JsonValue

from vivaio.api.v1.schemas_public import page

LONGEST_PATH, MOST_CHANGES = 200, 500
NO_NUL = r"^[^\x00]*$"


class InCallOut(Schema):
    """The call that an application belongs to."""

    programme: str = Field(alias="programme.slug", description=_("The programme's slug."))
    slug: str = Field(description=_("The call's slug."))
    title: str = Field(alias="title_i18n", description=_("What it is called."))
    closes_at: dt.datetime = Field(description=_("Until when applications are taken."))


class ApplicantOut(Schema):
    """An applicant."""

    organisation: UUID | None = Field(description=_("The organisation's identifier; none for a person."))
    name: str = Field(description=_("The applicant's name."))


class OneApplication(Schema):
    """What every list of applications tells."""

    id: UUID = Field(description=_("Names the application for ever."))
    number: int | None = Field(description=_("Its number in the call, given when it is first handed in."))
    title: str = Field(description=_("What it is called."))
    call: InCallOut = Field(description=_("The call it belongs to."))
    track: str = Field(alias="track.key", description=_("The key of its track."))
    applicant: ApplicantOut = Field(description=_("Who applies."))
    submitted_at: dt.datetime | None = Field(description=_("When it was handed in."))
    page: str = Field(description=_("Its page for people."))

    @staticmethod
    def resolve_applicant(row: Any) -> dict[str, Any]:
        return {"organisation": row.organisation_id, "name": row.applicant_name}

    @staticmethod
    def resolve_page(row: Any) -> str:
        return page("applications:application", row.pk)


class ApplicationOut(OneApplication):
    """One's own application in short."""

    state: str = Field(
        alias="told_state",
        description=_("draft, submitted, integration, admitted, excluded or withdrawn."),
    )


class ApplicationsPage(Schema):
    """A page of one's own applications."""

    count: int = Field(description=_("How many there are in all."))
    items: list[ApplicationOut] = Field(description=_("Those of this page."))


class ReceiptOut(Schema):
    """A receipt: what was handed in, and when."""

    id: UUID = Field(description=_("Names the receipt."))
    kind: str = Field(description=_("submission or integration."))
    at: dt.datetime = Field(description=_("When."))
    digest: str = Field(description=_("SHA-256 of the answers that were frozen."))
    superseded_at: dt.datetime | None = Field(description=_("From when another one counts."))
    page: str = Field(description=_("The receipt as a PDF, for people."))

    @staticmethod
    def resolve_page(row: Any) -> str:
        return page("applications:receipt", row.application_id, row.pk)


class RequestOut(Schema):
    """A request for integration."""

    id: UUID = Field(description=_("Names the request."))
    text: str = Field(description=_("What is missing."))
    deadline: dt.datetime = Field(description=_("By when: up to, not at, this instant."))
    state: str = Field(description=_("open, answered, expired or cancelled."))
    page: str = Field(description=_("Where a person answers it."))

    @staticmethod
    def resolve_page(row: Any) -> str:
        return page("applications:integration", row.pk)


class ConsentAsked(Schema):
    """A consent that may be given when the application is handed in."""

    id: UUID = Field(description=_("Name it in `consents` to give it."))
    title: str = Field(description=_("What the data would be used for."))


class ToHandIn(Schema):
    """What is asked of whoever hands the application in."""

    submit_refused: str | None = Field(description=_("Why it cannot be handed in now; none: it can."))
    withdraw_refused: str | None = Field(description=_("Why it cannot be withdrawn now; none: it can."))
    reopen_refused: str | None = Field(description=_("Why it cannot be a draft again; none: it can."))
    notice: str = Field(description=_("The version of the privacy notice that holds."))
    notice_page: str = Field(description=_("Where a person reads the notice."))
    consents: list[ConsentAsked] = Field(description=_("Consents that may be given, and need not be."))


class AidLinkedOut(Schema):
    """An undertaking of the same single undertaking."""

    name: str = Field(description=_("What it is called."))
    tax_code: str = Field(description=_("Its tax code."))
    relation: str = Field(
        description=_("a, b, c or d of art. 2(2) of Regulation (EU) 2023/2831; merged; split.")
    )


class AidReceivedOut(Schema):
    """An aid that was received, as it was declared."""

    recipient: str = Field(description=_("Which undertaking received it."))
    body: str = Field(description=_("Who granted it."))
    act: str = Field(description=_("The measure or the act."))
    regime: str = Field(description=_("general, sgei, agriculture or fishery."))
    on: str = Field(description=_("The day of the grant; as it was typed, where that is no day."))
    amount: str = Field(
        description=_("Gross grant equivalent in euro; as it was typed, where that is no amount.")
    )
    code: str = Field(description=_("The COR code of the register; may be empty."))


class AidDeclarationOut(Schema):
    """The declaration on de minimis aid."""

    activity: str = Field(description=_("undertaking, or none: no economic activity; empty: not said yet."))
    single: str = Field(description=_("alone, or linked; empty: not said yet."))
    received: str = Field(description=_("none, or some; empty: not said yet."))
    linked: list[AidLinkedOut] = Field(description=_("The undertakings that belong together."))
    aids: list[AidReceivedOut] = Field(description=_("The aid received."))
    signed_at: dt.datetime | None = Field(description=_("When it was signed; none: it is not signed."))
    signed_by: str = Field(description=_("Who signed it."))
    words: str = Field(description=_("The text that was signed, word for word."))
    digest: str = Field(description=_("SHA-256 of what was signed."))


class CommentsOut(Schema):
    """What jurors wrote on one criterion, without their names and in an order drawn by lot."""

    criterion: str | None = Field(description=_("The criterion's key; none: on the whole application."))
    title: str | None = Field(description=_("What the criterion is called."))
    comments: list[str] = Field(description=_("The comments. The order says nothing of who wrote which."))

    @staticmethod
    def resolve_criterion(row: Any) -> str | None:
        return row.criterion.key if row.criterion else None

    @staticmethod
    def resolve_title(row: Any) -> Any:
        return str(row.criterion) if row.criterion else None


class SignedOut(Schema):
    """A document that has to be signed, and how its signature stands."""

    question: str = Field(description=_("The question for files; empty for the application as a whole."))
    label: str = Field(description=_("The document in words."))
    signature: str = Field(description=_("How it is signed: click, pades or scan."))
    name: str = Field(description=_("The file's name."))
    sha256: str = Field(description=_("SHA-256 of what is signed."))
    standing: str = Field(description=_("missing, lapsed, checking, broken, doubt or sound."))
    state: str = Field(description=_("What is known of the signature, more exactly; empty if there is none."))
    signer: str = Field(description=_("Who signed, as far as it is known."))
    signed_at: dt.datetime | None = Field(description=_("When the signature came."))


class ApplicationWhole(ApplicationOut):
    """One's own application with all that its page tells, but the answers."""

    digest: str = Field(description=_("SHA-256 of the answers that count; empty for a draft."))
    reason: str = Field(description=_("Why it is not eligible, once that is told; else empty."))
    outcome_page: str | None = Field(description=_("Where the outcome is read, once it is published."))
    comments: list[CommentsOut] = Field(
        description=_("The comments of the jury by criterion, once they were released; else none.")
    )
    receipts: list[ReceiptOut] = Field(description=_("Its receipts, the oldest first."))
    requests: list[RequestOut] = Field(description=_("Requests for integration, the newest first."))
    signed: list[SignedOut] = Field(description=_("Documents to sign, with how each stands."))
    next: ToHandIn = Field(description=_("What can be done now, and what is asked for it."))
    de_minimis: AidDeclarationOut | None = Field(
        description=_("The declaration on de minimis aid; it is written and signed on the page for people.")
    )


class FormOut(Schema):
    """The form that was given out, as it was then."""

    id: UUID = Field(description=_("Names this version of the form."))
    number: int = Field(description=_("The version."))
    sha256: str = Field(description=_("SHA-256 of the definition."))
    definition: dict[str, JsonValue] = Field(description=_("Questions, choices and rules, as data."))


class MissingOut(Schema):
    """What stands against handing in."""

    path: str = Field(description=_("The question."))
    label: str = Field(description=_("The question in words."))
    message: str = Field(description=_("What to do."))


class AnswersOut(Schema):
    """The answers of one's own application."""

    state: str = Field(description=_("The state of the application; only a draft can be written in."))
    form: FormOut = Field(description=_("What is asked."))
    answers: dict[str, JsonValue] = Field(description=_("The answers by question."))
    revisions: dict[str, int] = Field(description=_("How often each answer was changed."))
    missing: list[MissingOut] = Field(description=_("What stands against handing in."))


class ChangeIn(Schema):
    """One answer to change."""

    path: str = Field(
        max_length=LONGEST_PATH,
        pattern=NO_NUL,
        description=_("The question: name, or table/row/column for a column of a table."),
    )
    value: JsonValue = Field(None, description=_("The answer; null takes it away."))
    revision: int | None = Field(
        None,
        ge=0,
        le=2_147_483_647,
        description=_("The revision that you have read: a later one of somebody else is not overwritten."),
    )
    op: Literal["set", "add_row", "remove_row"] = Field(
        "set", description=_("Set an answer, or add a row to a table, or take one away.")
    )


class ChangesIn(Schema):
    """Answers to change."""

    changes: list[ChangeIn] = Field(max_length=MOST_CHANGES, description=_("At most 500 at a time."))


class ConflictOut(Schema):
    """An answer that a colleague changed meanwhile: yours was not written over it."""

    path: str = Field(description=_("The question."))
    theirs: JsonValue = Field(description=_("The answer that stands."))
    by: str = Field(description=_("Who gave it."))
    revision: int = Field(description=_("Its revision."))


class SavedOut(Schema):
    """What became of the changes."""

    revisions: dict[str, int] = Field(description=_("The new revisions of what was written."))
    conflicts: list[ConflictOut] = Field(description=_("What was not written, and why."))
    unknown: list[str] = Field(description=_("Paths that the form does not have."))
    missing: list[MissingOut] = Field(description=_("What stands against handing in now."))


class StartIn(Schema):
    """Where an application begins."""

    track: UUID = Field(description=_("The track of the call."))
    organisation: UUID | None = Field(
        None, description=_("For which of your organisations; none: for yourself.")
    )


class SubmitIn(Schema):
    """What whoever hands in declares."""

    declared: bool = Field(description=_("You answer for what you hand in being true."))
    noticed: bool = Field(description=_("You have read the privacy notice."))
    notice: str = Field(max_length=20, pattern=NO_NUL, description=_("The version of it that you have read."))
    consents: list[UUID] = Field(
        default_factory=list, max_length=50, description=_("The consents that you give, by identifier.")
    )


class BlockOut(Schema):
    """One thing to read: a title, a question with its answer, a table."""

    kind: str = Field(
        description=_("page, section, entry, part, note, text, value, list, files, table and so on.")
    )
    name: str = Field(description=_("The question."))
    label: str = Field(description=_("The question in words."))
    number: str = Field(description=_("The number that the page shows."))
    text: str = Field(description=_("The answer in words."))
    answered: bool = Field(description=_("Whether there is an answer."))
    items: list[str] = Field(description=_("The chosen words of a list."))
    headings: list[str] = Field(description=_("The columns of a table."))
    rows: list[list[str]] = Field(description=_("The rows of a table."))
    files: list[dict[str, JsonValue]] = Field(description=_("Files: id, name and size in bytes."))


class OrganisationOut(Schema):
    """An organisation that one belongs to."""

    id: UUID = Field(description=_("Names the organisation."))
    name: str = Field(description=_("What it is called."))
    kind: str = Field(description=_("What kind of body it is."))


class MeOut(Schema):
    """Whose token this is."""

    name: str = Field(description=_("Whom the token acts for."))
    token: str = Field(description=_("What the token is called."))
    scopes: list[str] = Field(description=_("What it may be used for."))
    expires_at: dt.datetime = Field(description=_("Until when it works."))
    organisations: list[OrganisationOut] = Field(description=_("The organisations that one may apply for."))
