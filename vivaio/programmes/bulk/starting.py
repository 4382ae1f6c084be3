"""What a list's view calls: to offer acts on many rows, and to take the rows that were chosen to the preview."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.kit.refusals import refusals_shown
from vivaio.kit.rules import Refused
from vivaio.kit.tables import Table, bulk
from vivaio.programmes.bulk import actions
from vivaio.programmes.bulk.acts import REGISTRY
from vivaio.programmes.models import Programme

LONGEST_ADDRESS = 2000


def offer(
    table: Table,
    programme: Programme,
    keys: Iterable[str],
    refused: Any = None,
    more: Sequence[tuple[str, Any]] = (),
) -> None:
    """Let the rows be chosen for these acts, unless the person may do none of them (`refused`).

    `more` are keys and words of what the view does itself with the rows.
    """
    acts = [*([] if refused else [(key, REGISTRY[key].label) for key in keys]), *more]
    bulk.offer(table, acts, reverse("programmes:bulk_runs", args=[programme.slug]), changes=not more)


def start(request: HttpRequest, table: Table, programme: Programme) -> HttpResponse:
    """To the preview of what was asked for; back to the list with the reason where nothing, or too much, was chosen."""
    here = request.get_full_path()
    with refusals_shown(request):
        asked = request.POST.get("act", "")
        if table.bulk is None or asked not in dict(table.bulk.acts):
            raise Refused(_("Nothing was changed: choose what to do from the list."))
        rows = bulk.chosen(table, request.POST)
        return redirect(
            actions.prepare(programme, REGISTRY[asked], rows, back=way_back(request), by=request.user)
        )
    return redirect(here)


def way_back(request: HttpRequest) -> str:
    """The list as it was asked for; the whole list where that is too long to be kept."""
    here = request.get_full_path()
    return here if len(here) <= LONGEST_ADDRESS else request.path
