"""Reads of what is due to go: files taken out, drafts left behind, applications without a place, a person's own."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.states import CallState
from vivaio.people.models import Person


def with_detached_files(before: dt.datetime) -> list[UUID]:
    """Applications with files that were taken out of the answers before that instant."""
    found = Application.objects.filter(response__attachments__detached_at__lt=before)
    return list(found.order_by("pk").values_list("pk", flat=True).distinct())


def abandoned_drafts(programme: UUID | None, before: Any) -> QuerySet[Application]:
    """Drafts that were never handed in, of calls that closed before that instant."""
    return Application.objects.filter(
        call__programme=programme, call__closes_at__lt=before, number__isnull=True, receipts=None
    )


def without_a_place(programme: UUID | None, before: Any) -> QuerySet[Application]:
    """Applications excluded, or withdrawn after they were handed in, before that instant, with their answers."""
    out = Q(state=ApplicationState.EXCLUDED, decided_at__lt=before)
    back = Q(state=ApplicationState.WITHDRAWN, number__isnull=False, withdrawn_at__lt=before)
    return Application.objects.filter(out | back, call__programme=programme, emptied_at=None)


def own_drafts(person: Person) -> list[UUID]:
    """Drafts of the person alone that were never handed in."""
    rows = Application.objects.filter(person=person, number__isnull=True, receipts=None)
    return list(rows.values_list("pk", flat=True))


def own_without_a_place(person: Person) -> list[UUID]:
    """Applications of the person alone that were excluded or withdrawn, with their answers."""
    states = (ApplicationState.EXCLUDED, ApplicationState.WITHDRAWN, ApplicationState.DRAFT)
    rows = Application.objects.filter(person=person, state__in=states, emptied_at=None)
    return list(rows.values_list("pk", flat=True))


def own_being_assessed(person: Person) -> QuerySet[Application]:
    """Applications of the person alone that were handed in to a call that is not over."""
    over = (CallState.CONCLUDED, CallState.WITHDRAWN)
    states = (ApplicationState.SUBMITTED, ApplicationState.INTEGRATION, ApplicationState.ADMITTED)
    return Application.objects.filter(person=person, state__in=states).exclude(call__state__in=over)
