"""The few figures of applications that the staff's page of a call shows."""

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.applications import queries
from vivaio.applications.deminimis.queries import conditions_in
from vivaio.applications.models import Application
from vivaio.applications.states import HANDED_IN, ApplicationState
from vivaio.calls.models import Call
from vivaio.calls.states import CallState
from vivaio.people.models import Person


def figures(call: Call, person: Person) -> list[tuple[Any, int, str]]:
    """What came in and what waits, each leading to the list that it counts; nothing for who reads no applications."""
    if call.state == CallState.DRAFT:
        return []
    # Who may read and what there is come with one query.
    rows = Application.objects.filter(call=call, call__in=queries.calls_read_by(person).values("pk"))
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    if not counts:
        return []
    address = reverse("applications:received", args=[call.programme.slug, call.slug])
    told: list[tuple[Any, int, str]] = [
        (_("handed in"), sum(counts.get(state, 0) for state in HANDED_IN), address)
    ]
    for words, state in (
        (_("to be decided"), ApplicationState.SUBMITTED),
        (_("waiting for integration"), ApplicationState.INTEGRATION),
        (_("eligible"), ApplicationState.ADMITTED),
        (_("not eligible"), ApplicationState.EXCLUDED),
    ):
        if counts.get(state):
            told.append((words, counts[state], f"{address}?state={state}"))
    if conditions_in(call):
        declared = sum(counts.get(state, 0) for state in HANDED_IN)
        list_of = reverse("applications:de_minimis_list", args=[call.programme.slug, call.slug])
        told.append((_("de minimis declarations"), declared, list_of))
    if call.is_open():
        told.insert(0, (_("drafts"), counts.get(ApplicationState.DRAFT, 0), ""))
    return told
