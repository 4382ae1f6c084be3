"""A page of a form as HTML, whole or in pieces; what `questionnaires/page.html` and an autosave need."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from vivaio.questionnaires import filekinds
from vivaio.questionnaires.changes import Conflict
from vivaio.questionnaires.engine import posted
from vivaio.questionnaires.engine.answers import places_of
from vivaio.questionnaires.engine.state import FormState, PageState, QuestionState


def nowhere(_id: str) -> str:
    """Files without an address are named, not linked."""
    return ""


@dataclass(frozen=True)
class Urls:
    """Where a form's page leads; given by the room that gave the form out.

    `page` and `file` make an address from a step's number and a file's id; `autosave` and `review` may be empty.
    """

    page: Callable[[int], str]
    autosave: str = ""
    review: str = ""
    file: Callable[[str], str] = nowhere


@dataclass(frozen=True)
class Frame:
    """Everything that a page of the form shows."""

    state: FormState
    page: PageState
    urls: Urls
    key: str = ""
    review_title: str = ""
    note: str = ""
    preview: bool = False
    base: str = ""

    @property
    def action(self) -> str:
        return self.urls.page(self.page.number)

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The rail: each step with its state in words."""
        found = [
            {
                "title": page.title,
                "href": self.urls.page(page.number),
                "state": "done" if page.complete else "missing" if page.number <= self.page.number else "",
                "note": step_note(page),
                "current": page.number == self.page.number,
            }
            for page in self.state.pages
        ]
        if self.urls.review:
            title = self.review_title or pgettext("a step", "Review and submit")
            found.append(
                {"title": title, "href": self.urls.review, "state": "", "note": "", "current": False}
            )
        return found

    @property
    def has_rail(self) -> bool:
        """A form of one page with nothing after it needs no rail."""
        return len(self.steps) > 1

    @property
    def missing(self) -> list[tuple[str, str]]:
        """What is missing, with the way to it."""
        return [
            (
                item.heading,
                f"{'' if item.page == self.page.number else self.urls.page(item.page)}#{item.element}",
            )
            for item in self.state.missing
        ]

    @property
    def title(self) -> str:
        """“3. The project”; a form of one page needs no number."""
        return f"{self.page.number}. {self.page.title}" if self.has_rail else self.page.title

    @property
    def back(self) -> PageState | None:
        return self.state.neighbours(self.page.number)[0]

    @property
    def following(self) -> PageState | None:
        return self.state.neighbours(self.page.number)[1]

    @property
    def next_label(self) -> str:
        """What the main button does."""
        if self.following:
            return _("Next: %(step)s") % {"step": self.following.title}
        if self.urls.review:
            return self.review_title or _("Review and submit")
        return _("Save")


def step_note(page: PageState) -> str:
    """“complete”, or how many answers are missing."""
    if page.complete:
        return _("complete")
    count = len(page.missing)
    return ngettext("%(n)s answer missing", "%(n)s answers missing", count) % {"n": count}


def frame(
    state: FormState,
    number: int,
    urls: Urls,
    *,
    conflicts: Iterable[Conflict] = (),
    file_errors: Mapping[str, str] | None = None,
    **more: Any,
) -> Frame | None:
    """The frame of a step; `None` if it is not asked now. A conflict shows mine in the field, theirs beside it."""
    page = state.page(number)
    if page is None:
        return None
    told = {conflict.path: conflict for conflict in conflicts}

    def change(question: QuestionState) -> QuestionState:
        return _dressed(_overlaid(question, told), urls, file_errors or {})

    items = tuple(_each(item, change) for item in page.items)
    return Frame(state, replace(page, items=items), urls, base=posted.base(page), **more)


def _each(question: QuestionState, change: Callable[[QuestionState], QuestionState]) -> QuestionState:
    """A question with a change made in it and in all that it holds."""
    items = tuple(_each(item, change) for item in question.items)
    rows = tuple(
        replace(row, cells=tuple(_each(cell, change) for cell in row.cells)) for row in question.rows
    )
    return change(replace(question, items=items, rows=rows) if items or rows else question)


def _dressed(question: QuestionState, urls: Urls, refused: Mapping[str, str]) -> QuestionState:
    """A question for files with the addresses of its files, what it takes, and what was not taken."""
    if not question.takes_files:
        return question
    return replace(
        question,
        files=tuple(replace(file, href=urls.file(file.id)) for file in question.files),
        takes=filekinds.takes(question),
        accept=filekinds.accepted(question),
        file_error=refused.get(question.path, ""),
    )


