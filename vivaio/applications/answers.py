"""What applications ask of `questionnaires`: what is missing, what is frozen, what is read.

Questions are named by their root: the name of a question, or of the table that it is a column of.
"""

import json
from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import get_language

from vivaio.applications.models import Application
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.engine.definition import Definition, canonical_json
from vivaio.questionnaires.models import Attachment, Response

LONGEST_TITLE = 200


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


def problems(response: Response, within: Collection[str] | None = None) -> list[Any]:
    """What stands against handing in; `within` looks at these questions alone."""
    definition = response.version.questionnaire
    return [
        question
        for question, _above in definition.walk()
        if question.answerable
        and question.required in ("yes", "true()")
        and response.answers.get(question.name) in (None, "", [])
        and (within is None or question.name in within)
    ]


def holds(application: Application, expression: str) -> bool | None:
    """Whether the answers that count make the expression true; None where it cannot be told."""
    return None


def freeze(response: Response) -> bytes:
    """The answers and the digests of their files, as canonical JSON in UTF-8."""
    return _frozen(response, response.answers)


def refreeze(application: Application, response: Response, opened: Collection[str]) -> bytes:
    """What was frozen before, with the opened questions as they are answered now."""
    before = frozen_answers(application)
    kept = {name: value for name, value in before.items() if name not in opened}
    changed = {name: value for name, value in response.answers.items() if name in opened}
    return _frozen(response, {**kept, **changed})


def changed(application: Application, response: Response, opened: Collection[str]) -> bool:
    """Whether one of the opened answers differs from what was frozen."""
    before = frozen_answers(application)
    return any(before.get(name) != response.answers.get(name) for name in opened)


def frozen_answers(application: Application) -> dict[str, Any]:
    """The answers that count; none for a draft."""
    if application.frozen is None:
        return {}
    return json.loads(bytes(application.frozen))["answers"]


def known(application: Application, names: Iterable[str]) -> list[str]:
    """Of these names, those of questions that a person answers, in the order of the form."""
    wanted = set(names)
    return [name for name, _label in openable(application.response.questionnaire) if name in wanted]


def openable(definition: Definition, language: str = "") -> list[tuple[str, str]]:
    """The questions (tables as one) that a request for integration may open, with their words."""
    language = language or get_language() or definition.language
    return [
        (question.name, definition.words(question.label, language))
        for question, _above in definition.walk()
        if definition.table_of(question.name) is None and (question.answerable or question.kind == "repeat")
    ]


def files(application: Application, hidden: Collection[str] = ()) -> list[Attachment]:
    """The files named in the answers that count."""
    if application.frozen is None:
        return list(application.response.attachments.all())
    named = json.loads(bytes(application.frozen))["files"]
    found = Attachment.objects.filter(response=application.response_id, pk__in=named)
    return [
        file for file in found if not _is_hidden(application.response.questionnaire, root(file.path), hidden)
    ]


def reading(application: Application, hidden: Collection[str] = ()) -> list[Any]:
    """The answers that count, as blocks to be rendered."""
    raise NotImplementedError


def _is_hidden(definition: Definition, name: str, hidden: Collection[str]) -> bool:
    if name in hidden:
        return True
    return any(group.name in hidden for group in definition.above.get(name, ()))


def _frozen(response: Response, answers: dict[str, Any]) -> bytes:
    files = {
        str(file.pk): {"name": file.name, "question": file.path, "sha256": file.sha256, "size": file.size}
        for file in response.attachments.all()
        if str(file.pk) in json.dumps(answers.get(root(file.path)), default=str)
    }
    return canonical_json(
        {
            "answers": answers,
            "files": files,
            "form": response.version.sha256,
            "version": response.version.number,
        }
    )
