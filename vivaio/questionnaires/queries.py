"""Reads of this room, and the doors to its engine for the rooms that give forms out.

None of them asks who may see what: the caller has done so.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vivaio.kit import clock, files
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme
from vivaio.questionnaires.changes import Change, Conflict, Posted
from vivaio.questionnaires.engine import form as engine
from vivaio.questionnaires.engine import posted as engine_posted
from vivaio.questionnaires.engine.blocks import Block, blocks
from vivaio.questionnaires.engine.definition import Definition, Question
from vivaio.questionnaires.engine.expressions import BadExpression
from vivaio.questionnaires.engine.state import FormState
from vivaio.questionnaires.models import Attachment, Form, FormVersion, Response

PERMISSION = "blueprint.apply"


def language_now(language: str | None = None) -> str:
    """The language asked for, or the one the reader uses, as a bare code."""
    return (language or get_language() or "it").split("-")[0]


def with_version(pk: object) -> Response:
    """The answers with their form, in one query."""
    return Response.objects.select_related("version__form").get(pk=pk)


def locked(pk: object) -> Response:
    """The answers under their row lock; call it inside a transaction."""
    return Response.objects.select_for_update(of=("self",)).select_related("version__form").get(pk=pk)


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
    return engine.counted(response.questionnaire, given, today=clock.today(), now=clock.now())


def frozen(response: Response) -> bytes:
    """The answers that count, as canonical JSON: what a receipt's digest is taken of."""
    return engine.frozen(response.questionnaire, response.answers, today=clock.today(), now=clock.now())


def holds(definition: Definition, answers: Mapping[str, Any], expression: str) -> bool | None:
    """Whether an expression over the answers is true; `None` where it cannot be read."""
    try:
        return engine.holds(definition, answers, expression, today=clock.today(), now=clock.now())
    except BadExpression:
        return None


def answer_blocks(
    version: FormVersion,
    answers: Mapping[str, Any],
    language: str | None = None,
    *,
    hidden: Collection[str] = (),
) -> list[Block]:
    """Answers to be read, as a list of blocks for `questionnaires/answers.html` and for documents.

    `hidden` leaves out questions, tables' columns, groups and whole pages by their names.
    """
    found = engine.state(
        version.questionnaire, answers, language_now(language), today=clock.today(), now=clock.now()
    )
    return blocks(found, hidden=hidden)


def read_post(response: Response, number: int, post: Any, uploaded: Any = None) -> Posted:
    """What a page of the form sent without script: give it to `actions.save_posted`."""
    page = state_of(response).page(number)
    return engine_posted.read_post(response.questionnaire, page, post, uploaded) if page else Posted()


def read_json(body: bytes) -> list[Change]:
    """The changes of an autosave request. Raises `engine.posted.Malformed`: answer it with 400."""
    return engine_posted.read_json(body)


def kinds_of(question: Question) -> tuple[str, ...]:
    """The kinds of file that a question takes, from its `accept` column (`.pdf,.jpg`, `image/*`)."""
    wanted = [part.strip().lower() for part in question.accept.split(",") if part.strip()]
    found = [
        code
        for code, kind in files.KINDS.items()
        for part in wanted
        if part in (kind.suffix, kind.content_type, f".{code}")
        or (part.endswith("/*") and kind.content_type.startswith(part[:-1]))
    ]
    return tuple(dict.fromkeys(found)) or files.DOCUMENTS


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
    named = [
        each.get("id")
        for question in response.questionnaire.by_name.values()
        if question.kind == "file"
        for each in response.answers.get(question.name) or []
    ]
    return response.attachments.filter(pk__in=named)


def named_conflicts(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """Conflicts with the colleague's name in place of the id."""
    found = list(conflicts)
    ids = {uuid.UUID(each.by) for each in found if each.by}
    people = {str(person.pk): str(person) for person in Person.objects.filter(pk__in=ids)} if ids else {}
    return [replace(each, by=people.get(each.by, _("somebody else"))) for each in found]


def forms_for(person: Person, programme: Programme | None = None) -> QuerySet[Form]:
    """The forms that a person of the staff may read, newest version counted."""
    found = Form.objects.filter(programme__in=programmes_of(person))
    if programme is not None:
        found = found.filter(programme=programme)
    return found.select_related("programme").annotate(version_count=Count("versions"))


def programmes_of(person: Person) -> QuerySet[Programme]:
    """The programmes whose forms a person may read: those where they are staff."""
    return programmes.staffed_by(person)


def versions_for(person: Person) -> QuerySet[FormVersion]:
    """The versions of those forms, with how many answered each."""
    return (
        FormVersion.objects.filter(form__programme__in=programmes_of(person))
        .select_related("form__programme", "published_by")
        .annotate(response_count=Count("responses"))
    )
