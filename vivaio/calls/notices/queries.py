"""Reads about the notices of a call."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils.translation import override

from vivaio.calls.models import Call, CallNotice
from vivaio.calls.notices import changes
from vivaio.calls.states import CallState
from vivaio.kit import formats
from vivaio.programmes.models import Programme


def of_call(call: Call) -> QuerySet[CallNotice]:
    """The call's notices, the newest first."""
    return CallNotice.objects.filter(call=call).select_related("call__programme").order_by("-number")


def of_programmes(programmes: QuerySet[Programme]) -> QuerySet[CallNotice]:
    """The notices of public calls, the newest first, for the feed."""
    rows = CallNotice.objects.filter(call__programme__in=programmes).exclude(call__state=CallState.DRAFT)
    return rows.select_related("call__programme").order_by("-created_at")


def next_number(call: Call) -> int:
    """The number of the next notice; asked while the call is locked."""
    return (CallNotice.objects.filter(call=call).aggregate(n=Max("number"))["n"] or 0) + 1


def stands(call: Call) -> str:
    """When the call was last written: who publishes a notice says what they saw."""
    return f"{call.updated_at.timestamp():.6f}"


def told_in(notice: CallNotice, language: str) -> dict[str, Any]:
    """The notice in a language, as letters tell it."""
    call = notice.call
    with override(language or settings.LANGUAGE_CODE):
        return {
            "call": str(call),
            "programme": str(call.programme),
            "notice": str(notice),
            "reason": notice.reason_i18n,
            "changes": changes.told(notice),
            "open": call.is_open(),
            "closes": formats.instant(call.closes_at, call.time_zone),
            "link": f"{settings.BASE_URL}{notice.get_absolute_url()}",
        }


def announced(notices: Iterable[CallNotice]) -> set[UUID]:
    """The documents that these notices have announced."""
    return {UUID(one["document"]) for notice in notices for one in notice.changes if one.get("document")}
