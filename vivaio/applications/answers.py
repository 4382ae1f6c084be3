"""What applications ask of `questionnaires`: what is missing, what is frozen, what is read.

A question is named by its root: its own name, or that of the table that it is a column of. What is read of a frozen
application is read with the form version that it was given to, on the day when it was handed in.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from vivaio.applications.models import Application
from vivaio.kit import clock
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.engine import form as engine
from vivaio.questionnaires.engine.definition import Definition, canonical_json
from vivaio.questionnaires.engine.evaluation import Evaluation
from vivaio.questionnaires.engine.expressions import BadExpression, parse
from vivaio.questionnaires.engine.state import FileState, FormState, QuestionState
from vivaio.questionnaires.engine.values import truth
from vivaio.questionnaires.models import Attachment, Response

LONGEST_TITLE = 200


@dataclass(frozen=True)
class Reading:
    """One answer to be read: its words, or its files, or the rows of its table (texts, with the totals below)."""

    name: str
    number: str
    label: str
    kind: str
    text: str = ""
    files: tuple[FileState, ...] = ()
    columns: tuple[Any, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    totals: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.text or self.files or self.rows)


@dataclass(frozen=True)
class Block:
    """A page of the form to be read."""

    name: str
    number: int
    title: str
    answers: tuple[Reading, ...]


def locked(application: Application) -> Response:
    """The answers under their row lock: no colleague writes while they are frozen."""
    return questionnaires.locked(application.response_id)


def root(path: str) -> str:
    """The question that a path leads to."""
    return path.partition("/")[0]


def title_of(application: Application) -> str:
    """How the application is called: the answer that the call names, as it is now."""
    name = application.call.title_question
    if not name:
        return application.title
    answers = Response.objects.values_list("answers", flat=True).get(pk=application.response_id)
    return " ".join(str(answers.get(name) or "").split())[:LONGEST_TITLE]


def form_state(application: Application, language: str = "", *, strict: bool = False) -> FormState:
    """The form as its team sees it while it writes."""
    response = application.response
    return engine.state(
        response.version.questionnaire,
        response.answers,
        language or _language(response.version.questionnaire),
        today=clock.today(application.call.time_zone),
        now=clock.now(),
        revisions=response.revisions,
        strict=strict,
    )


def problems(response: Response, zone: str, within: Collection[str] | None = None) -> list[Any]:
    """What stands against handing in; `within` looks at these questions alone."""
    definition = response.version.questionnaire
    found = engine.check(definition, response.answers, _language(definition), today=clock.today(zone), now=clock.now())
    return [problem for problem in found if within is None or root(problem.path) in within]


def holds(application: Application, expression: str) -> bool | None:
    """Whether the answers that count make the expression true; None where it cannot be told."""
    definition = application.response.version.questionnaire
    evaluation = Evaluation(definition, frozen_answers(application), today=_day(application))
    try:
        read = parse(expression, definition.by_name)
    except BadExpression:
        return None
    return truth(read.evaluate(evaluation.scope, evaluation.seen(None)))


def freeze(response: Response) -> bytes:
    """The answers that count and the digests of their files, as canonical JSON in UTF-8."""
    definition = response.version.questionnaire
    frozen = engine.frozen(definition, response.answers, today=clock.today(), now=clock.now())
    return _with_files(response, json.loads(frozen)["answers"])


def refreeze(application: Application, response: Response, opened: Collection[str]) -> bytes:
    """What was frozen before, with the opened questions as they are answered now."""
    kept = {name: value for name, value in frozen_answers(application).items() if name not in opened}
    now = json.loads(freeze(response))["answers"]
    return _with_files(response, {**kept, **{name: value for name, value in now.items() if name in opened}})


def changed(application: Application, response: Response, opened: Collection[str]) -> bool:
    """Whether one of the opened answers differs from what was frozen."""
    before, now = frozen_answers(application), json.loads(freeze(response))["answers"]
    return any(before.get(name) != now.get(name) for name in opened)


def frozen_answers(application: Application) -> dict[str, Any]:
    """The answers that count; none for a draft."""
    if application.frozen is None:
        return {}
    return json.loads(bytes(application.frozen))["answers"]


def known(application: Application, names: Iterable[str]) -> list[str]:
    """Of these names, those of questions that a person answers, in the order of the form."""
    wanted = set(names)
    return [name for name, _label in openable(application.response.version.questionnaire) if name in wanted]


def openable(definition: Definition, language: str = "") -> list[tuple[str, str]]:
    """The questions (tables as one) that a request for integration may open, with their words."""
    language = language or _language(definition)
    return [
        (question.name, definition.words(question.label, language))
        for question, _above in definition.walk()
        if question.kind == "repeat" or (question.answerable and definition.table_of(question.name) is None)
    ]


def files(application: Application, hidden: Collection[str] = ()) -> list[Attachment]:
    """The files named in the answers that count."""
    if application.frozen is None:
        return list(application.response.attachments.all())
    named = json.loads(bytes(application.frozen))["files"]
    definition = application.response.version.questionnaire
    found = Attachment.objects.filter(response=application.response_id, pk__in=named)
    return [file for file in found if not _is_hidden(definition, root(file.path), hidden)]


def reading(application: Application, hidden: Collection[str] = ()) -> list[Block]:
    """The answers that count (of a draft: what is written so far), page by page, as they are to be read."""
    definition = application.response.version.questionnaire
    given = frozen_answers(application) if application.frozen is not None else application.response.answers
    drawn = engine.state(definition, given, _language(definition), today=_day(application))
    return [
        Block(page.name, page.number, page.title, found)
        for page in drawn.pages
        if page.name not in hidden
        and (found := tuple(_reading(item) for item in page.questions() if _is_read(definition, item, hidden)))
    ]


def _is_read(definition: Definition, item: QuestionState, hidden: Collection[str]) -> bool:
    if item.kind in ("note", "group") or not item.relevant:
        return False
    return not _is_hidden(definition, item.name, hidden)


def _is_hidden(definition: Definition, name: str, hidden: Collection[str]) -> bool:
    return name in hidden or any(group.name in hidden for group in definition.above.get(name, ()))


def _reading(item: QuestionState) -> Reading:
    columns = item.columns
    return Reading(
        name=item.name,
        number=item.number,
        label=item.label,
        kind=item.kind,
        text="" if item.kind in ("file", "repeat") else item.display,
        files=item.files,
        columns=columns,
        rows=tuple(tuple(cell.display for cell in row.cells) for row in item.rows if not row.blank),
        totals=tuple(column.total for column in columns) if item.has_totals else (),
    )


def _with_files(response: Response, answers: dict[str, Any]) -> bytes:
    written = json.dumps(answers)
    named = {
        str(file.pk): {"name": file.name, "question": file.path, "sha256": file.sha256, "size": file.size}
        for file in response.attachments.all()
        if str(file.pk) in written
    }
    return canonical_json({"answers": answers, "files": named, "form": response.version.sha256})


def _day(application: Application) -> dt.date:
    """The day on which the answers were handed in, in the programme's zone; today for a draft."""
    zone = application.call.time_zone
    if application.submitted_at is None:
        return clock.today(zone)
    return application.submitted_at.astimezone(ZoneInfo(zone)).date()


def _language(definition: Definition) -> str:
    return (get_language() or definition.language).split("-")[0]
