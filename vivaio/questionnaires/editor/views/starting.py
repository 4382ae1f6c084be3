"""Beginning: a new form, or the draft of one that is there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vivaio.kit.refusals import refusals_shown
from vivaio.questionnaires.editor import actions, queries
from vivaio.questionnaires.editor.forms.starting import SourceForm, StartForm, empty
from vivaio.questionnaires.models import FormDraft


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """A new form of one's programmes."""
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    first = {"programme": request.GET.get("programme")}
    form = StartForm(*given, person=request.user, initial=first)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request) as shown:
            draft = begun(form, request.user)
        if not shown.refused:
            return redirect("questionnaires:draft_questions", pk=draft.form_id)
    trail = [(_("Forms"), reverse("questionnaires:forms")), (_("New form"), "")]
    may = form.fields["programme"].queryset.exists()
    context = {
        "form": form,
        "trail": trail,
        "title": _("A new form"),
        "may": may,
        "submit": _("Begin the form"),
    }
    return render(request, "questionnaires/editor/start.html", context)


def begun(form: StartForm, person: Any) -> FormDraft:
    """The form and its draft, as they were asked for."""
    said, definition = form.cleaned_data, form.begun()
    english = definition.title.get("en", "")
    return actions.start_form(said["programme"], definition, title=said["title"], title_en=english, by=person)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, pk: Any) -> HttpResponse:
    """The draft of a form's next version: from the version of today, from nothing, from elsewhere."""
    row = get_object_or_404(queries.editable_by(request.user), pk=pk)
    request.frame_programme = row.programme
    if queries.drafts_of(request.user).filter(form=row).exists():
        return redirect("questionnaires:draft_questions", pk=row.pk)
    current = row.current
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SourceForm(*given, person=request.user, current=current)
    if request.method == "POST" and form.is_valid():
        definition = form.definition or empty(
            row.title, current.questionnaire.languages if current else ("it", "en")
        )
        with refusals_shown(request) as shown:
            actions.begin(row, definition, basis=current, by=request.user)
        if not shown.refused:
            return redirect("questionnaires:draft_questions", pk=row.pk)
    trail = [
        (_("Forms"), reverse("questionnaires:forms")),
        (str(row), reverse("questionnaires:form", args=[row.pk])),
        (_("New draft"), ""),
    ]
    title = _("A new draft of “%(form)s”") % {"form": row}
    context = {"form": form, "trail": trail, "title": title, "may": True, "submit": _("Begin the draft")}
    return render(request, "questionnaires/editor/start.html", context)
