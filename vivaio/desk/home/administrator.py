"""What awaits those who answer for the installation."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.desk.home.items import Item
from vivaio.people.models import Person
from vivaio.publishing.accessibility import queries as accessibility


def items(person: Person) -> Iterator[Item]:
    """Accessibility reports that wait for an answer, with the term that ends first; one query."""
    if not person.is_administrator:
        return
    found = accessibility.waiting().order_by().aggregate(n=Count("pk"), first=Min("waits_until"))
    if not found["n"]:
        return
    end = dt.datetime.combine(found["first"], dt.time.max, tzinfo=ZoneInfo(settings.TIME_ZONE))
    yield Item(
        title=ngettext("Answer %(n)d accessibility report", "Answer %(n)d accessibility reports", found["n"])
        % {"n": found["n"]},
        text=_("The law gives thirty days; the term that ends first stands here."),
        action=_("Open the reports"),
        href=reverse("publishing:accessibility_reports"),
        context=_("The installation"),
        due=end,
        zone=settings.TIME_ZONE,
    )