def _overlaid(question: QuestionState, told: Mapping[str, Conflict]) -> QuestionState:
    if question.kind == "repeat":
        gone = next((found for path, found in told.items() if _lost_row(path, question)), None)
        return replace(question, conflict=gone)
    conflict = told.get(question.path)
    if conflict is None:
        return question
    mine = conflict.mine if isinstance(conflict.mine, list) else [conflict.mine]
    places = places_of(mine) if question.kind == "rank" else {}
    choices = tuple(
        replace(choice, chosen=choice.name in mine, place=places.get(choice.name, 0))
        for choice in question.choices
    )
    return replace(question, typed=str(mine[0] or "") if mine else "", choices=choices, conflict=conflict)


def _lost_row(path: str, table: QuestionState) -> bool:
    """Whether a path leads into a row of this table that is not there any more."""
    inside = path.removeprefix(f"{table.path}/")
    return inside != path and inside.partition("/")[0] not in {row.id for row in table.rows}


def fragments(before: FormState, after: FormState, drawn: Frame, typed: Iterable[str]) -> dict[str, str]:
    """The pieces of the page that a save changed, by element id. What is being typed keeps its field."""
    found = {
        "form-missing": render("missing", drawn),
        **({"form-steps": render("steps", drawn)} if drawn.has_rail else {}),
    }
    old = before.page(drawn.page.number)
    if old is None:
        return found
    previous = {question.path: question for question in old.everything()}
    for question in drawn.page.items:
        found |= _changed(previous, question, drawn, set(typed))
    return found


def _changed(
    previous: Mapping[str, QuestionState],
    question: QuestionState,
    drawn: Frame,
    typed: set[str],
    piece: str = "question",
) -> dict[str, str]:
    """What to draw again of a question, and of what it holds."""
    was = previous.get(question.path)
    if question.kind in ("group", "likert"):
        if was is None or (was.relevant, was.label, was.choices) != (
            question.relevant,
            question.label,
            question.choices,
        ):
            return {question.box: render("question", drawn, question)}
        piece = "likert_row" if question.kind == "likert" else "question"
        inner = [_changed(previous, item, drawn, typed, piece) for item in question.items]
        return {box: piece for found in inner for box, piece in found.items()}
    if question.kind == "repeat":
        return _table_fragments(previous, was, question, drawn, typed)
    if was is None or _look(was, question.path in typed) != _look(question, question.path in typed):
        piece = (
            "likert_row" if "likert" in question.appearance and question.kind == "select_one" else "question"
        )
        return {question.box: render(piece, drawn, question)}
    return {}


def _look(question: QuestionState, is_typed: bool) -> QuestionState:
    """What of a question is worth drawing again."""
    same: dict[str, Any] = {
        "revision": 0,
        "missing": False,
        "items": (),
        "value": None,
        "words": 0,
        "display": "",
    }
    if question.kind == "note" or question.read_only:
        same.pop("display")
    if is_typed:
        choices = tuple(replace(each, chosen=False, place=0) for each in question.choices)
        same |= {"typed": "", "choices": choices}
    return replace(question, **same)


def _table_fragments(
    previous: Mapping[str, QuestionState],
    was: QuestionState | None,
    now: QuestionState,
    drawn: Frame,
    typed: set[str],
) -> dict[str, str]:
    if was is None or _shape(was) != _shape(now):
        return {now.box: render("question", drawn, now)}
    found: dict[str, str] = {}
    for row in now.rows:
        for cell in row.cells:
            if now.cards:
                found |= _changed(previous, cell, drawn, typed)
                continue
            before, is_typed = previous[cell.path], cell.path in typed
            if before.invalid != cell.invalid or _look(before, is_typed) != _look(cell, is_typed):
                found[cell.box] = render("cell", drawn, cell, row=row, columns=now.columns)
    if was.columns != now.columns and now.has_totals:
        found[f"{now.element}-totals"] = render("totals", drawn, now)
    if was.error != now.error:
        found[now.error_id] = render("error", drawn, now)
    return found


def _shape(table: QuestionState) -> tuple[Any, ...]:
    """What of a table, when it changes, has the whole of it drawn again."""
    ids = [row.id for row in table.rows]
    return (ids, table.relevant, table.label, table.hint, table.has_totals)


def render(piece: str, drawn: Frame, question: QuestionState | None = None, **more: Any) -> str:
    """One piece of the page."""
    context = {"form_page": drawn, "question": question, "cell": question, **more}
    return render_to_string(f"questionnaires/{piece}.html", context).strip()
