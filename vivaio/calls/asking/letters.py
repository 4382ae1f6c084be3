"""The letters about questions. The staff's carries no word of the stranger who asked; the asker's no name."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.calls.asking import queries
from vivaio.calls.models import CallQuestion
from vivaio.kit import formats
from vivaio.mailroom.categories import FOLLOWED, PROCEDURE, STAFF
from vivaio.mailroom.letters import Letter, Recipient


def asker(question: CallQuestion) -> Iterable[Recipient]:
    """Who asked; and whoever asked the same, which was answered with this one."""
    asked = [one.asked_by for one in question.merged.select_related("asked_by").order_by("created_at")]
    people = {one.pk: one for one in (question.asked_by, *asked) if one is not None and one.is_active}
    return [Recipient.of(one) for one in people.values()]


def own_asker(question: CallQuestion) -> Iterable[Recipient]:
    """Who asked this very question."""
    person = question.asked_by
    return [Recipient.of(person)] if person is not None and person.is_active else []


def followers(question: CallQuestion) -> Iterable[Recipient]:
    """Whoever follows the call; who asked hears in another letter."""
    asked = {one.person_id for one in asker(question)}
    return [Recipient.of(one) for one in queries.followers(question.call) if one.pk not in asked]


def staff(question: CallQuestion) -> Iterable[Recipient]:
    """Who answers questions on the call."""
    return [Recipient.of(one) for one in queries.answering(question.call)]


def _call(question: CallQuestion) -> UUID:
    return question.call_id


def told(question: CallQuestion, recipient: Recipient) -> dict[str, Any]:
    """The question and its answer in the reader's language, and the page where they stand."""
    call = question.call
    shown = question.into or question
    with override(recipient.language or settings.LANGUAGE_CODE):
        page = reverse("calls:questions", args=[call.programme.slug, call.slug])
        return {
            "call": str(call),
            "programme": str(call.programme),
            "number": shown.number,
            "wording": shown.wording_i18n,
            # The staff's own Markdown, without HTML; no heading of theirs may pass for one of the letter.
            "answer": mark_safe(quoted(shown.answer_i18n)),
            "reply": question.reply,
            "asked": formats.instant(question.created_at, call.time_zone),
            "text": question.text,
            "link": f"{settings.BASE_URL}{page}" + (f"#q-{shown.number}" if shown.number else ""),
        }


def quoted(text: str) -> str:
    """The lines of a Markdown text as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def to_answer(question: CallQuestion, recipient: Recipient) -> dict[str, Any]:
    """Where the question is answered."""
    call = question.call
    with override(recipient.language or settings.LANGUAGE_CODE):
        page = reverse("calls:question", args=[call.programme.slug, call.slug, question.pk])
    return {"call": str(call), "programme": str(call.programme), "link": f"{settings.BASE_URL}{page}"}


received = Letter(
    "calls.question_received",
    title=_("A question on a call"),
    category=STAFF,
    recipients=staff,
    context=to_answer,
    owner=_call,
)
answered = Letter(
    "calls.question_answered",
    title=_("Answer to your question"),
    category=PROCEDURE,
    recipients=own_asker,
    context=told,
    owner=_call,
)
replied = Letter(
    "calls.question_replied",
    title=_("Answer to you alone"),
    category=PROCEDURE,
    recipients=own_asker,
    context=told,
    owner=_call,
)
declined = Letter(
    "calls.question_declined",
    title=_("A question is not answered"),
    category=PROCEDURE,
    recipients=own_asker,
    context=told,
    owner=_call,
)
published = Letter(
    "calls.answer_published",
    title=_("An answer on a call that you follow"),
    category=FOLLOWED,
    recipients=followers,
    context=told,
    owner=_call,
)
corrected = Letter(
    "calls.answer_corrected",
    title=_("An answer to your question was corrected"),
    category=PROCEDURE,
    recipients=asker,
    context=told,
    owner=_call,
)
corrected_followed = Letter(
    "calls.answer_corrected_followed",
    title=_("An answer on a call that you follow was corrected"),
    category=FOLLOWED,
    recipients=followers,
    context=told,
    owner=_call,
)
