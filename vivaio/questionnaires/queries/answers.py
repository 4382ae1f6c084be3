"""Answers as they stand: their state, what is read of them, what changes them."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vivaio.kit import clock
from vivaio.kit.statements import Statement
from vivaio.people.models import Person
from vivaio.questionnaires import rendering
from vivaio.questionnaires.changes import Change, Conflict, Posted
from vivaio.questionnaires.engine import carrying, counting, extracts, flat, veiling
from vivaio.questionnaires.engine import form as engine
from vivaio.questionnaires.engine import posted as engine_posted
from vivaio.questionnaires.engine.blocks import Block, blocks
from vivaio.questionnaires.engine.definition import FILES, Definition, Question
from vivaio.questionnaires.engine.expressions import REFERENCE, BadExpression
from vivaio.questionnaires.engine.merging import Merge
from vivaio.questionnaires.engine.state import FormState
from vivaio.questionnaires.models import FormVersion, Response


def language_now(language: str | None = None) -> str:
    """The language asked for, or the one the reader uses, as a bare code."""
    return (language or get_language() or "it").split("-")[0]


def with_version(pk: uuid.UUID | str) -> Response:
    """The answers with their form, in one query."""
    return Response.objects.select_related("version__form").get(pk=pk)


def locked(pk: uuid.UUID | str) -> Response:
    """The answers under their row lock; call it inside a transaction."""
    return _LOCKED.one(pk=uuid.UUID(str(pk)))  # type: ignore[no-any-return]


_LOCKED = Statement(
    lambda pk: Response.objects.select_for_update(of=("self",)).select_related("version__form").filter(pk=pk)
)


def state_of(response: Response, language: str | None = None, *, strict: bool = False) -> FormState:
    """The form as a person sees it: pages, what is answered, what is missing."""
    return engine.state(
        response.questionnaire,
        response.answers,
        language_now(language),
        today=clock.today(),
        now=clock.now(),
        revisions=response.revisions,
        strict=strict,
    )


def problems(
    response: Response, within: Collection[str] | None = None, language: str | None = None
) -> list[engine.Problem]:
    """What stands against handing in; `within` looks at these questions (and tables) alone."""
    found = engine.check(
        response.questionnaire,
        response.answers,
        language_now(language),
        today=clock.today(),
        now=clock.now(),
    )
    return [each for each in found if within is None or each.path.partition("/")[0] in within]


def counted(response: Response, answers: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The answers that count: what is not asked is left out, calculations are in."""
    given = response.answers if answers is None else answers
    return counting.counted(response.questionnaire, given, today=clock.today(), now=clock.now())


def carried(answers: Mapping[str, Any], old: Definition, new: Definition) -> dict[str, Any]:
    """Of answers given to one form, those that another asks too: give them to `actions.start_response`."""
    return carrying.carried(answers, old, new)


def frozen(response: Response) -> bytes:
    """The answers that count, as canonical JSON: what a receipt's digest is taken of."""
    return counting.frozen(response.questionnaire, response.answers, today=clock.today(), now=clock.now())


def holds(definition: Definition, answers: Mapping[str, Any], expression: str) -> bool | None:
    """Whether an expression over the answers is true; `None` where it cannot be read."""
    try:
        return counting.holds(definition, answers, expression, today=clock.today(), now=clock.now())
    except BadExpression:
        return None


def answer_blocks(
    version: FormVersion,
    answers: Mapping[str, Any],
    language: str | None = None,
    *,
    hidden: Collection[str] = (),
    file_url: Callable[[str], str] = rendering.nowhere,
    at: dt.datetime | None = None,
) -> list[Block]:
    """Answers to be read, as a list of blocks for `questionnaires/answers.html` and for documents.

    `hidden` leaves out questions, tables' columns, groups and whole pages by their names, and whatever would tell
    their answers (`engine.veiling`). `file_url` makes a
    file's address from its id. `at` is the moment to calculate for: that of handing in, for frozen answers.
    """
    moment = at or clock.now()
    today = timezone.localdate(moment)
    definition = version.questionnaire
    if hidden:
        hidden = veiling.closed(definition, hidden)
        definition = veiling.veiled(definition, frozenset(hidden))
    found = engine.state(definition, answers, language_now(language), today=today, now=moment)
    return [
        replace(block, files=tuple(replace(file, href=file_url(file.id)) for file in block.files))
        for block in blocks(found, hidden=hidden)
    ]


def askable(definition: Definition, of_files: bool = False) -> list[tuple[str, str]]:
    """The questions that a person answers (tables as one; `of_files` alone), with their words."""
    language = language_now()
    return [
        (question.name, definition.words(question.label, language) or question.name)
        for question, _above in definition.walk()
        if (question.kind == "repeat" or question.answerable) and definition.table_of(question.name) is None
        if not of_files or question.kind in FILES
    ]


def asked_in(expression: str) -> list[str]:
    """The questions that an expression looks at."""
    return list(dict.fromkeys(REFERENCE.findall(expression)))


def identifying(definition: Definition) -> frozenset[str]:
    """The questions, tables and groups that tell who applies: what a blind review hides."""
    return veiling.identifying(definition)


def closed(definition: Definition, names: Collection[str]) -> frozenset[str]:
    """These names with all that stands inside them and whatever is worked out from it."""
    return veiling.closed(definition, names)


def answer_columns(definition: Definition, language: str | None = None) -> list[tuple[str, str]]:
    """Name and heading of a column for each question, for an export of many answers."""
    return flat.columns(definition, language_now(language))


def answer_cells(
    definition: Definition, answers: Mapping[str, Any], language: str | None = None
) -> dict[str, Any]:
    """Answers that count as the cells of one row, by the names of `answer_columns`."""
    return flat.values(definition, answers, language_now(language))


def heading(definition: Definition, question: Question, language: str | None = None) -> str:
    """The words of a question in one line, without the answers of others in them."""
    return flat.heading(definition, question, language_now(language))


def extracted(definition: Definition, answers: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """By question, what answers are compared as among many, and the words that they are found by."""
    return extracts.extract(definition, answers)


def read_post(response: Response, number: int, post: Any, uploaded: Any = None) -> Posted:
    """What a page of the form sent without script: give it to `actions.save_posted`."""
    page = state_of(response).page(number)
    return engine_posted.read_post(response.questionnaire, page, post, uploaded) if page else Posted()


def read_json(body: bytes) -> list[Change]:
    """The changes of an autosave request. Raises `engine.posted.Malformed`: answer it with 400."""
    return engine_posted.read_json(body)


def merge_of(response: Response, by: Person | None, language: str | None) -> Merge:
    """The answers of a response, ready to be changed by a person."""
    return Merge(
        response.questionnaire,
        response.answers,
        response.revisions,
        response.authors,
        by=str(by.pk) if by else "",
        language=language_now(language),
        today=clock.today(),
        now=clock.now(),
    )


def named_conflicts(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """Conflicts with the colleague's name in place of the id."""
    found = list(conflicts)
    ids = {uuid.UUID(each.by) for each in found if each.by}
    people = {str(person.pk): str(person) for person in Person.objects.filter(pk__in=ids)} if ids else {}
    return [replace(each, by=people.get(each.by, _("somebody else"))) for each in found]
