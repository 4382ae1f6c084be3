"""When a question is asked, and what it accepts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.editor import actions, picks
from vivaio.questionnaires.editor.forms.limits import LimitsForm
from vivaio.questionnaires.editor.forms.logic import Condition, drawn, wrong
from vivaio.questionnaires.editor.picks import Pick
from vivaio.questionnaires.editor.views.frame import on_draft, on_question
from vivaio.questionnaires.editor.views.questions import question_page, to_row
from vivaio.questionnaires.engine.definition import Definition, Question
from vivaio.questionnaires.models import FormDraft

REDRAW = ("relevant-more", "required-more", "redraw")


@require_http_methods(["GET", "HEAD", "POST"])
@on_question
def logic(request: HttpRequest, draft: FormDraft, question: Question) -> HttpResponse:
    """When a question is asked, and when it has to be answered."""
    definition = draft.questionnaire
    data = request.POST if request.method == "POST" else None
    found = conditions_of(definition, question, data)
    stale = None
    asked = data is not None and not any(button in data for button in REDRAW)
    if asked and not [one for one in found if not one.is_valid()]:
        stale, answer = kept(request, draft, question, {one.column: one.expression for one in found})
        if answer:
            return answer
    wrong = any(one.is_wrong for one in found)
    return question_page(request, draft, question, "logic", conditions=found, stale=stale, wrong=wrong)


def conditions_of(definition: Definition, question: Question, data: Any) -> list[Condition]:
    """The conditions that a question has: nobody answers a note or a step."""
    columns = ("relevant", "required") if question.answerable or question.kind == "repeat" else ("relevant",)
    language = questionnaires.language_now()
    return [Condition(definition, question, column, language, data) for column in columns]


def kept(
    request: HttpRequest, draft: FormDraft, question: Question, said: dict[str, Any]
) -> tuple[actions.Stale | None, HttpResponse | None]:
    """Save columns of a question: what stood in the way, or where to go now."""
    seen = request.POST.get("seen", "")
    try:
        actions.set_columns(draft.form, question.name, said, seen=seen, by=request.user)
    except actions.Stale as refusal:
        return refusal, None
    messages.success(request, _("Saved."))
    return None, to_row(draft, question.name, "edit")


@require_http_methods(["GET", "HEAD", "POST"])
@on_question
def limits(request: HttpRequest, draft: FormDraft, question: Question) -> HttpResponse:
    """What a question accepts."""
    form = LimitsForm(request.POST or None, definition=draft.questionnaire, question=question)
    stale = None
    if request.method == "POST" and form.is_valid():
        made = form.made()
        columns = ("constraint", "constraint_message", "required_message")
        stale, answer = kept(request, draft, question, {column: getattr(made, column) for column in columns})
        if answer:
            return answer
    return question_page(request, draft, question, "limits", form=form, stale=stale)


@require_POST
@on_draft
def pick(request: HttpRequest, draft: FormDraft) -> HttpResponse:
    """The operators and the answers of the question that was just picked; nothing is kept."""
    column, _dash, at = request.GET.get("row", "").partition("-")
    row = f"{column}-{at}"
    given = Pick(request.POST.get(f"{row}-question", ""), request.POST.get(f"{row}-operator", ""), "")
    number = int(at) if at.isdecimal() and len(at) < 3 else 0
    found = drawn(draft.questionnaire, column, number, given, questionnaires.language_now())
    return render(request, "questionnaires/editor/compared.html", {"row": found})


@require_POST
@on_question
def expression(request: HttpRequest, draft: FormDraft, question: Question) -> HttpResponse:
    """What an expression says, or what is wrong with it, as it is typed; nothing is kept."""
    column = "required" if request.GET.get("column") == "required" else "relevant"
    definition = draft.questionnaire
    source = request.POST.get(f"{column}-source", "").strip()
    reason = wrong(definition, question, column, source)
    said = picks.said(definition, source, questionnaires.language_now()) if source and not reason else ""
    context = {"error": reason, "said": said if said != source else "", "source": source}
    return render(request, "questionnaires/editor/expression.html", context)
