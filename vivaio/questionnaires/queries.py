"""Reads of this room, and the doors to its engine for the rooms that give forms out.

None of them asks who may see what: the caller has done so.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vivaio.kit import clock, formats
from vivaio.kit.statements import Statement
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.questionnaires import rendering
from vivaio.questionnaires.changes import Change, Conflict, Posted, Saved
from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine import carrying, counting, extracts, flat, veiling
from vivaio.questionnaires.engine import form as engine
from vivaio.questionnaires.engine import posted as engine_posted
from vivaio.questionnaires.engine.blocks import Block, blocks
from vivaio.questionnaires.engine.definition import FILES, Definition, Question
from vivaio.questionnaires.engine.expressions import REFERENCE, BadExpression
from vivaio.questionnaires.engine.merging import Merge
from vivaio.questionnaires.engine.state import FormState
from vivaio.questionnaires.models import Attachment, Form, FormDraft, FormVersion, Response
from vivaio.questionnaires.rendering import Frame, Urls

READ, EDIT = "calls.read", "calls.edit"


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


def file_answer(attachment: Attachment) -> dict[str, Any]:
    """How an answer names a file; the digest makes it part of what is frozen."""
    return {
        "id": str(attachment.pk),
        "name": attachment.name,
        "size": attachment.size,
        "type": attachment.content_type,
        "sha256": attachment.sha256,
        "checked_at": attachment.created_at.isoformat(timespec="seconds"),
    }


def attachments(response: Response) -> QuerySet[Attachment]:
    """The files that the answers name now."""
    named = [each["id"] for _name, each in files_in(response.questionnaire, response.answers)]
    return response.attachments.filter(pk__in=named)


def signed(definition: Definition) -> list[tuple[str, str, str]]:
    """The documents that have to be signed, in the order of the form: name, words and how."""
    language = language_now()
    return [
        (one.name, definition.words(one.label, language) or one.name, one.signature)
        for one, _above in definition.walk()
        if one.signature
    ]


def files_in(definition: Definition, answers: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every file that answers name, in the order of the form, with the name of its question."""
    yield from _files_in(definition.questions, answers)


def _files_in(
    questions: Iterable[Question], answers: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for question in questions:
        if question.kind == "group":
            yield from _files_in(question.children, answers)
        elif question.kind == "repeat":
            for row in stored.rows_of(answers, question):
                yield from _files_in(question.children, row)
        elif question.kind in FILES:
            found = answers.get(question.name)
            for each in found if isinstance(found, list) else ():
                if isinstance(each, dict) and "id" in each:
                    yield question.name, each


def file_question(response: Response, path: str) -> Question | None:
    """The question for files at a path of the answers, if there is such a place now."""
    definition = response.questionnaire
    way, name = stored.steps(path)
    question = definition.by_name.get(name)
    if question is None or question.kind not in FILES or not question.answerable:
        return None
    tables = [table.name for table in definition.tables_of(name)]
    here = stored.row_at(response.answers, way) is not None
    return question if here and [table for table, _row in way] == tables else None


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


def frame(
    response: Response,
    number: int,
    urls: Urls,
    language: str | None = None,
    *,
    saved: Saved | None = None,
    strict: bool = False,
    **more: Any,
) -> Frame | None:
    """What `questionnaires/page.html` draws for a step; `None` for one that is not asked now.

    `saved` brings the conflicts and refused files of the save that did not go through clean; `strict` marks what is
    missing as wrong. `more`: `key` (of what is kept in the browser), `review_title`, `note`, `preview`.
    """
    state = state_of(response, language, strict=strict)
    told = saved or Saved()
    more.setdefault("key", str(response.pk))
    return rendering.frame(state, number, urls, conflicts=told.conflicts, file_errors=told.files, **more)


def preview(version: FormVersion, number: int, page_url: Callable[[int], str]) -> Frame | None:
    """A step as applicants will first see it: their defaults, nothing answered."""
    draft = Response(version=version)
    merge = merge_of(draft, None, None)
    merge.start({})
    draft.answers = merge.answers
    last = len(state_of(draft).pages)
    return frame(draft, min(number, last), Urls(page=page_url), preview=True)


def first_page(response: Response) -> int:
    """The step to begin with: the first with something missing, else the first."""
    pages = state_of(response).pages
    return next((page.number for page in pages if not page.complete), pages[0].number if pages else 1)


def saved_text(response: Response, zone: str) -> str:
    """What stands beside the form until autosave answers: when all was kept, on the clock of that zone."""
    if response.saved_at is None:
        return _("Nothing written yet")
    return _("All saved at %(hour)s") % {"hour": formats.hour(response.saved_at, zone)}


def autosave_reply(
    before: Response,
    saved: Saved,
    changes: Iterable[Change],
    number: int,
    urls: Urls,
    language: str | None = None,
    **more: Any,
) -> dict[str, Any]:
    """The JSON that answers an autosave: revisions, conflicts, and the pieces of the page that changed.

    `before` is the response as it was loaded before the save, `number` the step that is open.
    """
    drawn = frame(saved.response, number, urls, language, **more)
    conflicts = [
        {
            "path": each.path,
            "theirs": each.theirs,
            "by": each.by,
            "revision": each.revision,
            **_field(saved.response, each.path, language_now(language)),
        }
        for each in saved.conflicts
    ]
    reply: dict[str, Any] = {
        "saved_at_text": _("All saved at %(hour)s") % {"hour": formats.hour(clock.now())},
        "revisions": saved.revisions,
        "conflicts": conflicts,
        "html": {},
    }
    if drawn is not None:
        typed = [change.path for change in changes]
        reply["html"] = rendering.fragments(state_of(before, language), drawn.state, drawn, typed)
    return reply


def _field(response: Response, path: str, language: str) -> dict[str, Any]:
    """What stands in the field of an answer, so that a page can put it there; nothing where its row is gone."""
    way, name = stored.steps(path)
    row = stored.row_at(response.answers, way)
    question = response.questionnaire.by_name.get(name)
    if row is None or question is None:
        return {}
    value = row.get(name)
    return {"value": value if isinstance(value, list) else stored.typed(question, value, language)}


def forms_for(person: Person) -> QuerySet[Form]:
    """The forms that a person may read, with how many versions each has and how many answered it."""
    return (
        Form.objects.filter(programme__in=programmes.programmes_where(person, READ))
        .select_related("programme")
        .annotate(
            version_count=Count("versions", distinct=True),
            response_count=Count("versions__responses", distinct=True),
        )
        .order_by("programme__title", "title")
    )


def startable_by(person: Person) -> bool:
    """Whether a person may begin a form in some programme."""
    return programmes.programmes_where(person, EDIT).exists()


def draft_of(form: Form) -> FormDraft | None:
    """The next version of a form, while people work on it."""
    return FormDraft.objects.filter(form=form).select_related("changed_by").first()


def versions_for(person: Person) -> QuerySet[FormVersion]:
    """The versions of those forms, newest first, with how many answered each."""
    return (
        FormVersion.objects.filter(form__programme__in=programmes.programmes_where(person, READ))
        .select_related("form__programme", "published_by")
        .annotate(response_count=Count("responses"))
        .order_by("form_id", "-number")
    )
