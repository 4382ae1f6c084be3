"""A programme's set-up, section by section."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from vivaio.kit import clock, tables
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes import actions
from vivaio.programmes.forms import rows as forms
from vivaio.programmes.forms.identity import IdentityForm
from vivaio.programmes.forms.look import LookForm
from vivaio.programmes.forms.money import AmountForm
from vivaio.programmes.tables import Amounts
from vivaio.programmes.views.frame import programme_where
from vivaio.programmes.views.sections import frame

EDIT = "programme.edit"


@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest, slug: str) -> HttpResponse:
    """Titles, texts, codes, dates, zone, currency, languages."""
    programme = programme_where(request, slug, EDIT)
    form = IdentityForm(posted(request), programme)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            with refusals_shown(request, _("The description is saved.")) as shown:
                actions.describe(programme, **form.values, by=request.user)
            if not shown.refused:
                return redirect("programmes:edit", slug)
        status = 422
    return render(
        request, "programmes/settings/form.html", frame(programme, "edit", form=form), status=status
    )


@dataclass(frozen=True)
class Rows:
    """A section made of rows: which form, which action, what its page says."""

    section: str
    form: type[forms.RowForm]
    action: Any
    lead: Any
    done: Any


PHASES = Rows(
    "phases",
    forms.PhaseForm,
    actions.set_phases,
    gettext_lazy("The stem of the public page: what comes when. Days decide which phase is under way today."),
    gettext_lazy("The phases are saved."),
)
PARTNERS = Rows(
    "partners",
    forms.PartnerForm,
    actions.set_partners,
    gettext_lazy("Who promotes, leads, takes part and pays, as the public page tells it."),
    gettext_lazy("The partners are saved."),
)
AREAS = Rows(
    "areas",
    forms.AreaForm,
    actions.set_areas,
    gettext_lazy("What the programme works on: childcare, housing, work, ..."),
    gettext_lazy("The areas are saved."),
)


@require_http_methods(["GET", "POST"])
def rows(request: HttpRequest, slug: str, what: Rows) -> HttpResponse:
    """A section made of rows: change, add, remove, put in order, all in one form."""
    programme = programme_where(request, slug, EDIT)
    stored = getattr(programme, what.section).all()
    formset, status = forms.bound(what.form, posted(request), programme, stored), 200
    if "another" in request.POST:
        formset = forms.one_more(what.form, request.POST, programme)
    elif request.method == "POST":
        if formset.is_valid():
            with refusals_shown(request, what.done) as shown:
                what.action(programme, formset.entries, removed=formset.removed, by=request.user)
            if not shown.refused:
                return redirect(f"programmes:{what.section}", slug)
        status = 422
    another = "another" in request.POST or not stored
    context = frame(programme, what.section, formset=formset, lead=what.lead, another=another)
    return render(request, "programmes/settings/rows.html", context, status=status)


@require_http_methods(["GET", "POST"])
def amounts(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The four amounts: what was stated when, and stating a new one."""
    programme = programme_where(request, slug, EDIT)
    form = AmountForm(posted(request), initial={"stated_on": clock.today(programme.time_zone)})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            with refusals_shown(request, _("The amount is on record.")) as shown:
                stated = {**form.cleaned_data, "currency": programme.currency}
                actions.state_amount(programme, **stated, by=request.user)
            if not shown.refused:
                return redirect("programmes:amounts", slug)
        status = 422
    table = Amounts(programme.amounts.all(), request.GET)
    context = frame(programme, "amounts", form=form)
    return tables.respond(request, table, "programmes/settings/amounts.html", context, status=status)


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """Logo and colour."""
    programme = programme_where(request, slug, EDIT)
    form = LookForm(posted(request), request.FILES or None, programme)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            with refusals_shown(request, _("The look is saved.")) as shown:
                actions.change_look(programme, **form.values, by=request.user)
            if not shown.refused:
                return redirect("programmes:look", slug)
        status = 422
    return render(
        request, "programmes/settings/look.html", frame(programme, "look", form=form), status=status
    )
