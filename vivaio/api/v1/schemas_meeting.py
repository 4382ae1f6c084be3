"""What is told of a jury's calibration meeting, to its jurors and to the staff."""

import datetime as dt
from decimal import Decimal
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from vivaio.api.v1.naming import ById
from vivaio.api.v1.schemas_applications import BlockOut
from vivaio.api.v1.schemas_public import CriterionOut
from vivaio.jury.states import Coming


class PractisedAt(ById):
    """An application that one practises on, from one's seat."""

    application: UUID = Field(description=_("Names the application."))


class PracticeScoreOut(Schema):
    """What one juror gave for a criterion."""

    who: str = Field(
        description=_(
            "The juror as the meeting's page calls them: a name, a letter where none is shown, or oneself."
        )
    )
    mine: bool = Field(description=_("Whether it is one's own."))
    value: int = Field(description=_("The score as it stands."))
    first: int | None = Field(description=_("What it was when the scores were put on the table."))


class StripOut(Schema):
    """Everybody's scores for a criterion."""

    criterion: str = Field(description=_("The criterion's key."))
    spread: int = Field(description=_("Points between the highest and the lowest."))
    given: list[PracticeScoreOut] = Field(description=_("The scores of complete practice sheets."))


class ComparedOut(Schema):
    """An application with everybody's scores."""

    application: UUID = Field(description=_("Names the application."))
    title: str = Field(description=_("What the reader knows it by."))
    criteria: list[StripOut] = Field(description=_("By criterion."))


class SeverityOut(Schema):
    """How far a juror lies from the others."""

    who: str = Field(
        description=_(
            "The juror as the meeting's page calls them: a name, a letter where none is shown, or oneself."
        )
    )
    mine: bool = Field(description=_("Whether it is oneself."))
    points: float = Field(
        description=_("Points out of 100 above or below the others on the same applications.")
    )


class TableOut(Schema):
    """The scores on the table."""

    compared: list[ComparedOut] = Field(
        description=_("The applications whose scores one may see: a juror those that they have scored.")
    )
    waiting: list[UUID] = Field(
        description=_("Applications whose scores a juror sees once their own practice sheet is complete.")
    )
    severities: list[SeverityOut] = Field(description=_("Who gives more, who gives less."))
    agreed: dict[str, str] = Field(
        description=_("By the criterion's key, what the jury agreed that it means.")
    )
    notes: str = Field(description=_("The notes of the meeting."))


class MeetingOut(Schema):
    """A jury's calibration meeting."""

    state: str = Field(
        description=_("preparing, practising, open (the scores are on the table) or concluded.")
    )
    at: dt.datetime | None = Field(
        description=_("When; at this instant the scores are put on the table. Empty: by hand.")
    )
    place: str = Field(description=_("Where; may be empty."))
    link: str = Field(description=_("To join from afar; may be empty."))
    named: bool = Field(description=_("Whether jurors see each other's names beside the scores."))
    counts: bool = Field(description=_("Whether the call says that practice scores count."))
    table: TableOut | None = Field(description=_("The scores; none until they are put on the table."))
    page: str = Field(description=_("The meeting for people."))


class ToPractiseOut(Schema):
    """An application that one practises on."""

    id: UUID = Field(description=_("Names the application."))
    title: str = Field(description=_("What it is called; in a blind review without the title, its number."))
    about: str = Field(description=_("Who applies and the track; in a blind review the track alone."))
    done: bool = Field(description=_("Whether one's practice sheet is complete."))


class SeatMeetingOut(MeetingOut):
    """A calibration meeting as one of its jurors knows it."""

    coming: str = Field(description=_("One's answer: yes, no, or empty."))
    answer_refused: str | None = Field(description=_("Why nothing can be written now; none: it can."))
    applications: list[ToPractiseOut] = Field(
        description=_("What one practises on: nothing in a track of a conflict of interest.")
    )


class ComingIn(Schema):
    """Whether one comes."""

    coming: Literal[(Coming.YES.value, Coming.NO.value)] = Field(description=_("yes or no."))  # type: ignore[valid-type]


class PracticeSheetOut(ToPractiseOut):
    """A practice sheet: what to read, what to score, what one gave."""

    criteria: list[CriterionOut] = Field(description=_("What to score."))
    scores: dict[str, int] = Field(description=_("What was given so far, by the criterion's key."))
    agreed: dict[str, str] = Field(
        description=_("By the criterion's key, what the jury agreed that it means.")
    )
    reached: Decimal = Field(description=_("Points so far."))
    missing: int = Field(description=_("How many scores are missing; with none, the sheet is complete."))
    write_refused: str | None = Field(description=_("Why nothing can be written now; none: it can."))
    blocks: list[BlockOut] = Field(description=_("The answers, to be read from top to bottom."))


class PracticeScoresIn(Schema):
    """Practice scores to write."""

    scores: dict[str, int | None] = Field(
        max_length=100,
        description=_(
            "By the criterion's key; null takes a score back, until the scores are on the table. Others stay as they"
            " are."
        ),
    )


class AttendingOut(Schema):
    """A juror of the meeting."""

    juror: str = Field(description=_("Their name."))
    coming: str = Field(description=_("Their answer: yes, no, or empty."))
    was_there: bool = Field(description=_("Whether they were there, as the staff wrote it down."))
    complete: int = Field(description=_("How many practice sheets are complete."))


class ChosenOut(Schema):
    """An application that jurors practise on."""

    id: UUID = Field(description=_("Names the application."))
    number: int | None = Field(description=_("The application's number."))
    title: str = Field(description=_("What it is called."))
    track: str = Field(alias="track.key", description=_("The key of its track."))


class StaffMeetingOut(MeetingOut):
    """A calibration meeting as the staff know it: all scores, once they are on the table, with names."""

    applications: list[ChosenOut] = Field(description=_("What jurors practise on."))
    jurors: list[AttendingOut] = Field(description=_("The jurors who practise; nobody before they began."))
