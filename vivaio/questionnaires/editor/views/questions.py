"""The list of questions: adding, changing, moving, copying, removing, undoing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivaio.kit.refusals import refusals_shown
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.editor import actions, marks, outline, queries, sections, tree
from vivaio.questionnaires.editor.forms.question import AddForm, ChangeForm
from vivaio.questionnaires.editor.views.frame import on_draft, on_question, page
from vivaio.questionnaires.engine.definition import Question
from vivaio.questionnaires.models import FormDraft


def to_row(draft: FormDraft, name: str, way: str = "edit") -> HttpResponse:
    """Back to the list, at a question; `way` is what of it takes the focus, which a fragment would prevent."""
    return redirect(f"{sections.address(draft, 'questions')}?at={name}&way={way}")


@require_safe
@on_draft
def listing(request: HttpRequest, draft: FormDraft) -> HttpResponse:
    """The draft, step by step."""
    definition, language = draft.questionnaire, questionnaires.language_now()
    step = queries.last_step(draft)
    return page(
        request,
        "questions",
        draft,
        "questions",
        sheets=outline.sheets(definition, language),
        last=step,
        last_told=sections.told(definition, step, language),
        at=request.GET.get("at", ""),
        way=request.GET.get("way", ""),
        end=tree.last_place(definition, ""),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def add(request: HttpRequest, draft: FormDraft) -> HttpResponse:
    """A new question."""
    definition = draft.questionnaire
    places = outline.places(definition, questionnaires.language_now())
    wanted = {"offer": request.GET.get("kind", "text")}
    form = AddForm(
        request.POST or None,
        definition=definition,
        places=places,
        place=request.GET.get("place", ""),
        initial=wanted,
    )
    if request.method == "POST" and form.is_valid():
        question, choices = form.new()
        with refusals_shown(request, _("The question was added.")) as shown:
            actions.add_question(
                draft.form, question, form.cleaned_data["place"], choices=choices, by=request.user
            )
        if not shown.refused:
            return to_row(draft, question.name, "edit")
    return page(request, "add", draft, "questions", form=form, title=_("Add a question"))


@require_http_methods(["GET", "HEAD", "POST"])
@on_question
def change(request: HttpRequest, draft: FormDraft, question: Question) -> HttpResponse:
    """The words and the kind of a question."""
    form = ChangeForm(request.POST or None, definition=draft.questionnaire, question=question)
    stale = None
    if request.method == "POST" and form.is_valid():
        made, seen = form.changed(), request.POST.get("seen", "")
        try:
            actions.change_question(
                draft.form, question.name, made, seen=seen, by=request.user, fields=form.changed_data
            )
        except actions.Stale as refusal:
            stale = refusal
        else:
            messages.success(request, _("Saved."))
            return to_row(draft, made.name, "edit")
    return question_page(request, draft, question, "change", form=form, stale=stale)


def question_page(
    request: HttpRequest, draft: FormDraft, question: Question, tab: str, **more: Any
) -> HttpResponse:
    """A page about one question, with its tabs."""
    definition, stale = draft.questionnaire, more.get("stale")
    label = queries.named(definition, question)
    return page(
        request,
        tab,
        draft,
        "questions",
        question=question,
        title=label,
        tabs=tabs(draft, question, tab),
        seen=marks.mark(definition, marks.question(question.name)),
        current=current_words(definition, question) if stale else (),
        **more,
    )


def current_words(definition: Any, question: Question) -> list[tuple[str, str]]:
    """What stands in the draft now, to be read beside what was typed."""
    shown = [("label", _("What people read")), ("hint", _("Help under it"))]
    found = [(title, words) for column, title in shown for words in getattr(question, column).values()]
    for column, title in (("relevant", _("When it is asked")), ("constraint", _("What is accepted"))):
        if getattr(question, column):
            found.append((title, getattr(question, column)))
    return found


def tabs(draft: FormDraft, question: Question, current: str) -> list[sections.Item]:
    """The pages about one question."""
    found = [(_("The question"), "change"), (_("When it is asked"), "logic")]
    if question.answerable and question.kind not in ("acknowledge", "rank"):
        found.append((_("What is accepted"), "limits"))
    return [
        sections.Item(title, sections.address(draft, page, name=question.name), "", page == current)
        for title, page in found
    ]


@require_POST
@on_draft
def move(request: HttpRequest, draft: FormDraft) -> HttpResponse:
    """One place up or down, or to the place where it was dropped."""
    sent = request.POST
    way = "up" if "up" in sent else "down" if "down" in sent else ""
    name = sent.get(way or "name", "")
    steps = {"up": -1, "down": 1, "": 0}
    with refusals_shown(request):
        actions.move_question(draft.form, name, place=sent.get("place", ""), way=steps[way], by=request.user)
    return to_row(draft, name, way or "edit")


@require_POST
@on_draft
def double(request: HttpRequest, draft: FormDraft) -> HttpResponse:
    """A copy of a question, with all inside it, just after it."""
    name = request.POST.get("double", "")
    with refusals_shown(request, _("The copy stands just after it.")):
        name = actions.double_question(draft.form, name, by=request.user)
    return to_row(draft, name)


@require_http_methods(["GET", "HEAD", "POST"])
@on_question
def place(request: HttpRequest, draft: FormDraft, question: Question) -> HttpResponse:
    """Another place for a question, chosen from all there are."""
    definition, name = draft.questionnaire, question.name
    if request.method == "POST":
        with refusals_shown(request, _("Moved.")):
            actions.move_question(draft.form, name, place=request.POST.get("place", ""), by=request.user)
        return to_row(draft, name, "edit")
    places = outline.places(definition, questionnaires.language_now(), name)
    here = tree.place_of(definition, name)
    label = queries.named(definition, question)
    title = _("Where does “%(label)s” stand?") % {"label": label}
    return page(
        request, "place", draft, "questions", places=places, here=here, title=title, question=question
    )


@require_http_methods(["GET", "HEAD", "POST"])
@on_question
def remove(request: HttpRequest, draft: FormDraft, question: Question) -> HttpResponse:
    """Ask, then take a question out; it can be undone."""
    definition, name = draft.questionnaire, question.name
    back = f"{sections.address(draft, 'questions')}#row-{name}"
    if request.method == "POST":
        with refusals_shown(request, _("Removed. The line above the questions undoes it.")):
            actions.remove_question(draft.form, name, seen=request.POST.get("seen", ""), by=request.user)
        return redirect(sections.address(draft, "questions"))
    inside = [queries.named(definition, each) for each in list(tree.branch(question))[1:]]
    title = _("Remove “%(label)s”?") % {"label": queries.named(definition, question)}
    seen = marks.mark(definition, marks.branch(name))
    speaking = [queries.named(definition, each) for each in tree.who_speaks(definition, name)]
    context = {
        **sections.frame(draft, "questions", title=title),
        "inside": inside,
        "seen": seen,
        "back_href": back,
        "speaking": speaking,
    }
    return render(request, "questionnaires/editor/remove.html", context)


@require_POST
@on_draft
def undo(request: HttpRequest, draft: FormDraft) -> HttpResponse:
    """Take the last change back."""
    seen = request.POST.get("seen", "")
    with refusals_shown(request, _("Undone.")):
        actions.undo(
            draft.form, seen=int(seen) if seen.isdecimal() and len(seen) < 9 else -1, by=request.user
        )
    return redirect(sections.address(draft, "questions"))
