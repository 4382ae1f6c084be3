"""Which juries the clock has something to do for."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from vivaio.jury.models import Panel
from vivaio.jury.queries import assignment as assignments
from vivaio.jury.states import PanelState
from vivaio.kit import clock

BEFORE = (dt.timedelta(days=3), dt.timedelta(days=1))


def panel(pk: str) -> Panel | None:
    """One panel, if it is still there."""
    return Panel.objects.filter(pk=pk).first()


def _scoring() -> QuerySet[Panel]:
    return (
        Panel.objects.filter(state=PanelState.SCORING)
        .annotate(ends=Coalesce("scoring_closes_at", "call__scoring_closes_at"))
        .select_related("call__programme")
    )


def to_close() -> QuerySet[Panel]:
    """Scorings still open whose instant has passed."""
    return _scoring().filter(ends__lte=clock.now())


def to_remind() -> Iterator[tuple[Panel, set[UUID]]]:
    """Panels near their end, and the jurors not yet reminded of that.

    A reminder that staff sent within the day before counts, so that nobody hears twice in a day.
    """
    now = clock.now()
    for found in _scoring().filter(ends__gt=now, ends__lte=now + max(BEFORE)).order_by("ends"):
        due = max(found.ends - before for before in BEFORE if found.ends - before <= now)
        jurors = assignments.seated(found).filter(
            Q(reminded_at=None) | Q(reminded_at__lt=due - dt.timedelta(days=1))
        )
        waiting = set(jurors.values_list("pk", flat=True))
        if waiting:
            yield found, waiting
