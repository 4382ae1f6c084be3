"""Engagements as lists, hours given with their value, and the sessions that each figure is made of."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.experts.engaging import pages, queries
from vivaio.experts.engaging import tables as lists
from vivaio.experts.engaging.actions import terms as actions
from vivaio.experts.engaging.forms import ValueForm
from vivaio.experts.engaging.queries import engagements
from vivaio.experts.models import Bank
from vivaio.experts.queries import bank
from vivaio.initiatives.opening import programme_of
from vivaio.kit import tables
from vivaio.kit.forms import posted
from vivaio.kit.frame import Item
from vivaio.kit.refusals import refusals_shown

BY: dict[str, Any] = {
    "expert": (gettext_lazy("By expert"), lists.ByExpert, queries.by_expert),
    "initiative": (gettext_lazy("By initiative"), lists.ByInitiative, queries.by_initiative),
    "field": (gettext_lazy("By field"), lists.ByField, queries.by_field),
    "partner": (gettext_lazy("By partner"), lists.ByPartner, queries.by_partner),
}


@require_safe
def index(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The engagements of a programme."""
    row = programme_of(request, programme, "experts.read")
    choices = lists.choices_of(list(bank.competences(row)), list(row.partners.all()))
    table = lists.Engagements(engagements.in_programme(row), request.GET, choices=choices)
    return tables.respond(request, table, "experts/engaging/index.html", {"programme": row})


@require_safe
def mine(request: HttpRequest) -> HttpResponseBase:
    """An expert's own engagements."""
    table = lists.Mine(engagements.of_expert(request.user), request.GET)
    trail = [(_("My help as an expert"), reverse("experts:mine")), (_("My engagements"), "")]
    return tables.respond(request, table, "experts/engaging/mine.html", {"trail": trail})


@require_safe
def hours(request: HttpRequest, programme: str) -> HttpResponseBase:
    """Hours given and what they are worth, told by expert, initiative, field or partner."""
    row = programme_of(request, programme, "experts.read")
    by = request.GET.get("by", "")
    by = by if by in BY else "expert"
    _label, kind, read = BY[by]
    found = queries.hours_of_programme(row)
    here, sessions = (reverse(f"experts:{name}", args=[row.slug]) for name in ("hours", "given"))
    told = {"currency": found.currency, "opens": f"{sessions}?{by}="}
    table = kind(read(row), request.GET, context=told)
    context = told | {
        "programme": row,
        "found": found,
        "totals": pages.totals(found, row.slug),
        "beside": pages.beside(found, by),
        "beside_href": f"{sessions}?{by}={lists.NONE}",
        "tabs": [Item(label, f"{here}?by={key}", key == by) for key, (label, *_rest) in BY.items()],
    }
    return tables.respond(request, table, "experts/engaging/hours.html", context)


@require_safe
def given(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The sessions whose hours both sides confirmed: all, or those behind one figure."""
    row = programme_of(request, programme, "experts.read")
    _value, currency = queries.hour_value(row)
    table = lists.Sessions(queries.sessions_given(row), request.GET, context={"currency": currency})
    trail = [(_("Hours given"), reverse("experts:hours", args=[row.slug])), (_("Sessions"), "")]
    context = {"programme": row, "trail": trail, "narrowed": table.of_one}
    return tables.respond(request, table, "experts/engaging/given.html", context)


@require_http_methods(["GET", "POST"])
def value(request: HttpRequest, programme: str) -> HttpResponse:
    """Say what an hour given free of charge counts for."""
    row = programme_of(request, programme, "experts.match")
    form = ValueForm(posted(request), Bank.objects.filter(programme=row).first(), row.currency)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The value of an hour is saved: every figure follows.")) as shown:
            actions.set_value(row, by=request.user, **form.cleaned_data)
        if not shown.refused:
            return redirect("experts:hours", row.slug)
    trail = [(_("Hours given"), reverse("experts:hours", args=[row.slug])), (_("Value of an hour"), "")]
    context = {"form": form, "programme": row, "trail": trail, "back": trail[0][1]}
    return render(request, "experts/engaging/value.html", context, status=422 if form.errors else 200)
