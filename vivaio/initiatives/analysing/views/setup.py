"""What is looked at, and which answers count."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.initiatives.analysing import arranging, offers, queries, rules
from vivaio.initiatives.analysing.forms import DimensionForm, FeedForm, SetupForm
from vivaio.initiatives.analysing.views.frame import drawn, trail
from vivaio.initiatives.models import Dimension
from vivaio.initiatives.opening import framed, programme_of
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.engine.definition import Definition

WORDS = ("title", "title_en", "good", "good_en", "field")


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, programme: str) -> HttpResponse:
    """The questionnaire, the limits, the dimensions."""
    row = programme_of(request, programme, queries.FOLLOW)
    setup = queries.setup_of(row)
    limits = {"form": setup.form_id, "gap_below": setup.gap_below, "strength_from": setup.strength_from}
    form = SetupForm(queries.forms_of(row), posted(request), limits)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The set-up is saved.")):
            arranging.set_up(row, by=request.user, **form.cleaned_data)
        return redirect("initiatives:needs_setup", row.slug)
    fields = offers.fields_of(row)
    context = {
        "programme": row,
        "form": form,
        "dimensions": [(one, fields.get(one.field, one.field)) for one in queries.dimensions_of(row)],
        "trail": trail(row, (_("Set-up of the analysis"), "")),
    }
    return render(request, "initiatives/analysing/setup.html", context)


@require_POST
def begin(request: HttpRequest, programme: str) -> HttpResponse:
    """The six usual fields."""
    row = programme_of(request, programme, queries.FOLLOW)
    with refusals_shown(request, _("Six dimensions are there: change their words as you like.")):
        arranging.begin(row, by=request.user)
    return redirect("initiatives:needs_setup", row.slug)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, programme: str) -> HttpResponse:
    """One more dimension."""
    row = programme_of(request, programme, queries.FOLLOW)
    form = DimensionForm(offers.offered(row), posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The dimension is added.")):
            made = arranging.keep_dimension(row, None, form.cleaned_data, by=request.user)
            return redirect("initiatives:dimension", made.pk)
    back = reverse("initiatives:needs_setup", args=[row.slug])
    context = drawn(_("Add a dimension"), row, form, back, _("Add the dimension"))
    return render(request, "initiatives/analysing/form.html", context)


def dimension_of(request: HttpRequest, pk: UUID) -> Dimension:
    row = get_object_or_404(queries.dimensions_for(request.user), pk=pk)
    framed(request, row.programme)
    return row


@require_http_methods(["GET", "POST"])
def dimension(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its words, and the answers that it feeds on."""
    row = dimension_of(request, pk)
    known = {name: getattr(row, name) for name in WORDS}
    form = DimensionForm(offers.offered(row.programme, row.field), posted(request), known)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The dimension is saved.")):
            arranging.keep_dimension(row.programme, row, form.cleaned_data, by=request.user)
        return redirect("initiatives:dimension", pk)
    back = reverse("initiatives:needs_setup", args=[row.programme.slug])
    context = drawn(row.title_i18n, row.programme, form, back, _("Save the dimension"))
    definition = definition_of(row)
    more = {"dimension": row, "fed": fed(row, definition), "free": free(row, definition)}
    context |= more | {"why_not_remove": rules.remove(row, request.user)}
    return render(request, "initiatives/analysing/dimension.html", context)


def definition_of(row: Dimension) -> Definition | None:
    """What the questionnaire asks today."""
    form = queries.setup_of(row.programme).form
    version = form.current if form else None
    return version.questionnaire if version else None


def asked(definition: Definition | None) -> list[tuple[str, str]]:
    """The questions that a dimension can feed on, with their words."""
    found = questionnaires.askable(definition) if definition else []
    return [(name, words) for name, words in found if rules.feed(definition, name) is None]


def fed(row: Dimension, definition: Definition | None) -> list[tuple[str, str, int]]:
    """The answers that it feeds on: name, words, weight."""
    words = dict(asked(definition))
    return [
        (one["question"], words.get(one["question"], one["question"]), one.get("weight", 1))
        for one in row.feeds
    ]


def free(row: Dimension, definition: Definition | None) -> list[tuple[str, str]]:
    """Those that it could feed on besides."""
    taken = {one["question"] for one in row.feeds}
    return [(name, words) for name, words in asked(definition) if name not in taken]


@require_POST
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Away with a dimension on which nobody has agreed."""
    row = dimension_of(request, pk)
    with refusals_shown(request, _("The dimension is removed.")):
        arranging.remove_dimension(row, by=request.user)
    return redirect("initiatives:needs_setup", row.programme.slug)


@require_http_methods(["GET", "POST"])
def feed(request: HttpRequest, pk: UUID, question: str) -> HttpResponse:
    """How the answers to one question make points."""
    row = dimension_of(request, pk)
    definition = definition_of(row)
    if definition is None or rules.feed(definition, question):
        raise Http404("No such question, or none that can be counted.")
    known: Any = next((one for one in row.feeds if one["question"] == question), {})
    found, language = definition.by_name[question], questionnaires.language_now()
    form = FeedForm(definition, found, known, language, posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("It counts from now on; what was handed in before stays as it is.")):
            arranging.keep_feed(row, form.said, by=request.user)
        return redirect("initiatives:dimension", pk)
    back = reverse("initiatives:dimension", args=[pk])
    title = questionnaires.heading(definition, found, language)
    context = drawn(title, row.programme, form, back, _("Let it count"), eyebrow=row.title_i18n)
    return render(request, "initiatives/analysing/form.html", context)


@require_POST
def drop(request: HttpRequest, pk: UUID, question: str) -> HttpResponse:
    """The answer counts no more."""
    row = dimension_of(request, pk)
    with refusals_shown(request, _("This answer counts no more.")):
        arranging.drop_feed(row, question, by=request.user)
    return redirect("initiatives:dimension", pk)
