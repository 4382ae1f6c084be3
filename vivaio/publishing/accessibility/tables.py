"""The reports as those see them who answer."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext_lazy

from vivaio.kit import clock
from vivaio.kit.tables import ChoiceFilter, Column, Table, tagged
from vivaio.publishing.accessibility.queries import WARNED_DAYS
from vivaio.publishing.models import AccessibilityReport
from vivaio.publishing.states import Mended, ReportKind, ReportState

TONES = {
    ReportState.RECEIVED: "maybe",
    ReportState.IN_HAND: "now",
    ReportState.ANSWERED: "yes",
    ReportState.CLOSED: "yes",
}
LEFT = [
    ("late", pgettext_lazy("term", "Passed")),
    ("week", pgettext_lazy("term", "Seven days or fewer")),
    ("more", pgettext_lazy("term", "More than seven days")),
    ("none", pgettext_lazy("term", "No answer awaited")),
]


def tone_of(report: AccessibilityReport) -> str:
    """Of its state, in a list or at the head of a page; a report closed unmended is no success."""
    return "" if report.outcome == Mended.NOT_MENDED else TONES[ReportState(report.state)]


def state_in_words(report: AccessibilityReport) -> str:
    """The state, with what it was closed with."""
    state = str(report.get_state_display())
    return f"{state}: {str(report.get_outcome_display()).lower()}" if report.outcome else state


def state_tag(report: AccessibilityReport) -> Any:
    tone = tone_of(report)
    return tagged(state_in_words(report), tone)


def left_in_words(report: AccessibilityReport) -> str:
    """“6 days left”, “today”, “3 days late”; nothing where no answer is awaited."""
    days = report.days_left
    if days is None:
        return ""
    if days == 0:
        return _t("ends today")
    if days < 0:
        return ngettext("%(n)d day late", "%(n)d days late", -days) % {"n": -days}
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


def left_tag(report: AccessibilityReport) -> Any:
    days = report.days_left
    if days is None:
        return ""
    words = left_in_words(report) if days <= 0 else ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if days > WARNED_DAYS:
        return words
    return tagged(words, "no" if days < 0 else "now")


def by_days_left(rows: QuerySet[AccessibilityReport], value: str) -> QuerySet[AccessibilityReport]:
    """The reports whose running term ends then."""
    today = clock.today()
    week = today + dt.timedelta(days=WARNED_DAYS)
    narrow: dict[str, dict[str, Any]] = {
        "late": {"waits_until__lt": today},
        "week": {"waits_until__gte": today, "waits_until__lte": week},
        "more": {"waits_until__gt": week},
        "none": {"waits_until__isnull": True},
    }
    return rows.filter(**narrow[value])


class Reports(Table):
    key = "publishing.accessibility"
    caption = _("Accessibility reports")
    nouns = ngettext_lazy("%(n)d report", "%(n)d reports", "n")
    search = ("barrier", "page", "tools", "email", "entries__text")
    search_hint = _("Barrier, page, answer")
    filters = [
        ChoiceFilter("state", _("State"), ReportState.choices),
        ChoiceFilter("left", _("Days left"), LEFT, narrow=by_days_left),
    ]
    columns = [
        Column("number", _("No."), order="number", figures=True, phone=False),
        Column(
            "barrier",
            _("Report"),
            show=lambda row: Truncator(row.barrier).chars(90),
            href=lambda row: row.get_absolute_url(),
            note=lambda row: Truncator(row.page).chars(40),
        ),
        Column("kind", _("Kind"), value=lambda row: KINDS[row.kind], order="kind", page=False),
        Column("page", _("Page"), order="page", page=False),
        Column("tools", _("Browser and assistive technology"), page=False),
        Column("email", _("E-mail"), page=False),
        Column("created_at", _("Received on"), value="received_on", order="created_at", phone=False),
        Column("left", _("Days left"), value="days_left", show=left_tag, order=("waits_until", "number")),
        Column("due_on", _("Answer due by"), order="due_on", page=False),
        Column("answered_on", _("First answered on"), order="answered_on", page=False),
        Column("state", _("State"), value=state_in_words, show=state_tag, order="state"),
    ]
    default_order = "left"
    cards = True
    row_header = "barrier"


class OwnReports(Table):
    """What somebody reported, as they follow it."""

    caption = _("Your accessibility reports")
    nouns = Reports.nouns
    search = ("barrier", "page", "entries__text")
    search_hint = Reports.search_hint
    columns = [
        Column("number", _("No."), order="number", figures=True, phone=False),
        Column(
            "barrier",
            _("Report"),
            show=lambda row: Truncator(row.barrier).chars(90),
            href=lambda row: reverse("publishing:my_report", args=[row.pk]),
            note=lambda row: Truncator(row.page).chars(40),
        ),
        Column("created_at", _("Received on"), value="received_on", order="created_at", phone=False),
        Column("waits_until", _("Answer due by"), order="waits_until"),
        Column("state", _("State"), value=state_in_words, show=state_tag, order="state"),
    ]
    default_order = "-number"
    cards = True
    row_header = "barrier"


KINDS = {
    ReportKind.BARRIER: pgettext_lazy("report", "Barrier"),
    ReportKind.CONTENT: pgettext_lazy("report", "Request for content"),
}
