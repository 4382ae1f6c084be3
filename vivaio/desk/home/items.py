"""One thing to do, and how its urgency is told."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vivaio.kit import clock, formats

FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Item:
    """Something that awaits a person: by when, what and why, and the one button that leads there."""

    title: str
    action: str
    href: str
    text: str = ""
    context: str = ""
    due: dt.datetime | None = None
    zone: str = "Europe/Rome"
    held: bool = False

    @property
    def when(self) -> str:
        """The deadline in a word or two."""
        if self.held:
            return _("Held")
        if self.due is None:
            return _("To do")
        if self.due <= clock.now():
            return _("Late")
        if formats.local_date(self.due, self.zone) == clock.today(self.zone):
            return _("Today, by %(hour)s") % {"hour": formats.hour(self.due, self.zone)}
        return _("By %(day)s") % {"day": formats.near_day(self.due, self.zone)}

    @property
    def tone(self) -> str:
        """Terracotta for what is close or late, ochre for what waits for a person's word."""
        if self.held:
            return "maybe"
        if self.due is not None and self.due - clock.now() < dt.timedelta(days=2):
            return "now"
        return ""

    @property
    def icon(self) -> str:
        return "mail" if self.held else ("clock" if self.tone == "now" else "")


def by_urgency(items: list[Any]) -> list[Any]:
    """The soonest first; what has no deadline comes after, in the order given."""
    return sorted(items, key=lambda item: item.due or FAR)
