"""Who answers for accessibility, how much may be sent at once, and why not more."""

import datetime as dt

from django.utils.translation import gettext as _

from vivaio.people.models import Person
from vivaio.publishing.accessibility import queries
from vivaio.publishing.models import AccessibilityReport
from vivaio.publishing.states import Assessment, ReportState

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
# From one connection, which a school or an office may share; then for the whole installation.
MOST_AN_HOUR, MOST_A_DAY = 10, 30
MOST_OF_ALL_A_DAY = 500
MESSAGES_A_DAY = 10
# To one address: a form that writes to any address must not be a way of filling somebody's mailbox.
RECEIPTS_A_DAY = 3


def look_after(person: Person | None) -> str | None:
    """Administrators answer for the installation; without a person the machine acts."""
    if person is None or person.is_administrator:
        return None
    return _("Only administrators of this installation look after its accessibility.")


def declare(values: dict[str, object], person: Person | None) -> str | None:
    """A statement that says it was assessed says when."""
    refused = look_after(person)
    if not refused and values.get("method") != Assessment.MAKERS and not values.get("assessed_on"):
        return _("Say on which day it was assessed.")
    return refused


def receive(source: str) -> str | None:
    """Enough for whoever meets one barrier after another, too little for a flood."""
    if source and (
        queries.received_since(HOUR, source=source) >= MOST_AN_HOUR
        or queries.received_since(DAY, source=source) >= MOST_A_DAY
    ):
        return _(
            "Many reports have come from your connection in a short time. What you wrote is still here: "
            "send it in an hour, or write to the address on the accessibility statement."
        )
    if queries.received_since(DAY) >= MOST_OF_ALL_A_DAY:
        return _(
            "Very many reports are coming in at the moment. What you wrote is still here: send it "
            "tomorrow, or write to the address on the accessibility statement."
        )
    return None


def may_receipt(email: str) -> bool:
    """Whether one more receipt may leave for this address today."""
    return queries.received_since(DAY, email__iexact=email) <= RECEIPTS_A_DAY


def write(report: AccessibilityReport, text: str) -> str | None:
    """Who reported it adds what there is to add, a few times a day, once each."""
    if text.strip() == queries.last_words(report, by_body=False).strip():
        return _("This message is there already: nothing was sent twice.")
    if queries.written_since(report, DAY) >= MESSAGES_A_DAY:
        return _("You have added %(n)s messages in a day, which is the most: go on tomorrow.") % {
            "n": MESSAGES_A_DAY
        }
    return None


def take(report: AccessibilityReport, person: Person | None) -> str | None:
    """A report is taken in hand as long as nobody has, and a closed one again."""
    refused = look_after(person)
    if not refused and report.state == ReportState.IN_HAND:
        return _("Somebody has it in hand already.")
    return refused


def answer(report: AccessibilityReport, text: str, person: Person | None) -> str | None:
    """What is answered is said in words, once; after the end it is taken in hand again first."""
    refused = look_after(person)
    if refused:
        return refused
    if report.state == ReportState.CLOSED:
        return _("This report is closed: take it in hand again before you write.")
    if text.strip() == queries.last_words(report, by_body=True).strip():
        return _("This answer is there already: nothing was sent twice.")
    return None
