"""What all the editor's pages begin with: the draft that the person may work on."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from vivaio.kit.rules import Refused
from vivaio.questionnaires.editor import queries, sections
from vivaio.questionnaires.models import Form, FormDraft

OWN = ("csrfmiddlewaretoken", "seen", "stamp")


def on_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the draft in place of the form's key; what was typed for one that is gone is shown.

    So is what was typed for a change that is refused where the view itself has no place to say why.
    """

    @wraps(view)
    def found(request: HttpRequest, pk: Any, **more: Any) -> HttpResponse:
        draft = queries.drafts_of(request.user).filter(form=pk).first()
        if draft is None:
            return gone(request, get_object_or_404(queries.editable_by(request.user), pk=pk))
        request.frame_programme = draft.form.programme
        try:
            return view(request, draft, **more)
        except Refused as refusal:
            return gone(request, draft.form, str(refusal.reason))

    return found


def on_question(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the draft and one of its questions; what was typed for one that is gone is shown."""

    @on_draft
    @wraps(view)
    def found(request: HttpRequest, draft: FormDraft, name: str) -> HttpResponse:
        question = draft.questionnaire.by_name.get(name)
        if question is not None:
            return view(request, draft, question)
        if request.method != "POST":
            raise Http404
        return gone(request, draft.form, _("A colleague has removed this question meanwhile."))

    return found


def gone(request: HttpRequest, form: Form, reason: str = "") -> HttpResponse:
    """What was worked on is not there any more: back to the form, or, with something typed, a page that shows it."""
    reason = reason or _("There is no draft any more: a colleague has published it or thrown it away.")
    typed = [(name, value) for name, value in request.POST.items() if name not in OWN and len(value) > 2]
    if not typed:
        messages.info(request, reason)
        return redirect("questionnaires:form", pk=form.pk)
    request.frame_programme = form.programme
    context = {"form_row": form, "reason": reason, "typed": typed}
    return render(request, "questionnaires/editor/gone.html", context, status=409)


def page(request: HttpRequest, template: str, draft: Any, section: str, **more: Any) -> HttpResponse:
    """A page in the editor's frame; with `stale`, one that says why nothing was saved."""
    context = sections.frame(draft, section, **more)
    status = 409 if more.get("stale") else 200
    return render(request, f"questionnaires/editor/{template}.html", context, status=status)
