"""The needs of one initiative: its profile, its coach, interviews, what was agreed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.initiatives.analysing import actions, pages, paper, queries, rules
from vivaio.initiatives.analysing.forms import AgreeForm, CoachForm, InterviewForm
from vivaio.initiatives.models import Interview, Profile
from vivaio.initiatives.opening import opened, page
from vivaio.initiatives.states import ProfileState
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown


@require_safe
def needs(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Gaps and strengths, what is to be answered, interviews."""
    row, reader = opened(request, pk)
    context = pages.needs(row, reader)
    if reader.follows:
        chosen = context["coach"].person_id if context["coach"] else None
        context["coach_form"] = CoachForm(queries.coaches_of(row.programme), initial={"coach": chosen})
    return page(request, "initiatives/analysing/needs.html", row, reader, "needs", context)


@require_POST
def coach(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who accompanies the initiative."""
    row, _reader = opened(request, pk)
    form = CoachForm(queries.coaches_of(row.programme), request.POST)
    if form.is_valid():
        with refusals_shown(request, _("The coach is assigned.")):
            actions.assign_coach(row, form.person, by=request.user)
    else:
        messages.error(
            request, _("No coach is assigned: choose somebody who accompanies the initiatives here.")
        )
    return redirect("initiatives:needs", pk)


@require_http_methods(["GET", "POST"])
def interview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down a conversation."""
    row, reader = opened(request, pk)
    if not reader.follows:
        raise Http404("Who accompanies the initiatives records interviews.")
    dimensions, rounds = queries.dimensions_of(row.programme_id), queries.rounds_of(row.programme)
    form = InterviewForm(dimensions, rounds, posted(request))
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("held_on", "present", "agreed")}
        with refusals_shown(request, _("The interview is recorded: the team reads it.")):
            given = form.cleaned_data["round"]
            actions.record_interview(row, needs_round=given, notes=form.notes, by=request.user, **said)
        return redirect("initiatives:needs", pk)
    context = {
        "form": form,
        "title": _("Record an interview"),
        "submit": _("Record the interview"),
        "note": _(
            "The team and whoever accompanies the initiatives read it. Write what helps, nothing on people."
        ),
        "back": reverse("initiatives:needs", args=[pk]),
    }
    return page(request, "initiatives/analysing/tab_form.html", row, reader, "needs", context)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write over what was recorded of a conversation."""
    found = get_object_or_404(Interview.objects.select_related("initiative"), pk=pk)
    row, reader = opened(request, found.initiative_id)
    if not reader.follows:
        raise Http404("Who accompanies the initiatives corrects interviews.")
    dimensions, rounds = queries.dimensions_of(row.programme_id), queries.rounds_of(row.programme)
    form = InterviewForm(dimensions, rounds, posted(request), found)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("held_on", "round", "present", "agreed")}
        with refusals_shown(request, _("The interview is corrected: the page says so.")):
            actions.correct_interview(found, values=values | {"notes": form.notes}, by=request.user)
        return redirect("initiatives:needs", row.pk)
    context = {
        "form": form,
        "title": _("Correct an interview"),
        "submit": _("Save the correction"),
        "note": _("What stood there before is not kept; the page says who corrected it, and when."),
        "back": reverse("initiatives:needs", args=[row.pk]),
    }
    return page(request, "initiatives/analysing/tab_form.html", row, reader, "needs", context)


def profile_of(request: HttpRequest, pk: UUID) -> Profile:
    """A profile of an initiative that the person may open; else 404."""
    return get_object_or_404(queries.answering_for(request.user), pk=pk)


@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was settled in the conversation; from here it stays."""
    found = get_object_or_404(queries.profiles(), pk=pk)
    row, reader = opened(request, found.initiative_id)
    if not reader.follows:
        raise Http404("Who accompanies the initiatives settles profiles.")
    lines = pages.suggested(found, queries.dimensions_of(row.programme_id))
    form = AgreeForm(lines, posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, _("The profile is agreed. The team gets a letter.")):
            told = {name: form.cleaned_data[name] for name in ("present", "words")}
            actions.agree(found, form.values, by=request.user, **told)
        return redirect("initiatives:needs", found.initiative_id)
    context = {
        "form": form,
        "title": _("Settle the profile: %(round)s") % {"round": found.round.title_i18n},
        "note": _(
            "Talk about every dimension with the team, above all where you differ. What you write is frozen."
        ),
        "submit": _("Freeze what was agreed"),
        "back": reverse("initiatives:needs", args=[found.initiative_id]),
        "refused": rules.agree(found, request.user),
    }
    return page(request, "initiatives/analysing/agree.html", row, reader, "needs", context)


@require_safe
def as_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The agreed profile to take along."""
    rows = queries.answering_for(request.user).filter(state=ProfileState.AGREED)
    found = get_object_or_404(rows.prefetch_related("ratings"), pk=pk)
    language = (get_language() or "it").split("-")[0]
    response = HttpResponse(paper.written(found, language), content_type="application/pdf")
    name = _("needs-%(slug)s.pdf") % {"slug": found.initiative.slug}
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
