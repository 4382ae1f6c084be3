"""The tab of an initiative where practices are suggested; what its team makes of them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.initiatives.opening import opened, page
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.publishing.practices import actions, pages, queries, rules
from vivaio.publishing.practices.forms import IntroductionForm
from vivaio.publishing.states import Verdict

WORDS = {"useful": Verdict.USEFUL, "not-for-us": Verdict.NOT_FOR_US}


@require_safe
def suggested(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The practices that meet the initiative's needs, each with the reason."""
    row, reader = opened(request, pk)
    context = {"suggestions": pages.suggestions(row), "of_team": reader.of_team}
    return page(request, "publishing/practices/suggested.html", row, reader, "practices", context)


@require_POST
def mark(request: HttpRequest, pk: UUID, practice: UUID, verdict: str) -> HttpResponse:
    """Of use, or not for us."""
    row, _reader = opened(request, pk)
    found = get_object_or_404(queries.for_initiative(row), pk=practice)
    if verdict not in WORDS:
        raise Http404
    with refusals_shown(request, _("Your word is kept.")):
        actions.mark(found, row, WORDS[verdict], by=request.user)
    return redirect("publishing:practices_suggested", pk)


@require_http_methods(["GET", "POST"])
def introduce(request: HttpRequest, pk: UUID, practice: UUID) -> HttpResponse:
    """Ask to be introduced to the organisation that did it."""
    row, reader = opened(request, pk)
    found = get_object_or_404(queries.for_initiative(row), pk=practice)
    form = IntroductionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        done = _("Asked: the organisation gets your message, and it is among your contacts.")
        with refusals_shown(request, done) as shown:
            actions.introduce(found, row, **form.cleaned_data, by=request.user)
        if not shown.refused:
            return redirect("initiatives:contacts", pk)
    context = {
        "form": form,
        "practice": found,
        "back": reverse("publishing:practices_suggested", args=[pk]),
        "refused": rules.introduce(found, row, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "publishing/practices/introduce.html", row, reader, "practices", context, status)
