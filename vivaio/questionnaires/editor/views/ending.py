"""Publishing the draft as the next version, or throwing it away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vivaio.kit.refusals import refusals_shown
from vivaio.questionnaires.editor import actions, comparing, marks, queries, rules, sections, uses
from vivaio.questionnaires.editor.views.frame import on_draft
from vivaio.questionnaires.models import FormDraft


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def publish(request: HttpRequest, draft: FormDraft) -> HttpResponse:
    """What publishing does, in words; then the next version."""
    if request.method == "POST":
        with refusals_shown(request) as shown:
            version = actions.publish(draft.form, seen=request.POST.get("seen", ""), by=request.user)
            messages.success(
                request,
                _("Version %(number)s is published. Calls keep the version that they have.")
                % {"number": version.number},
            )
        if shown.refused:
            return redirect(sections.address(draft, "publish"))
        return redirect("questionnaires:form", pk=draft.form_id)
    definition = draft.questionnaire
    title = _("Publish version %(number)s?") % {"number": sections.number_of(draft)}
    changes = comparing.compared(draft.basis.questionnaire, definition) if draft.basis else None
    context = {
        **sections.frame(draft, "questions", title=title),
        "refused": rules.publish(draft, request.user, queries.faults(definition)),
        "seen": marks.mark(definition, marks.WHOLE),
        "counts": changes.counts() if changes else (),
        "begun": queries.begun(draft.form),
        "uses": uses.of(draft.form),
    }
    return render(request, "questionnaires/editor/publish.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def discard(request: HttpRequest, draft: FormDraft) -> HttpResponse:
    """Ask, then throw the draft away."""
    if request.method == "POST":
        with refusals_shown(request, _("The draft is gone. The versions are as they were.")):
            actions.discard(draft.form, by=request.user)
        return redirect("questionnaires:form", pk=draft.form_id)
    context = {
        "title": _("Throw the draft away?"),
        "text": _("Everything that was changed since the last version is lost. This cannot be undone."),
        "action": _("Throw the draft away"),
        "back_href": sections.address(draft, "questions"),
        "danger": True,
        "trail": [*sections.frame(draft, "questions")["trail"][:2], (_("Throw the draft away"), "")],
    }
    return render(request, "kit/confirm.html", context)
