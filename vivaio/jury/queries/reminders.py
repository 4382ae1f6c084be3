"""Which juries the clock has something to do for."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q

from vivaio.jury.models import Panel
from vivaio.jury.queries import assignment as assignments
from vivaio.jury.states import PanelState
from vivaio.kit import clock

BEFORE = (dt.timedelta(days=3), dt.timedelta(days=1))


def panel(pk: str) -> Panel | None:
    """One panel, if it is still there."""
    return Panel.objects.filter(pk=pk).first()


def _scoring(ending: Q) -> list[Panel]:
    return list(
        Panel.objects.filter(ending, state=PanelState.SCORING)
        .select_related("call__programme")
        .order_by("pk")
    )


def _ends(**lookup: dt.datetime) -> Q:
    """The panel's own end where it has one, else the call's."""
    own = {f"scoring_closes_at__{name}": value for name, value in lookup.items()}
    call = {f"call__scoring_closes_at__{name}": value for name, value in lookup.items()}
    return Q(**own) | Q(scoring_closes_at=None, **call)


def to_close() -> list[Panel]:
    """Scorings still open whose instant has passed."""
    return _scoring(_ends(lte=clock.now()))


def to_remind() -> Iterator[tuple[Panel, set[UUID]]]:
    """Panels near their end, and the jurors not yet reminded of that.

    A reminder that staff sent within the day before counts, so that nobody hears twice in a day.
    """
    now = clock.now()
    for found in _scoring(_ends(gt=now, lte=now + max(BEFORE))):
        assert found.closes_at is not None  # noqa: S101  (the query asked for an end)
        due = max(found.closes_at - before for before in BEFORE if found.closes_at - before <= now)
        jurors = assignments.seated(found).filter(
            Q(reminded_at=None) | Q(reminded_at__lt=due - dt.timedelta(days=1))
        )
        waiting = set(jurors.values_list("pk", flat=True))
        if waiting:
            yield found, waiting
