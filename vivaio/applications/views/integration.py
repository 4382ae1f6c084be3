"""Where the team answers a request for integration: words, files, and the answers that were opened."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.applications import actions, answers, queries, rules
from vivaio.applications.forms import IntegrationAnswerForm
from vivaio.applications.models import IntegrationRequest
from vivaio.applications.signing import queries as signing
from vivaio.applications.views.applicant import at_home
from vivaio.applications.views.drafting import not_saved
from vivaio.kit.forms import posted
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.rules import Refused
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.changes import Saved


def _request(request: HttpRequest, pk: Any) -> IntegrationRequest:
    found = get_object_or_404(queries.requests_to(request.user), pk=pk)
    at_home(request, found.application.call)
    return found


def _trail(found: IntegrationRequest, *more: tuple[str, str]) -> list[tuple[str, str]]:
    application = found.application
    here = reverse("applications:integration", args=[found.pk]) if more else ""
    return [
        (_("My applications"), reverse("applications:mine")),
        (str(application), application.get_absolute_url()),
        (_("Request for integration"), here),
        *more,
    ]


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: Any) -> HttpResponse:
    """What is asked, and the answer: kept at every button, sent by one."""
    found = _request(request, pk)
    form = IntegrationAnswerForm(posted(request), request.FILES or None, initial={"text": found.answer})
    if request.method == "POST":
        done = _answered(request, found, form)
        if done is not None:
            return done
        found = _request(request, pk)
    context = {
        "request_asked": found,
        "application": found.application,
        "form": form,
        "files": found.files.all(),
        "refused": rules.answer_integration(found, request.user),
        "steps": _opened_steps(found),
        "signs": any(one.question in found.questions for one in signing.wants(found.application)),
        "trail": _trail(found),
    }
    return render(request, "applications/integration.html", context)


def _answered(
    request: HttpRequest, found: IntegrationRequest, form: IntegrationAnswerForm
) -> HttpResponse | None:
    """Keep what came, send it if that button was pressed; None to show the page again with what was typed."""
    valid = form.is_valid()
    sends = "send" in request.POST
    with refusals_shown(request) as shown:
        if "text" not in form.errors:
            found = actions.keep_integration_text(found, form.cleaned_data.get("text", ""), by=request.user)
        if valid and form.cleaned_data.get("file"):
            actions.add_integration_file(found, form.cleaned_data["file"], by=request.user)
        if valid and sends:
            actions.answer_integration(found, found.answer, by=request.user)
    if not valid or shown.refused:
        return None
    messages.success(
        request, _("The answer is sent: the staff reads it.") if sends else _("Saved; not sent yet.")
    )
    return redirect(found.application) if sends else redirect("applications:integration", found.pk)


def _opened_steps(found: IntegrationRequest) -> list[dict[str, Any]]:
    """The steps that hold opened answers, with which."""
    state = questionnaires.state_of(found.application.response)
    steps = []
    for page in state.pages:
        labels = [item.label for item in page.questions() if item.name in found.questions]
        if labels:
            href = reverse("applications:integration_step", args=[found.pk, page.number])
            steps.append({"title": page.title, "href": href, "labels": labels})
    return steps


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: Any, step: int) -> HttpResponse:
    """The opened answers of one step."""
    found = _request(request, pk)
    saved = None
    if request.method == "POST":
        posted = questionnaires.read_post(found.application.response, step, request.POST, request.FILES)
        try:
            saved = actions.save_integration(found, posted, by=request.user)
        except Refused as refusal:
            return not_saved(request, found.application, posted, refusal)
        if saved.clean:
            here = posted.wish in ("stay", "save")
            place = reverse("applications:integration_step", args=[found.pk, step])
            return redirect(place if here else reverse("applications:integration", args=[found.pk]))
        found.application.response = saved.response
    if reason := rules.answer_integration(found, request.user):
        messages.error(request, reason)
        return redirect("applications:integration", found.pk)
    return _step_page(request, found, step, saved)


def _step_page(
    request: HttpRequest, found: IntegrationRequest, step: int, saved: Saved | None
) -> HttpResponse:
    application = found.application
    urls = questionnaires.Urls(
        page=lambda number: reverse("applications:integration_step", args=[found.pk, number]),
        file=lambda file: reverse("applications:file", args=[application.pk, file]),
    )
    drawn = questionnaires.frame(application.response, step, urls, saved=saved)
    narrowed = _narrowed(drawn, found.questions) if drawn else None
    if narrowed is None:
        return redirect("applications:integration", found.pk)
    context = {
        "drawn": narrowed,
        "application": application,
        "request_asked": found,
        "trail": _trail(found, (narrowed.page.title, "")),
    }
    return render(request, "applications/integration_step.html", context)


def _narrowed(drawn: questionnaires.Frame, opened: list[str]) -> questionnaires.Frame | None:
    """The frame of a step with the opened questions alone."""
    items = tuple(item for item in drawn.page.questions() if item.name in opened)
    if not items:
        return None
    missing = tuple(item for item in drawn.page.missing if answers.root(item.path) in opened)
    total = len(items)
    page = replace(
        drawn.page, items=items, missing=missing, total=total, answered=max(0, total - len(missing))
    )
    return replace(drawn, page=page, state=replace(drawn.state, all_pages=(page,)))


@require_POST
def remove_file(request: HttpRequest, pk: Any, file: Any) -> HttpResponse:
    """Take a file back before the answer is sent."""
    found = _request(request, pk)
    with refusals_shown(request):
        actions.remove_integration_file(found, file, by=request.user)
    return redirect("applications:integration", found.pk)
