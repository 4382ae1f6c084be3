"""What is told to a juror of their seats, and what a juror says about conflicts of interest."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from vivaio.api.v1.schemas_applications import NO_NUL, InCallOut
from vivaio.api.v1.schemas_public import page
from vivaio.calls.states import Reviewing
from vivaio.jury.queries import scoring
from vivaio.jury.states import Aside
from vivaio.people.states import RelationKind


class SeatOut(Schema):
    """A jury on which one sits."""

    id: UUID = Field(description=_("Names the seat: one juror, one jury."))
    call: InCallOut = Field(alias="panel.call", description=_("The call."))
    scoring: str = Field(description=_("Where the scoring stands: forming, ahead, open or closed."))
    blind: bool = Field(description=_("Whether jurors do not know who applies."))
    declared_at: dt.datetime | None = Field(
        alias="conflicts_declared_at",
        description=_("When one’s conflicts of interest were declared; none: that comes first."),
    )
    page: str = Field(description=_("Its page for people."))

    @staticmethod
    def resolve_scoring(row: Any) -> str:
        return scoring.window(row.panel)

    @staticmethod
    def resolve_blind(row: Any) -> bool:
        return bool(row.panel.call.reviewing != Reviewing.OPEN)

    @staticmethod
    def resolve_page(row: Any) -> str:
        return page("jury:desk", row.panel_id)


class SeatsPage(Schema):
    """A page of seats."""

    count: int = Field(description=_("How many there are in all."))
    items: list[SeatOut] = Field(description=_("Those of this page."))


class BeforeJuryOut(Schema):
    """An application before the jury, for the declaration of conflicts."""

    id: UUID = Field(description=_("Names the application."))
    number: int | None = Field(description=_("The application's number."))
    title: str = Field(description=_("What it is called."))
    applicant: str = Field(alias="applicant_name", description=_("Who applies."))
    conflict: bool = Field(description=_("Whether a conflict of interest with it stands."))


class BeforeJuryPage(Schema):
    """A page of applications before the jury."""

    count: int = Field(description=_("How many there are in all."))
    items: list[BeforeJuryOut] = Field(description=_("Those of this page."))


class DeclarationIn(Schema):
    """With whom one has a conflict of interest, all of them at once."""

    applications: list[UUID] = Field(
        max_length=5000,
        description=_("The applications; none of them: with nobody. In a blind review none is named."),
    )


class AsideIn(Schema):
    """Why one does not judge an application."""

    why: Literal[tuple(Aside.values)] = Field(description=_("conflict, competence, time or other."))  # type: ignore[valid-type]
    reason: str = Field(
        "",
        max_length=300,
        pattern=NO_NUL,
        description=_("In a few words; wanted of a conflict and of another reason."),
    )
    relation: Literal[("", *RelationKind.values)] = Field(  # type: ignore[valid-type]
        "", description=_("Of a conflict: which tie. It is not kept in a blind review.")
    )


class AsideOut(Schema):
    """A juror stepped aside: the application has left their list."""

    why: str = Field(description=_("conflict, competence, time or other."))
    reason: str = Field(description=_("What was written; may be empty."))
    at: dt.datetime = Field(alias="created_at", description=_("When."))
