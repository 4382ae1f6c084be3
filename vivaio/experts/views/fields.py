"""Where the bank is worded: its fields and competences, their order, what is offered no more."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.experts.actions import fields as actions
from vivaio.experts.forms.fields import WordsOfField
from vivaio.experts.models import Competence, ExpertField
from vivaio.experts.queries import fields as queries
from vivaio.experts.rules import fields as rules
from vivaio.experts.views.bank import staffed
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.programmes.models import Programme

ACTS: dict[str, tuple[Any, Any]] = {
    "up": (actions.move_up, gettext_lazy("The order is changed.")),
    "down": (actions.move_down, gettext_lazy("The order is changed.")),
    "retire": (actions.retire, gettext_lazy("Retired: forms offer it no more, whoever has it keeps it.")),
    "restore": (actions.restore, gettext_lazy("It is offered again.")),
    "remove": (actions.remove, gettext_lazy("It is deleted.")),
}


def trail(programme: Programme, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Where a page about the fields stands."""
    return [
        (_("Competence bank"), reverse("experts:bank", args=[programme.slug])),
        (_("Fields and competences"), reverse("experts:fields", args=[programme.slug]) if more else ""),
        *more,
    ]


def place_of(row: ExpertField | Competence, programme: Programme) -> str:
    """Its line on the page of all."""
    return f"{reverse('experts:fields', args=[programme.slug])}#at-{row.pk}"


def drawn(request: HttpRequest, title: str, programme: Programme, form: Any, **more: Any) -> HttpResponse:
    """The page with the words of one field, or of one competence."""
    context = {
        "title": title,
        "programme": programme,
        "form": form,
        "trail": trail(programme, (title, "")),
        "back": reverse("experts:fields", args=[programme.slug]),
        **more,
    }
    return render(request, "experts/fields/form.html", context, status=422 if form.errors else 200)


def standing(row: ExpertField | Competence) -> dict[str, Any]:
    """What else can be done with it."""
    kind = "competence" if isinstance(row, Competence) else "field"
    used, retired = queries.in_use(row), row.retired_at is not None
    act = "restore" if retired else "retire" if used else "remove"
    return {
        "row": row,
        "used": used,
        "act": act,
        "act_href": reverse(f"experts:act_on_{kind}", args=[row.pk, act]),
        "why_not": rules.restore(row) if retired else None,
    }


@require_safe
def index(request: HttpRequest, programme: str) -> HttpResponse:
    """Every field with its competences, how many experts have it and how many open requests ask for it."""
    row = staffed(request, programme, queries.MATCH)
    context = {"programme": row, "fields": queries.laid_out(row), "trail": trail(row)}
    return render(request, "experts/fields/index.html", context)


@require_http_methods(["GET", "POST"])
def add_field(request: HttpRequest, programme: str) -> HttpResponse:
    """One more field."""
    row = staffed(request, programme, queries.MATCH)
    form = WordsOfField(posted(request), ExpertField)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The field is added: now its competences.")) as shown:
            made = actions.add_field(row, values=form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect("experts:competence_add", made.pk)
    return drawn(request, _("Add a field"), row, form, submit=_("Add the field"))


def field_of(request: HttpRequest, pk: UUID) -> ExpertField:
    row = get_object_or_404(queries.fields_for(request.user), pk=pk)
    request.frame_programme = row.programme  # type: ignore[attr-defined]
    return row


@require_http_methods(["GET", "POST"])
def field(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The words of a field; retiring it, or deleting it."""
    row = field_of(request, pk)
    form = WordsOfField(posted(request), ExpertField, row)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The field is saved.")) as shown:
            actions.reword(row, values=form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect(place_of(row, row.programme))
    return drawn(request, str(row), row.programme, form, submit=_("Save the field"), **standing(row))


@require_http_methods(["GET", "POST"])
def add_competence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One more competence of a field."""
    row = field_of(request, pk)
    form = WordsOfField(posted(request), Competence)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The competence is added.")) as shown:
            made = actions.add_competence(row, values=form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect(place_of(made, row.programme))
    submit = _("Add the competence")
    return drawn(request, _("Add a competence"), row.programme, form, submit=submit, above=str(row))


def competence_of(request: HttpRequest, pk: UUID) -> Competence:
    row = get_object_or_404(queries.competences_for(request.user), pk=pk)
    request.frame_programme = row.field.programme  # type: ignore[attr-defined]
    return row


@require_http_methods(["GET", "POST"])
def competence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The words of a competence; retiring it, or deleting it."""
    row = competence_of(request, pk)
    form, programme = WordsOfField(posted(request), Competence, row), row.field.programme
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The competence is saved.")) as shown:
            actions.reword(row, values=form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect(place_of(row, programme))
    more = {"submit": _("Save the competence"), "above": str(row.field), **standing(row)}
    return drawn(request, str(row), programme, form, **more)


@require_POST
def act_on_field(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Up, down, retire, offer again, delete."""
    row = field_of(request, pk)
    return acted(request, row, row.programme, act)


@require_POST
def act_on_competence(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Up, down, retire, offer again, delete."""
    row = competence_of(request, pk)
    return acted(request, row, row.field.programme, act)


def acted(
    request: HttpRequest, row: ExpertField | Competence, programme: Programme, act: str
) -> HttpResponse:
    """Do it, and go back to the line of the page where it stands."""
    if act not in ACTS:
        raise Http404
    run, done = ACTS[act]
    with refusals_shown(request, done):
        run(row, by=request.user)
    return redirect(place_of(row, programme))
