"""Versions side by side: what was added, removed, changed, moved."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.editor.comparing import compared
from vivaio.questionnaires.editor.views.frame import on_draft, page
from vivaio.questionnaires.models import FormDraft


@require_safe
@on_draft
def news(request: HttpRequest, draft: FormDraft) -> HttpResponse:
    """What the draft brings, against the version it comes from."""
    found = None
    if draft.basis:
        found = compared(draft.basis.questionnaire, draft.questionnaire, questionnaires.language_now())
    return page(request, "news", draft, "news", found=found)


@require_safe
def versions(request: HttpRequest, pk: Any) -> HttpResponse:
    """Two versions of a form; the last two unless the address names others."""
    form = get_object_or_404(questionnaires.forms_for(request.user), pk=pk)
    request.frame_programme = form.programme
    known = {str(each.number): each for each in form.versions.order_by("-number")}
    newest = [*known.values(), None, None]
    newer = known.get(request.GET.get("to", ""), newest[0])
    older = known.get(request.GET.get("from", ""), newest[1])
    found = None
    if older and newer and older != newer:
        found = compared(older.questionnaire, newer.questionnaire, questionnaires.language_now())
    context = {
        "form_row": form,
        "known": list(known.values()),
        "older": older,
        "newer": newer,
        "found": found,
        "trail": [
            (_("Forms"), reverse("questionnaires:forms")),
            (str(form), reverse("questionnaires:form", args=[form.pk])),
            (_("Versions compared"), ""),
        ],
    }
    return render(request, "questionnaires/editor/compare.html", context)
