"""What applications ask of `questionnaires`: what is missing, what is frozen, what is read.

A question is named by its root: its own name, or that of the table that it is a column of. Frozen answers are read
with the form version that they were given to.
"""

import json
from collections.abc import Callable, Collection, Iterable
from typing import Any

from vivaio.applications.models import Application, IntegrationFile, Receipt
from vivaio.people.models import Person
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


def title_of(application: Application, response: Response) -> str:
    """How the application is called: the answer that the call names, as it is now in `response`."""
    name = application.call.title_question
    if not name:
        return application.title
    return " ".join(str(response.answers.get(name) or "").split())[:LONGEST_TITLE]


def problems(response: Response, within: Collection[str] | None = None) -> list[Any]:
    """What stands against handing in; `within` looks at these questions alone."""
    return list(questionnaires.problems(response, within))


def holds(application: Application, expression: str) -> bool | None:
    """Whether the answers that count make the expression true; None where it cannot be told."""
    if not expression:
        return None
    return questionnaires.holds(
        application.response.questionnaire, answers_that_count(application), expression
    )


def freeze(response: Response) -> bytes:
    """The answers that count, with the digests of their files, as canonical JSON in UTF-8."""
    return questionnaires.frozen(response)


def refreeze(application: Application, response: Response, opened: Collection[str]) -> bytes:
    """What was frozen before, with the opened questions as they are answered now."""
    before, now = _frozen(application), json.loads(freeze(response))
    kept = {name: value for name, value in before["answers"].items() if name not in opened}
    changed = {name: value for name, value in now["answers"].items() if name in opened}
    return canonical_json({**before, "answers": {**kept, **changed}})


def changed(application: Application, response: Response, opened: Collection[str]) -> bool:
    """Whether one of the opened answers differs from what was frozen."""
    before, now = _frozen(application)["answers"], json.loads(freeze(response))["answers"]
    return any(before.get(name) != now.get(name) for name in opened)


def answers_that_count(application: Application) -> dict[str, Any]:
    """The frozen answers; of a draft, those written so far."""
    if application.frozen is None:
        return application.response.answers
    return _frozen(application)["answers"]


def known(application: Application, names: Iterable[str]) -> list[str]:
    """Of these names, those of questions that a person answers, in the order of the form."""
    wanted = set(names)
    return [name for name, _label in openable(application.response.questionnaire) if name in wanted]


def openable(definition: Definition) -> list[tuple[str, str]]:
    """The questions (tables as one) that a request for integration may open, with their words."""
    return questionnaires.askable(definition)


def files(application: Application, hidden: Collection[str] = ()) -> list[Attachment]:
    """The files named in the answers that count, in the order of the form."""
    definition = application.response.questionnaire
    named = [
        file["id"]
        for name, file in questionnaires.files_in(definition, answers_that_count(application))
        if not _is_hidden(definition, name, hidden)
    ]
    found = {str(file.pk): file for file in application.response.attachments.filter(pk__in=named)}
    return [found[one] for one in named if one in found]


def files_of(application: Application, name: str) -> list[dict[str, Any]]:
    """The files that the answers that count name for a question, or for a column of a table."""
    definition = application.response.questionnaire
    return [
        file
        for question, file in questionnaires.files_in(definition, answers_that_count(application))
        if question == name
    ]


def uploaded_by(person: Person) -> list[Any]:
    """The files that a person gave with answers or with answers to requests for integration."""
    return [
        *Attachment.objects.filter(uploaded_by=person),
        *IntegrationFile.objects.filter(uploaded_by=person),
    ]


def reading(
    application: Application, hidden: Collection[str] = (), file_url: Callable[[str], str] | None = None
) -> list[Any]:
    """The answers that count as blocks for `questionnaires/answers.html`; `file_url` makes a file's address."""
    more: dict[str, Any] = {"file_url": file_url} if file_url else {}
    more["at"] = application.submitted_at  # what was calculated then is shown as it was
    version = application.response.version
    return questionnaires.answer_blocks(version, answers_that_count(application), hidden=hidden, **more)


def reading_of(
    application: Application, names: Collection[str], file_url: Callable[[str], str] | None = None
) -> list[Any]:
    """The answers that count to these questions alone (a column brings its table), as `reading` gives them."""
    definition = application.response.questionnaire
    wanted = {(definition.table_of(name) or name) for name in names if name in definition.by_name}
    hidden = {
        question.name
        for question, above in definition.walk()
        if question.kind != "group"
        and question.name not in wanted
        and not any(one.name in wanted for one in above)
    }
    return reading(application, hidden, file_url)


def frozen_texts(application: Application) -> list[str]:
    """Everything that was ever handed in for the application, as it was frozen; integrations included."""
    frozen = [receipt.frozen for receipt in application.receipts.all()]
    if application.frozen is not None:
        frozen.append(application.frozen)
    return [bytes(one).decode() for one in frozen]


def receipt_files(receipt: Receipt) -> list[dict[str, Any]]:
    """The files named in a receipt: name, size, sha256."""
    definition = receipt.application.response.questionnaire
    return [
        file
        for _name, file in questionnaires.files_in(definition, json.loads(bytes(receipt.frozen))["answers"])
    ]


def receipt_blocks(receipt: Receipt, language: str) -> list[dict[str, Any]]:
    """The answers of a receipt as plain data, for a document."""
    frozen = json.loads(bytes(receipt.frozen))["answers"]
    version = receipt.application.response.version
    return [
        block.as_dict() for block in questionnaires.answer_blocks(version, frozen, language, at=receipt.at)
    ]


def _frozen(application: Application) -> dict[str, Any]:
    return json.loads(bytes(application.frozen)) if application.frozen is not None else {"answers": {}}


def _is_hidden(definition: Definition, name: str, hidden: Collection[str]) -> bool:
    return name in hidden or any(group.name in hidden for group in definition.above.get(name, ()))
