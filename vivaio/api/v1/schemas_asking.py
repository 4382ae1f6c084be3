"""What is told of a call's notices, and of the questions asked about it."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from vivaio.calls.notices import changes


class NoticeChangeOut(Schema):
    """A thing that a notice changed."""

    label: str = Field(description=_("What was changed, in words."))
    before: str = Field(description=_("What it said before; may be empty."))
    after: str = Field(description=_("What it says now; may be empty."))


class NoticeOut(Schema):
    """An amendment, an extension or a reopening."""

    number: int = Field(description=_("Its number in the call."))
    kind: str = Field(description=_("amendment, extension or reopening."))
    reason: str = Field(alias="reason_i18n", description=_("Why."))
    published_at: dt.datetime = Field(alias="created_at", description=_("When it was published."))
    changes: list[NoticeChangeOut] = Field(description=_("What it changed."))
    page: str = Field(description=_("Where people read it."))

    @staticmethod
    def resolve_changes(row: Any) -> list[Any]:
        return list(changes.told(row))

    @staticmethod
    def resolve_page(row: Any) -> str:
        return f"{settings.BASE_URL}{row.get_absolute_url()}"


class CorrectionOut(Schema):
    """A correction of an answer."""

    at: dt.datetime = Field(alias="created_at", description=_("When it was corrected."))
    note: str = Field(alias="note_i18n", description=_("What was corrected, and why."))


class QuestionOut(Schema):
    """A question on the call with its answer."""

    number: int = Field(description=_("Its number in the call."))
    about: str = Field(
        description=_("The passage that it is about: an anchor of the call’s page; may be empty.")
    )
    question: str = Field(alias="wording_i18n", description=_("The question as it is published."))
    answer: str = Field(alias="answer_i18n", description=_("The answer, in Markdown."))
    answered_at: dt.datetime | None = Field(description=_("When it was published."))
    corrections: list[CorrectionOut] = Field(description=_("What was corrected since, the first one first."))
    page: str = Field(description=_("Where people read it."))

    @staticmethod
    def resolve_corrections(row: Any) -> list[Any]:
        return list(row.corrections.all())

    @staticmethod
    def resolve_page(row: Any) -> str:
        return f"{settings.BASE_URL}{row.get_absolute_url()}"
