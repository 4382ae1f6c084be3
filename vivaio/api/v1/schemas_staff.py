"""What is told to the staff and to jurors."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from pydantic import StringConstraints

from vivaio.api.v1.schemas_applications import (
    NO_NUL,
    AidDeclarationOut,
    BlockOut,
    InCallOut,
    OneApplication,
    SignedOut,
)
from vivaio.api.v1.schemas_public import CriterionOut, page
from vivaio.applications.states import ApplicationState
from vivaio.jury.blinding import queries as blinding


class ReceivedOut(OneApplication):
    """An application that was handed in, as the staff sees it."""

    state: ApplicationState = Field(description=_("submitted, integration, admitted, excluded or withdrawn."))
    decided_at: dt.datetime | None = Field(description=_("When its eligibility was decided."))
    reason: str = Field(alias="decision_reason", description=_("Why it is not eligible; may be empty."))
    digest: str = Field(description=_("SHA-256 of the answers that count."))

    @staticmethod
    def resolve_page(row: Any) -> str:
        return page("applications:eligibility", row.pk)


class ReceivedPage(Schema):
    """A page of applications received."""

    count: int = Field(description=_("How many there are in all."))
    items: list[ReceivedOut] = Field(description=_("Those of this page."))


class CheckOut(Schema):
    """The outcome of a condition."""

    condition: str = Field(alias="condition.key", description=_("The key of the condition."))
    title: str = Field(alias="condition.title_i18n", description=_("The condition in words."))
    outcome: str = Field(description=_("met, not_met, integrate, na or unknown."))
    note: str = Field(description=_("What the staff noted; may be empty."))


class VisuraOut(Schema):
    """What the register of State aid said on a day."""

    checked_on: dt.date = Field(description=_("The day of the visura."))
    total: Decimal = Field(description=_("The total of de minimis aid found, in euro."))
    code: str = Field(description=_("Its code; may be empty."))
    note: str = Field(description=_("What the staff noted; may be empty."))


class ReceivedWhole(ReceivedOut):
    """An application with its answers and conditions."""

    checks: list[CheckOut] = Field(description=_("Its conditions."))
    signed: list[SignedOut] = Field(description=_("Documents to sign, with how each stands."))
    blocks: list[BlockOut] = Field(description=_("The answers that count, to be read from top to bottom."))
    de_minimis: AidDeclarationOut | None = Field(
        description=_("The declaration on de minimis aid, once signed.")
    )
    visure: list[VisuraOut] = Field(description=_("What the staff found in the register of State aid."))


class Narrowed(Schema):
    """Which applications."""

    state: ApplicationState | None = Field(None, description=_("Those in this state alone."))
    track: str | None = Field(
        None, max_length=50, pattern=NO_NUL, description=_("Those of the track with this key alone.")
    )


class EntryOut(Schema):
    """A line of the ranking as the staff sees it."""

    application: UUID = Field(alias="application_id", description=_("The application."))
    number: int | None = Field(alias="application.number", description=_("Its number in the call."))
    title: str = Field(alias="application.title", description=_("What it is called."))
    applicant: str = Field(alias="application.applicant_name", description=_("Who applies."))
    position: int = Field(description=_("The rank; equals share it."))
    order: int = Field(description=_("The line it stands on."))
    score: Decimal = Field(description=_("The raw mean, out of 100: it decides the order."))
    criteria: dict[str, Decimal] = Field(description=_("The mean of each criterion, by key."))
    reviews: int = Field(description=_("How many jurors scored it."))
    quality: Decimal | None = Field(description=_("The score without the severity of its jurors."))
    error: Decimal | None = Field(description=_("The standard error of the quality."))
    rank_low: int | None = Field(description=_("Where the 90 % interval of the rank begins."))
    rank_high: int | None = Field(description=_("Where it ends."))
    chance: Decimal | None = Field(description=_("The probability of being among the places."))
    tied: bool = Field(description=_("Whether its score is equal to another one."))
    proposed: str = Field(description=_("The outcome that the ranking proposes."))
    outcome: str = Field(description=_("selected, reserve, not_selected or undecided."))
    decision_reason: str = Field(description=_("Why people decided otherwise; may be empty."))
    place: str = Field(description=_("none, offered, accepted, declined or expired."))


class StaffRankingOut(Schema):
    """The ranking of a track, from the moment it is computed."""

    id: UUID = Field(description=_("Names the ranking."))
    track: str = Field(description=_("The key of the track."))
    state: str = Field(description=_("provisional, adopted, published or expired."))
    computed_at: dt.datetime | None = Field(description=_("When it was computed."))
    adopted_at: dt.datetime | None = Field(description=_("When the verdict was adopted."))
    published_at: dt.datetime | None = Field(description=_("When it was published."))
    public_until: dt.datetime | None = Field(description=_("When it leaves the line."))
    calibrated: str = Field(description=_("Whether severity could be taken out: none, done, few or parts."))
    entries: list[EntryOut] = Field(description=_("Its lines, in order."))


class StaffCommentOut(Schema):
    """A comment for the applicants as the staff reads it. Whose it is stands on the page alone."""

    id: UUID = Field(description=_("Names the comment."))
    number: int | None = Field(
        alias="assignment.application.number", description=_("The application's number.")
    )
    criterion: str | None = Field(description=_("The criterion's key; none: on the whole application."))
    state: str = Field(
        description=_("missing, written, asked (to be rewritten), revised, ready, withheld or released.")
    )
    text: str = Field(description=_("The juror's words."))

    @staticmethod
    def resolve_criterion(row: Any) -> str | None:
        return row.criterion.key if row.criterion else None


class StaffCommentsPage(Schema):
    """A page of comments."""

    count: int = Field(description=_("How many there are in all."))
    items: list[StaffCommentOut] = Field(description=_("Those of this page."))


class AssignmentOut(Schema):
    """An application that one is to score."""

    id: UUID = Field(description=_("Names the assignment: one juror, one application."))
    call: InCallOut = Field(alias="juror.panel.call", description=_("The call."))
    number: int | None = Field(alias="application.number", description=_("The application's number."))
    title: str = Field(description=_("What it is called; in a blind review without the title, its number."))
    track: str = Field(alias="application.track.key", description=_("The key of its track."))
    state: str = Field(description=_("to_score, started or done."))
    page: str = Field(description=_("The score sheet for people."))

    @staticmethod
    def resolve_title(row: Any) -> str:
        return blinding.shown(row.application, row.juror.panel.call).title

    @staticmethod
    def resolve_page(row: Any) -> str:
        return page("jury:sheet", row.juror.panel_id, row.pk)


class AssignmentsPage(Schema):
    """A page of assignments."""

    count: int = Field(description=_("How many there are in all."))
    items: list[AssignmentOut] = Field(description=_("Those of this page."))


class SheetOut(AssignmentOut):
    """A score sheet: what to read, what to score, what was given."""

    criteria: list[CriterionOut] = Field(description=_("What to score."))
    scores: dict[str, int] = Field(
        alias="given", description=_("What was given so far, by the criterion's key.")
    )
    confidence: dict[str, str] = Field(
        description=_("How sure one is, by the criterion's key: low, medium or high; it enters no figure.")
    )
    comments: dict[str, str] = Field(
        alias="said",
        description=_(
            "Comments for the applicants by the criterion's key; overall: on the whole application."
        ),
    )
    note: str = Field(description=_("The juror's private note."))
    reached: Decimal = Field(description=_("Points so far."))
    scored: Decimal = Field(description=_("Points of the criteria scored so far."))
    missing: int = Field(description=_("How many scores are missing; with none, the sheet is done."))
    comments_wanting: dict[str, str] = Field(
        description=_("By the criterion's key, what a compulsory comment lacks; the sheet is done with none.")
    )
    write_refused: str | None = Field(description=_("Why nothing can be written now; none: it can."))
    blocks: list[BlockOut] = Field(description=_("The answers, to be read from top to bottom."))


class ScoresIn(Schema):
    """Scores to write."""

    scores: dict[str, int | None] = Field(
        default_factory=dict,
        max_length=100,
        description=_("By the criterion's key; null takes a score back. Others stay as they are."),
    )
    confidence: dict[str, Literal["low", "medium", "high", ""]] = Field(
        default_factory=dict,
        max_length=100,
        description=_(
            "How sure one is, by the criterion's key; empty takes it back. Kept where the jury asks for it."
        ),
    )
    comments: dict[str, Annotated[str, StringConstraints(max_length=5000, pattern=NO_NUL)]] = Field(
        default_factory=dict,
        max_length=100,
        description=_(
            "Comments for the applicants by the criterion's key, overall for the whole application; empty takes one"
            " back. Refused where the call gives no comments."
        ),
    )
    note: str | None = Field(
        None,
        max_length=5000,
        pattern=NO_NUL,
        description=_("The private note; without it, it stays as it is."),
    )
