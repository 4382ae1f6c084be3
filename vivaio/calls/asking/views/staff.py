"""The queue of questions, and the page on which one is answered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from vivaio.calls import queries as calls
from vivaio.calls import rules as call_rules
from vivaio.calls import sections
from vivaio.calls.asking import actions, queries, rules
from vivaio.calls.asking.forms import AnswerForm, MergeForm, WordsForm
from vivaio.calls.asking.passages import passages
from vivaio.calls.asking.tables import TONES, Questions
from vivaio.calls.models import Call, CallQuestion
from vivaio.calls.states import QuestionState
from vivaio.kit import tables
from vivaio.kit.refusals import refusals_shown

DONE = {
    "write": _("Kept. Nobody else reads it until you publish it."),
    "publish": _("The answer is published, and letters are on their way."),
    "correct": _("The correction is published, and letters are on their way."),
    "merge": _("Who asked is told where the answer stands."),
    "reply": _("The answer is on its way to who asked."),
    "decline": _("Who asked is told why."),
}


def editable(request: HttpRequest, programme: str, slug: str) -> Call:
    """The call whose questions the person answers, else 404."""
    call: Call = get_object_or_404(calls.editable_by(request.user), programme__slug=programme, slug=slug)
    request.frame_programme = call.programme  # type: ignore[attr-defined]
    return call


@require_safe
def queue(request: HttpRequest, programme: str, slug: str) -> HttpResponseBase:
    """All that was asked; what waits first."""
    call = editable(request, programme, slug)
    table = Questions(queries.of_call(call), request.GET)
    context = {
        "call": call,
        "programme": call.programme,
        "zone": call.time_zone,
        "trail": sections.trail(call, _t("Questions")),
        "public_href": sections.address(call, "questions"),
        "why_shut": rules.taken(call),
        "set_href": set_until(call),
    }
    return tables.respond(request, table, "calls/asking/queue.html", context)


def set_until(call: Call) -> str:
    """Where one says until when questions are taken: once the call has opened, in a notice."""
    if call.questions_until or call_rules.alive(call):
        return ""
    if call_rules.change_terms(call):
        return sections.address(call, "notice")
    return sections.address(call, "edit", "windows")


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, programme: str, slug: str, pk: UUID) -> HttpResponse:
    """One question: reworded, answered in public or to who asked, merged, declined, corrected."""
    call = editable(request, programme, slug)
    row = get_object_or_404(queries.of_call(call), pk=pk)
    wish = request.POST.get("wish", "") if request.method == "POST" else ""
    forms = forms_of(request, row, wish)
    chosen = forms["answer"] if wish in ("write", "publish", "correct") else forms.get(wish)
    if wish and chosen is not None and chosen.is_valid():
        with refusals_shown(request) as shown:
            carried_out(row, wish, chosen, request.user)
            messages.success(request, DONE[wish])
        if not shown.refused:
            return redirect(sections.address(call, "question_queue"))
    return render(request, "calls/asking/question.html", told(call, row, forms, request.user))


def forms_of(request: HttpRequest, row: CallQuestion, wish: str) -> dict[str, Any]:
    """The ways to settle a question; only the one that was sent is filled in."""
    data = request.POST
    correcting = row.state == QuestionState.PUBLISHED
    answers = queries.published(row.call).exclude(pk=row.pk)
    return {
        "answer": AnswerForm(
            data if wish in ("write", "publish", "correct") else None, question=row, correcting=correcting
        ),
        "merge": MergeForm(data if wish == "merge" else None, answers=answers, prefix="merge"),
        "reply": WordsForm(
            data if wish == "reply" else None, label=_t("Answer to who asked"), prefix="reply",
            help_text=_t("For what concerns them alone. What helps everybody is answered in public."),
        ),
        "decline": WordsForm(
            data if wish == "decline" else None, label=_t("Why there is no answer"), prefix="decline",
            help_text=_t("Who asked reads it."),
        ),
    }  # fmt: skip


def carried_out(row: CallQuestion, wish: str, form: Any, by: Any) -> None:
    """The one act that was chosen."""
    if wish == "merge":
        actions.merge(row, form.cleaned_data["into"], by=by)
    elif wish in ("reply", "decline"):
        act = actions.reply if wish == "reply" else actions.decline
        act(row, form.cleaned_data["words"], by=by)
    elif wish == "correct":
        actions.correct(row, form.texts, form.cleaned_data["passage"], form.notes, by=by)
    else:
        act = actions.publish if wish == "publish" else actions.write
        act(row, form.texts, form.cleaned_data["passage"], by=by)


def told(call: Call, row: CallQuestion, forms: dict[str, Any], person: Any) -> dict[str, Any]:
    """What the page shows."""
    title = str(row) if row.number else _t("A question on the call")
    return {
        "call": call,
        "programme": call.programme,
        "zone": call.time_zone,
        "question": row,
        "forms": forms,
        "title": title,
        "tone": TONES[QuestionState(row.state)],
        "waits": row.state == QuestionState.ASKED,
        "published": row.state == QuestionState.PUBLISHED,
        "about": dict(passages(call)).get(row.about, ""),
        "refused": rules.answer(row, person),
        "why_not_correct": rules.correct(row, person),
        "others": forms["merge"].fields["into"].offers,
        "corrections": row.corrections.all() if row.number else [],
        "public_href": sections.address(call, "questions"),
        "trail": [
            *sections.trail(call),
            (_t("Questions"), sections.address(call, "question_queue")),
            (title, ""),
        ],
    }
