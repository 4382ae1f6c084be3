"""The staff prepares the results: takes the figures, writes above them, publishes, tells whoever took part."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.kit.forms import posted
from vivaio.kit.frame import Item
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing.models import Results
from vivaio.publishing.results import actions, parts, queries, rules
from vivaio.publishing.results.forms import ResultsForm
from vivaio.publishing.results.steps import ACTS, shown
from vivaio.publishing.results.telling import Telling
from vivaio.publishing.shelves import tabs

TONES = {"draft": "maybe", "published": "yes", "withdrawn": "no"}


def found(request: HttpRequest, slug: str, permission: str) -> tuple[Programme, Results | None]:
    """The programme in which the person has the permission, and its results as far as they are; else 404."""
    row = get_object_or_404(programmes.programmes_where(request.user, permission), slug=slug)
    request.frame_programme = row  # type: ignore[attr-defined]
    request.frame_permissions = programmes.permissions_of(request.user, row)  # type: ignore[attr-defined]
    return row, queries.of_programme(row)


@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, programme: str) -> HttpResponse:
    """Where the results stand, their figures, and what is written above them."""
    row, results = found(request, programme, "programme.read")
    refused = rules.edit(row, request.user)
    form = ResultsForm(posted(request), programme=row, results=results)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("Kept.")) as kept:
            actions.write(row, **form.values, by=request.user)
        if not kept.refused:
            return redirect("publishing:results_manage", row.slug)
    context = {"programme": row, "results": results, "form": None if refused else form, "refused": refused}
    return render(request, "publishing/results/manage.html", context | standing(request, row, results))


def standing(request: HttpRequest, row: Programme, results: Results | None) -> dict[str, Any]:
    """The state, the figures with the lists behind them, and the next steps."""
    permissions = request.frame_permissions  # type: ignore[attr-defined]
    told = parts.told(Telling(results, permissions)) if results else []
    return {
        "tabs": tabs(row, Item(_("Results"), reverse("publishing:results_manage", args=[row.slug]), True)),
        "tone": TONES[results.state] if results else "",
        "parts": told,
        "acts": shown(row, results, request.user),
    }


@require_POST
def take(request: HttpRequest, programme: str) -> HttpResponse:
    """Count everything anew."""
    row, _results = found(request, programme, "site.edit")
    with refusals_shown(request, _("The figures are those of this moment.")):
        actions.take(row, by=request.user)
    return redirect("publishing:results_manage", row.slug)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, programme: str, act: str) -> HttpResponse:
    """Ask, then publish, withdraw, or have the letters written."""
    row, results = found(request, programme, "site.edit")
    step = ACTS.get(act)
    if step is None or results is None:
        raise Http404
    here = reverse("publishing:results_manage", args=[row.slug])
    if request.method == "POST":
        with refusals_shown(request, step.done):
            step.run(row, by=request.user)
        return redirect(here)
    context = {
        "title": step.title, "text": step.text, "action": step.button, "back_href": here, "danger": step.danger,
        "refused": step.rule(results, request.user), "trail": [(_("Results"), here), (step.title, "")],
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)
