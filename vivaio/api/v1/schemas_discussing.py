"""What is told of a discussion of the jury."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from vivaio.api.v1.schemas_applications import NO_NUL


class GivenOut(Schema):
    """The confirmed scores of one juror."""

    who: str = Field(
        description=_("The juror: a name, or a letter where the call's jurors discuss without names.")
    )
    mine: bool = Field(description=_("Whether they are one's own."))
    scores: dict[str, int] = Field(description=_("By the criterion's key."))


class MessageOut(Schema):
    """A message."""

    id: UUID = Field(description=_("Names the message."))
    who: str = Field(description=_("Who wrote it: a name, a letter, or the office of the call."))
    mine: bool = Field(description=_("Whether it is one's own."))
    sent_at: dt.datetime = Field(description=_("When it was sent."))
    changed: bool = Field(description=_("Whether its writer changed it afterwards."))
    taken_back: bool = Field(description=_("Whether its writer took it back; then it has no text."))
    text: str = Field(description=_("Plain text."))


class DiscussionOut(Schema):
    """The discussion of an application whose scores one has confirmed."""

    state: str = Field(description=_("open or closed."))
    spread: float = Field(description=_("Points out of 100 between the highest and the lowest total."))
    given: list[GivenOut] = Field(description=_("The scores of those who have confirmed theirs."))
    messages: list[MessageOut] = Field(description=_("What was said, in its order."))
    page: str = Field(description=_("The discussion for people."))


class MessageIn(Schema):
    """A message to send."""

    text: str = Field(min_length=1, max_length=4000, pattern=NO_NUL, description=_("Plain text."))
