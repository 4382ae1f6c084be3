"""Reminders that the clock starts."""

import datetime as dt

from django.db import transaction

from vivaio.applications import letters
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.states import CallState
from vivaio.kit import clock

AHEAD = dt.timedelta(hours=48)


@transaction.atomic
def remind_of_deadline() -> int:
    """Write to the teams of drafts whose call closes within 48 hours: once for each deadline."""
    now = clock.now()
    drafts = Application.objects.filter(
        state=ApplicationState.DRAFT,
        call__state=CallState.PUBLISHED,
        call__closes_at__gt=now,
        call__closes_at__lte=now + AHEAD,
    ).select_related("call__programme", "track", "organisation", "person")
    return sum(
        len(letters.deadline_reminder.enqueue(draft, cause=draft.call.closes_at.isoformat()))
        for draft in drafts
    )
