"""A juror rewrites a comment; an applicant takes the released ones away."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.jury.blinding.queries import shown
from vivaio.jury.commenting import actions, paper, queries, rules
from vivaio.jury.commenting.forms import RewriteForm
from vivaio.jury.forms.scoring import changes
from vivaio.jury.models import Comment
from vivaio.jury.queries import ranking as rankings
from vivaio.jury.queries import scoring
from vivaio.jury.views.frame import seat_of
from vivaio.jury.views.ranking import attachment
from vivaio.kit import clock
from vivaio.kit.formats import hour
from vivaio.kit.refusals import refusals_shown
from vivaio.kit.rules import Refused


def _mine(request: HttpRequest, panel: UUID, pk: UUID) -> Comment:
    """A comment of the person's own sheets on this jury, else 404."""
    juror = seat_of(request, panel)
    sheets = scoring.visible_to(request.user).filter(juror=juror)
    rows = Comment.objects.select_related(
        "criterion", "assignment__application__track", "assignment__application__organisation",
        "assignment__application__person",
    )  # fmt: skip
    found: Comment = get_object_or_404(rows, pk=pk, assignment__in=sheets.values("pk"))
    found.assignment.juror = juror
    return found


@require_http_methods(["GET", "POST"])
def rewrite(request: HttpRequest, panel: UUID, pk: UUID) -> HttpResponse:
    """The sheet, open for one comment alone."""
    comment = _mine(request, panel, pk)
    if request.method == "POST":
        form = RewriteForm(request.POST)
        with refusals_shown(request, _("Your new text is handed in.")) as told:
            if not form.is_valid():
                raise Refused(" ".join(form.errors["text"]))
            actions.rewrite(comment, form.cleaned_data["text"], by=request.user)
        if not told.refused:
            return redirect("jury:desk", panel=panel)
    status = 422 if request.method == "POST" else 200
    return render(request, "jury/commenting/rewrite.html", _told(request, comment), status=status)


def _told(request: HttpRequest, comment: Comment) -> dict[str, Any]:
    call = comment.assignment.juror.panel.call
    values = scoring.values_of(comment.assignment)
    return {
        "comment": comment,
        "panel": comment.assignment.juror.panel,
        "shown": shown(comment.assignment.application, call),
        "score": values.get(comment.criterion_id) if comment.criterion_id else None,
        "text": request.POST.get("text", comment.draft or comment.text),
        "limit": rules.LIMIT,
        "least": call.comment_least if comment.criterion_id else 0,
        "why_not": rules.open_again(comment, request.user),
    }


@require_POST
def rewrite_save(request: HttpRequest, panel: UUID, pk: UUID) -> JsonResponse:
    """Keep a rewriting as it is typed, in the words of `kit/autosave.js`."""
    comment = _mine(request, panel, pk)
    form = RewriteForm({"text": changes(request.body).get("text", "")})
    form.fields["text"].required = False
    if not form.is_valid():
        return JsonResponse({"refused": " ".join(form.errors["text"])}, status=409)
    try:
        actions.keep_draft(comment, form.cleaned_data["text"], by=request.user)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal.reason)}, status=409)
    zone = comment.assignment.juror.panel.call.programme.time_zone
    return JsonResponse({"saved_at_text": _("Saved at %(hour)s") % {"hour": hour(clock.now(), zone)}})


@require_safe
def released_pdf(request: HttpRequest, application: UUID) -> HttpResponse:
    """The released comments on one's own application, as PDF/UA."""
    entry = get_object_or_404(rankings.entry_visible_to(request.user), application_id=application)
    parts = queries.released(entry.application)
    if not parts:
        raise Http404("No comment was released.")
    content = paper.written(entry, parts, get_language() or "it")
    response: HttpResponse = attachment(content, paper.file_name(entry))
    response["Cache-Control"] = "private, no-cache"
    return response
