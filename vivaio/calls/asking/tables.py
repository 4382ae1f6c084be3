"""The queue of questions as a list. Who asked is not in it: the answer is the same for everyone."""

from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from vivaio.calls.models import CallQuestion
from vivaio.calls.states import QuestionState
from vivaio.kit import formats
from vivaio.kit.tables import ChoiceFilter, Column, Table, tagged

TONES = {
    QuestionState.ASKED: "now",
    QuestionState.PUBLISHED: "yes",
    QuestionState.MERGED: "yes",
    QuestionState.PRIVATE: "",
    QuestionState.DECLINED: "no",
    QuestionState.TAKEN_BACK: "",
}
SHOWN = [choice for choice in QuestionState.choices if choice[0] != QuestionState.TAKEN_BACK]


def words_of(question: CallQuestion) -> str:
    """The question as it is published; before that, as it was asked."""
    return str(Truncator(question.wording_i18n or question.text).words(18))


def tag(question: CallQuestion) -> Any:
    tone = TONES[QuestionState(question.state)]
    return tagged(question.get_state_display(), tone)


class Questions(Table):
    caption = _("Questions on the call")
    nouns = ngettext_lazy("%(n)d question", "%(n)d questions", "n")
    search = ("text", "wording", "answer")
    search_hint = _("Words of the question or of the answer")
    filters = [ChoiceFilter("state", _("State"), SHOWN)]
    default_order = "state"
    row_header = "question"

    columns = [
        Column(
            "question",
            _("Question"),
            value=lambda one: one.wording_i18n or one.text,
            show=words_of,
            href=lambda one: reverse("calls:question", args=[one.call.programme.slug, one.call.slug, one.pk]),
        ),
        Column("number", _("Number"), order="number", figures=True, phone=False),
        Column("state", _("State"), value="get_state_display", show=tag, order="state"),
        Column(
            "asked_at",
            _("Asked"),
            value="created_at",
            show=lambda one: formats.moment(one.created_at, one.call.time_zone),
            order="created_at",
            phone=False,
        ),
        Column("answer", _("Answer"), value="answer_i18n", page=False),
    ]
