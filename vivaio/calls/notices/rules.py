"""When a notice may be published, and what it may change."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from vivaio.calls import rules as calls
from vivaio.calls import vouchers
from vivaio.calls.models import Award, Call
from vivaio.calls.states import CallState, Window
from vivaio.kit import clock, formats
from vivaio.people.models import Person

Answer = Any  # None, or words


def publish(call: Call, person: Person) -> Answer:
    """A notice is for a call that has opened: before, the call itself is written again."""
    if refused := calls.edit(call, person) or calls.alive(call):
        return refused
    if call.state == CallState.DRAFT or call.window == Window.AHEAD:
        return _("The call has not opened: change it in its sections, no notice is needed.")
    return None


def says_why(reason: str) -> Answer:
    """Everybody reads why."""
    return None if reason.strip() else _("Write why: everybody reads it.")


def something(changes: Collection[Any]) -> Answer:
    """A notice changes something."""
    return None if changes else _("Nothing is different from what the call says now.")


def unseen(seen: str, stands: str) -> Answer:
    """What is published was written from the call as it stands."""
    if seen == stands:
        return None
    return _("The call has changed since you opened this page. Read it as it is now, then publish.")


def closing(call: Call, before: dt.datetime) -> Answer:
    """The end of a window is only ever moved on; one that has passed is opened again to an instant to come."""
    if call.closes_at < before:
        return _("The closing can only be moved on: applicants count on %(instant)s.") % {
            "instant": formats.instant(before, call.time_zone)
        }
    if call.closes_at > before and call.closes_at <= clock.now():
        return _("Choose a closing that is still to come.")
    return None


def asking(call: Call, before: dt.datetime | None) -> Answer:
    """Nor do people lose time to ask; questions end with the call at the latest."""
    until = call.questions_until
    if before is not None and (until is None or until < before):
        return _("The end of the questions can only be moved on.")
    if until is not None and until > call.closes_at:
        return _("Questions end before the call closes, or with it.")
    return None


def calendar(call: Call) -> Answer:
    """The jury begins when the call has closed, and ends after it has begun."""
    starts, ends = call.scoring_opens_at, call.scoring_closes_at
    if starts is not None and starts < call.closes_at:
        return _("The jury would begin before the call closes: move its beginning on too.")
    if starts is not None and ends is not None and ends < starts:
        return _("The jury would end before it begins: move its end on too.")
    return None


def window(row: Any) -> Answer:
    """A later stage still closes after it has opened, and opens at an instant to come."""
    if not isinstance(row, Call):
        return None
    if row.opens_at <= clock.now():
        return _("Choose an opening that is still to come.")
    return None if row.closes_at > row.opens_at else _("The closing comes after the opening.")


def award(row: Any, call: Call, last_day: dt.date | None) -> Answer:
    """What an award buys holds together, and a new last day to claim it (`last_day`: the one before) is of use."""
    if not isinstance(row, Award):
        return None
    for _name, words in vouchers.problems({name: getattr(row, name) for name in ("kind", *vouchers.TERMS)}):
        return f"{row}: {words}"
    return None if row.last_day == last_day else claimable(row.last_day, call.closes_at, call.time_zone)


def claimable(day: dt.date | None, closes_at: dt.datetime, zone: str) -> Answer:
    """The last day to claim an award is still to come, and comes after the call has closed."""
    if day is None or day > formats.local_date(max(clock.now(), closes_at), zone):
        return None
    return _("Choose a last day that is still to come, after the call has closed: before, nobody has won.")


def after_closing(changed: Collection[str], *, reopened: bool, expired: bool) -> Answer:
    """Once the terms have expired, who may apply changes only for a call that takes applications again."""
    wanted = {name for name in changed if name == "who" or name.startswith("conditions.")}
    if expired and wanted and not reopened:
        return _(
            "The call has closed. Who may apply, and the conditions, change only if its terms are reopened:"
            " otherwise nobody could apply under them."
        )
    return None
