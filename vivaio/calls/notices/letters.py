"""The letter about a notice, to those who follow the call; its applicants hear from the room of applications."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from vivaio.calls.asking import queries as asking
from vivaio.calls.models import CallNotice
from vivaio.calls.notices import queries
from vivaio.mailroom.categories import FOLLOWED
from vivaio.mailroom.letters import Letter, Recipient


def followers(notice: CallNotice) -> Iterable[Recipient]:
    """Whoever follows the call and has not been told as an applicant (`told`, from the event)."""
    told = getattr(notice, "told", frozenset())
    return [Recipient.of(one) for one in asking.followers(notice.call) if one.pk not in told]


def about(notice: CallNotice, recipient: Recipient) -> dict[str, Any]:
    """The notice in the reader's language."""
    return queries.told_in(notice, recipient.language)


def _call(notice: CallNotice) -> UUID:
    return notice.call_id


followed = Letter(
    "calls.notice_followed",
    title=_("A notice of a call that you follow"),
    category=FOLLOWED,
    recipients=followers,
    context=about,
    group=lambda notice: notice.pk,
    owner=_call,
)
