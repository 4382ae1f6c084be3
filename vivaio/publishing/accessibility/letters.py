"""The letters about reports. None repeats what a stranger typed: the form writes to whatever address it is given."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.mailroom.categories import PROCEDURE
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.publishing.accessibility import queries
from vivaio.publishing.models import AccessibilityReport


def reporter(report: AccessibilityReport) -> Iterable[Recipient]:
    """The address that was left, if one was."""
    if report.email:
        person = report.person
        own = person is not None and person.email.lower() == report.email.lower()
        known = Recipient.of(person) if own else Recipient(report.email)
        yield replace(known, language=report.language)


def own_page(report: AccessibilityReport, recipient: Recipient) -> dict[str, Any]:
    """The report, the body, and the page that this letter alone opens."""
    with override(recipient.language):
        path = reverse("publishing:own_report", args=[getattr(report, "token", "")])
        statement = reverse("publishing:accessibility")
    return {
        "report": report,
        "body": queries.statement().body,
        "answer": getattr(report, "answer", ""),
        "link": f"{settings.BASE_URL}{path}",
        "statement": f"{settings.BASE_URL}{statement}",
    }


def answering(report: AccessibilityReport) -> Iterable[Recipient]:
    """Every administrator."""
    for person in queries.administrators():
        yield Recipient.of(person)


def to_answer(report: AccessibilityReport, recipient: Recipient) -> dict[str, Any]:
    """The report, what is left of its term, and the page where it is answered."""
    with override(recipient.language):
        path = report.get_absolute_url()
    left = report.days_left or 0
    return {"report": report, "left": left, "late": left < 0, "link": f"{settings.BASE_URL}{path}"}


to_reporter = partial(Letter, category=PROCEDURE, recipients=reporter, context=own_page, personal="link")
to_administrators = partial(Letter, category=PROCEDURE, recipients=answering, context=to_answer)

receipt = to_reporter("publishing.accessibility_receipt", title=_("Receipt of an accessibility report"))
answered = to_reporter("publishing.accessibility_answer", title=_("Answer to an accessibility report"))
waits = to_administrators(
    "publishing.accessibility_waits", title=_("An accessibility report waits for an answer")
)
term = to_administrators("publishing.accessibility_term", title=_("The term of an accessibility report"))
