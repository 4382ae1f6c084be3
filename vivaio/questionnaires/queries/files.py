"""The files that answers name, and the documents to sign."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine.definition import FILES, Definition, Question
from vivaio.questionnaires.models import Attachment, Response
from vivaio.questionnaires.queries.answers import language_now


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
