"""The organisation reads what is published of it, confirms it, would have it otherwise, takes it off line."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vivaio.kit.refusals import refusals_shown
from vivaio.publishing.practices import actions, pages, queries
from vivaio.publishing.practices.forms import ReasonForm, WordsForm
from vivaio.publishing.practices.tables import TONES
from vivaio.publishing.states import LICENCE, PracticeState


@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The organisation's page about its practice."""
    row = get_object_or_404(queries.own(request.user), pk=pk)
    request.frame_programme = row.programme  # type: ignore[attr-defined]
    forms = {"words_form": WordsForm(), "reason_form": ReasonForm()}
    if request.method == "POST":
        name, form = said(request)
        if form is not None:
            forms["reason_form" if name == "withdraw" else "words_form"] = form
        if form is None or form.is_valid():
            with refusals_shown(request, _("Done: the page tells where it stands.")) as shown:
                answered(request, row, name, form.cleaned_data if form else {})
            if not shown.refused:
                return redirect("publishing:practice_own", pk)
    context = {
        "practice": row, "programme": row.programme, "tone": TONES[row.state], "lines": pages.compared(row),
        "waits": row.state == PracticeState.ASKED, "licence": LICENCE, **forms,
    }  # fmt: skip
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "publishing/practices/own.html", context, status=status)


def said(request: HttpRequest) -> tuple[str, Any]:
    """Which button was pressed, and the form that goes with it."""
    if "withdraw" in request.POST:
        return "withdraw", ReasonForm(request.POST)
    if "send-back" in request.POST:
        return "send-back", WordsForm(request.POST)
    return "confirm", None


def answered(request: HttpRequest, row: Any, name: str, told: dict[str, Any]) -> None:
    if name == "withdraw":
        actions.withdraw(row, **told, by=request.user)
        return
    act: Any = actions.send_back if name == "send-back" else actions.confirm
    act(row, **told, revision=request.POST.get("revision", ""), by=request.user)
