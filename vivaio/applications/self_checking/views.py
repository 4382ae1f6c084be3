"""The public page: asks, answers, and keeps nothing, not even a cookie."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from vivaio.applications.self_checking.findings import verdict
from vivaio.applications.self_checking.forms import SelfCheckForm
from vivaio.applications.self_checking.needs import needs_of
from vivaio.applications.views.applicant import framed
from vivaio.calls.models import Call
from vivaio.calls.queries import visible_to
from vivaio.kit import limits
from vivaio.kit.forms import posted
from vivaio.kit.origin import source_of
from vivaio.kit.rules import Refused

OFTEN = limits.Limit(
    "applications.self_check",
    120,
    limits.HOUR,
    _("This page has been asked many times from where you are: try again in an hour."),
)


@csrf_exempt  # nothing is changed or kept, so there is nothing to forge; a token would set a cookie
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def self_check(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """Ask what the call's conditions need to know, and say what comes of it."""
    calls = visible_to(request.user).select_related("programme", "form")
    call = get_object_or_404(calls, programme__slug=programme, slug=slug)
    framed(request, call)
    form = SelfCheckForm(posted(request), needs=needs_of(call))
    context: dict[str, Any] = {"call": call, "form": form, "programme": call.programme}
    status = 200
    if request.method == "POST":
        status = _answer(request, call, form, context)
    response = render(request, "applications/self_checking/page.html", context, status=status)
    response["Cache-Control"] = "private, no-store" if request.method == "POST" else "private, no-cache"
    return response


def _answer(request: HttpRequest, call: Call, form: SelfCheckForm, context: dict[str, Any]) -> int:
    """Put the verdict into the page; the status of the answer."""
    try:
        OFTEN.spend(source_of(request))
    except Refused as refusal:
        context["refused"] = refusal.reason
        return 429
    if not form.is_valid():
        return 422
    context["verdict"] = verdict(form.needs, form.cleaned_data)
    return 200
