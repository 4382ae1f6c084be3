"""The draft as applicants will see it, with answers to try its logic out. They stay in the session alone."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.changes import Change, Saved
from vivaio.questionnaires.editor import queries, sections
from vivaio.questionnaires.editor.views.frame import on_draft, page
from vivaio.questionnaires.engine.posted import Malformed
from vivaio.questionnaires.models import FormDraft, FormVersion, Response

MOST_SIGNS = 200_000


def sample_key(draft: FormDraft) -> str:
    return f"sample:{draft.form_id}"


def sampled(request: HttpRequest, draft: FormDraft) -> Response:
    """The draft with the answers tried so far; at first its defaults."""
    version = FormVersion(form=draft.form, number=0, definition=draft.definition)
    found = Response(version=version, answers=request.session.get(sample_key(draft)) or {})
    if not found.answers:
        merge = questionnaires.merge_of(found, None, None)
        merge.start({})
        found.answers = request.session[sample_key(draft)] = merge.answers
    return found


def tried(request: HttpRequest, draft: FormDraft, before: Response, changes: list[Change]) -> Response:
    """The answers after what was typed, kept in the session while they are not too long."""
    merge = questionnaires.merge_of(before, None, None)
    for change in changes:
        merge.apply(replace(change, revision=None))
    merge.keep_once()
    if len(str(merge.answers)) <= MOST_SIGNS:
        request.session[sample_key(draft)] = merge.answers
    return Response(version=before.version, answers=merge.answers)


def urls_of(draft: FormDraft, number: int) -> questionnaires.Urls:
    save = f"{sections.address(draft, 'preview_save')}?step={number}"
    return questionnaires.Urls(
        page=lambda step: sections.address(draft, "preview", number=step), autosave=save
    )


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def preview(request: HttpRequest, draft: FormDraft, number: int) -> HttpResponse:
    """A step. What is typed moves the logic, and reaches no one."""
    if "clear" in request.POST:
        request.session.pop(sample_key(draft), None)
        return redirect(sections.address(draft, "preview", number=1))
    if queries.faults(draft.questionnaire):
        return page(request, "preview", draft, "preview", drawn=None)
    answers = sampled(request, draft)
    if request.method == "POST":
        posted = questionnaires.read_post(answers, number, request.POST, None)
        answers = tried(request, draft, answers, posted.changes)
        before, after = questionnaires.state_of(answers).neighbours(number)
        other = {"next": after, "back": before}.get(posted.wish)
        to = sections.address(draft, "preview", number=other.number if other else number)
        return redirect(f"{to}#box-{posted.anchor}" if posted.anchor else to)
    drawn = questionnaires.frame(answers, number, urls_of(draft, number), preview=True, key=sample_key(draft))
    if drawn is None:
        return redirect(sections.address(draft, "preview", number=questionnaires.first_page(answers)))
    return page(request, "preview", draft, "preview", drawn=drawn)


@require_POST
@on_draft
def save(request: HttpRequest, draft: FormDraft) -> HttpResponse:
    """What autosave.js sends from the preview: the page's pieces that the answers change."""
    step = request.GET.get("step", "1")
    number = int(step) if step.isascii() and step.isdigit() and len(step) < 4 else 1
    if queries.faults(draft.questionnaire):
        return JsonResponse({"refused": _("The draft has something to put right first.")}, status=403)
    before = sampled(request, draft)
    try:
        changes = questionnaires.read_json(request.body)
    except Malformed as wrong:
        return JsonResponse({"error": str(wrong)}, status=400)
    after = tried(request, draft, before, changes)
    saved = Saved(revisions={change.path: 0 for change in changes}, response=after)
    reply: dict[str, Any] = questionnaires.autosave_reply(
        before, saved, changes, number, urls_of(draft, number), preview=True
    )
    reply["saved_at_text"] = _("Tried out, not kept")
    return JsonResponse(reply)
