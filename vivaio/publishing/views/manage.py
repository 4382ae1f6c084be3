"""The staff prepares, publishes and withdraws what the public reads."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes import queries as programmes
from vivaio.programmes.bulk import starting
from vivaio.programmes.models import Programme
from vivaio.publishing import actions, queries, rules
from vivaio.publishing.bulk_acts import keys
from vivaio.publishing.shelves import ACTS, SHELVES, Shelf, address, frame
from vivaio.publishing.tables import TONES


def found(request: HttpRequest, slug: str, shelf: str, permission: str) -> tuple[Programme, Shelf]:
    """The programme in which the person has the permission, and the shelf; else 404."""
    if shelf not in SHELVES:
        raise Http404
    row = get_object_or_404(programmes.programmes_where(request.user, permission), slug=slug)
    request.frame_programme = row  # type: ignore[attr-defined]
    return row, SHELVES[shelf]


@require_http_methods(["GET", "HEAD", "POST"])
def site(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The way in: the first shelf."""
    return shelf(request, programme, "news")


@require_http_methods(["GET", "HEAD", "POST"])
def shelf(request: HttpRequest, programme: str, shelf: str) -> HttpResponseBase:
    """All that stands on a shelf, whatever its state; what is done to many things on it."""
    row, chosen = found(request, programme, shelf, "programme.read")
    table = chosen.table(queries.shelf(row, chosen.model), request.GET)
    refused = rules.edit(row, request.user)
    starting.offer(table, row, keys(chosen), refused)
    if request.method == "POST":
        return starting.start(request, table, row)
    context = frame(row, chosen, refused=refused, add_href=address(row, chosen, "add"))
    return tables.respond(request, table, "publishing/manage/shelf.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, programme: str, shelf: str) -> HttpResponse:
    """Prepare something new."""
    row, chosen = found(request, programme, shelf, "site.edit")
    form = chosen.form(posted(request), request.FILES or None, programme=row)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Kept. The staff alone sees it until you put it on line.")):
            item = actions.add(chosen.model, row, by=request.user, **form.values)
            return redirect(address(row, chosen, "edit", item.pk))
    context = frame(row, chosen, form=form, heading=chosen.new, trail=trail(row, chosen, chosen.new))
    return render(request, "publishing/manage/form.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, programme: str, shelf: str, pk: UUID) -> HttpResponse:
    """Change it; beside it, where it stands and what can be done."""
    row, chosen = found(request, programme, shelf, "site.edit")
    item = get_object_or_404(queries.shelf(row, chosen.model), pk=pk)
    form = chosen.form(posted(request), request.FILES or None, programme=row, item=item)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Kept.")) as shown:
            actions.change(item, by=request.user, without=form.without, **form.values)
        if not shown.refused:
            return redirect(address(row, chosen, "edit", item.pk))
    context = frame(row, chosen, form=form, heading=item, trail=trail(row, chosen, item))
    return render(request, "publishing/manage/form.html", context | standing(row, chosen, item, request.user))


def standing(row: Programme, chosen: Shelf, item: Any, person: Any) -> dict[str, Any]:
    """Where the item stands and what can be done."""
    return {
        "item": item,
        "state": item.get_state_display(),
        "tone": TONES[item.state],
        "acts": [
            (act.button, address(row, chosen, "act", item.pk, key), act.rule(item, person), act.danger)
            for key, act in ACTS.items()
            if act.shown(item)
        ],
    }


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, programme: str, shelf: str, pk: UUID, act: str) -> HttpResponse:
    """Ask, then do it."""
    row, chosen = found(request, programme, shelf, "site.edit")
    item = get_object_or_404(queries.shelf(row, chosen.model), pk=pk)
    taken = ACTS.get(act)
    if taken is None or (taken.form and not taken.shown(item)):
        raise Http404
    with timezone.override(ZoneInfo(row.time_zone)):
        form = taken.form(posted(request)) if taken.form else None
        if request.method == "POST" and (form is None or form.is_valid()):
            with refusals_shown(request, taken.done) as shown:
                taken.run(item, by=request.user, **(form.cleaned_data if form else {}))
            gone = act == "remove" and not shown.refused
            return redirect(address(row, chosen) if gone else address(row, chosen, "edit", pk))
        context = {"refused": taken.rule(item, request.user), "trail": trail(row, chosen, item)}
        context |= {"form": form} if form else {}
        return render(request, "kit/confirm.html", asked(taken, address(row, chosen, "edit", pk)) | context)


def asked(taken: Any, back: str) -> dict[str, Any]:
    """What the page that asks says."""
    return {
        "title": taken.title, "text": taken.text, "action": taken.button,
        "danger": taken.danger, "back_href": back,
    }  # fmt: skip


def trail(row: Programme, chosen: Shelf, last: Any) -> list[tuple[Any, str]]:
    return [
        (_("Public site"), address(row, SHELVES["news"])),
        (chosen.title, address(row, chosen)),
        (last, ""),
    ]
