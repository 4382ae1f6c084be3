"""What awaits those who answer for the installation."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.desk.home.items import Item
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.publishing.accessibility import queries as accessibility

# So long before its year has passed, the statement is to be reviewed.
AHEAD = dt.timedelta(days=30)


def items(person: Person) -> Iterator[Item]:
    """Accessibility reports that wait for an answer, the statement that is to be written or reviewed; one query."""
    if not person.is_administrator:
        return
    found = accessibility.duties(person)
    if found.waiting and found.first_term:
        yield Item(
            title=ngettext(
                "Answer %(n)d accessibility report", "Answer %(n)d accessibility reports", found.waiting
            )
            % {"n": found.waiting},
            text=_("The law gives thirty days; the term that ends first stands here."),
            action=_("Open the reports"),
            href=reverse("publishing:accessibility_reports"),
            context=_("The installation"),
            due=end_of(found.first_term),
            zone=settings.TIME_ZONE,
        )
    if found.review_by and found.review_by <= clock.today() + AHEAD:
        yield Item(
            title=_("Review the accessibility statement"),
            text=_("It is reviewed once a year: check each point and save it, changed or not."),
            action=_("Open the statement"),
            href=reverse("publishing:accessibility_statement"),
            context=_("The installation"),
            due=end_of(found.review_by),
            zone=settings.TIME_ZONE,
        )
    elif not found.declared:
        yield Item(
            title=_("Complete the accessibility statement"),
            text=_("So far it says what is true of the software, without the name of a body."),
            action=_("Open the statement"),
            href=reverse("publishing:accessibility_statement"),
            context=_("The installation"),
        )


def end_of(day: dt.date) -> dt.datetime:
    """The last instant of the day, by the installation's clock."""
    return dt.datetime.combine(day, dt.time.max, tzinfo=ZoneInfo(settings.TIME_ZONE))
