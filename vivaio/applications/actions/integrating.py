"""Requests for integration (soccorso istruttorio): asked by the staff, answered by the team, shut by the clock."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from django.db import transaction

from vivaio.applications import answers, eligibility, events, letters, queries, rules
from vivaio.applications.actions.drafting import keep_receipt
from vivaio.applications.deminimis import rules as deminimis
from vivaio.applications.finding import actions as finding
from vivaio.applications.models import Application, IntegrationFile, IntegrationRequest
from vivaio.applications.signing import actions as signing
from vivaio.applications.signing import rules as signatures
from vivaio.applications.states import (
    INTEGRATION_MOVES,
    MOVES,
    ApplicationState,
    IntegrationState,
    ReceiptKind,
)
from vivaio.journal import actions as journal
from vivaio.kit import clock, jobs
from vivaio.kit.files import Checked
from vivaio.kit.rules import require
from vivaio.kit.states import move
from vivaio.people.models import Person
from vivaio.questionnaires import actions as questionnaires
from vivaio.questionnaires.changes import Posted, Saved


@transaction.atomic
def request_integration(
    application: Application, text: str, *, deadline: dt.datetime, by: Person, questions: Iterable[str] = ()
) -> IntegrationRequest:
    """Ask the team for what is missing, by `deadline`; only the answers in `questions` may be changed."""
    application = queries.locked(application.pk)
    require(rules.request_integration, application, by)
    require(rules.reason_given, text)
    require(rules.deadline_ahead, deadline)
    request = IntegrationRequest.objects.create(
        application=application,
        text=text.strip(),
        questions=answers.known(application, questions),
        deadline=deadline,
        requested_by=by,
    )
    move(application, ApplicationState.INTEGRATION, MOVES)
    application.save()
    journal.record("application.integration_requested", application, by=by)
    letters.integration_requested.enqueue(request)
    jobs.defer_at(deadline, "applications.expire_integration", request=str(request.pk))
    return request


@transaction.atomic
def save_integration(
    request: IntegrationRequest, posted: Posted, *, by: Person, language: str | None = None
) -> Saved:
    """Keep what the team writes in the answers that were opened; whatever else is sent is left aside."""
    request = _opened(request, by)
    opened = set(request.questions)
    inside = replace(
        posted,
        changes=[change for change in posted.changes if answers.root(change.path) in opened],
        uploads=[upload for upload in posted.uploads if upload[0] in opened],
        removals=[removal for removal in posted.removals if removal[0] in opened],
    )
    saved = questionnaires.save_posted(request.application.response, inside, by=by, language=language)
    if inside.uploads or inside.removals:
        signing.register(request.application_id, by=by)
    return saved


@transaction.atomic
def add_integration_file(request: IntegrationRequest, file: Checked, *, by: Person) -> IntegrationFile:
    """Keep a file, already checked by its content, with the answer to a request."""
    request = _opened(request, by)
    require(rules.another_file, request)
    return IntegrationFile.objects.create(request=request, uploaded_by=by, **file.fields())


@transaction.atomic
def remove_integration_file(request: IntegrationRequest, file_id: uuid.UUID, *, by: Person) -> None:
    """Take a file back before the answer is sent; one that is not there any more is no error."""
    request = _opened(request, by)
    for file in request.files.filter(pk=file_id):
        stored = file.file
        file.delete()
        transaction.on_commit(partial(stored.storage.delete, str(stored.name)))


@transaction.atomic
def keep_integration_text(request: IntegrationRequest, text: str, *, by: Person) -> IntegrationRequest:
    """Keep the words of an answer that is still being written."""
    request = _opened(request, by)
    request.answer = text.strip()
    request.save()
    return request


@transaction.atomic
def answer_integration(request: IntegrationRequest, text: str, *, by: Person) -> IntegrationRequest:
    """The team answers: opened answers are frozen anew beside the first receipt, and the staff is told."""
    request = _opened(request, by)
    application = request.application
    response = answers.locked(application)
    require(rules.something_answered, request, text, response)
    require(rules.complete, len(answers.problems(response, request.questions)))
    application.response = response
    if deminimis.asked_again(application):
        require(deminimis.hand_in, application)
    require(signatures.hand_in, application, request.questions)
    move(request, IntegrationState.ANSWERED, INTEGRATION_MOVES)
    request.answer, request.answered_at, request.answered_by = text.strip(), clock.now(), by
    request.save()
    move(application, ApplicationState.SUBMITTED, MOVES)
    if request.questions:
        application.frozen = answers.refreeze(application, response, request.questions)
        application.digest = hashlib.sha256(application.frozen).hexdigest()
        keep_receipt(application, by, ReceiptKind.INTEGRATION)
    application.save()
    if request.questions:
        finding.keep(application)
    eligibility.look_again(application)
    journal.record("application.integration_answered", application, by=by, fields=request.questions)
    events.integrated.send(Application, application=application)
    letters.integration_answered.enqueue(request)
    return request


@transaction.atomic
def cancel_integration(request: IntegrationRequest, *, by: Person) -> IntegrationRequest:
    """The staff takes an open request back."""
    application = queries.locked(request.application_id)
    request = queries.locked_request(request.pk)
    request.application = application
    require(rules.cancel_integration, request, by)
    move(request, IntegrationState.CANCELLED, INTEGRATION_MOVES)
    request.save()
    move(application, ApplicationState.SUBMITTED, MOVES)
    application.save()
    journal.record("application.integration_cancelled", application, by=by)
    return request


@transaction.atomic
def expire_integration(pk: uuid.UUID) -> bool:
    """At its deadline an open request shuts, and the staff is told. Twice is as once."""
    found = IntegrationRequest.objects.filter(pk=pk).first()
    if found is None:
        return False
    application = queries.locked(found.application_id)
    request = queries.locked_request(pk)
    if request.state != IntegrationState.OPEN or clock.now() < request.deadline:
        return False
    move(request, IntegrationState.EXPIRED, INTEGRATION_MOVES)
    request.save()
    move(application, ApplicationState.SUBMITTED, MOVES)
    application.save()
    journal.record("application.integration_expired", application)
    letters.integration_expired.enqueue(request)
    return True


def _opened(request: IntegrationRequest, by: Person) -> IntegrationRequest:
    """The request, open to this person at this instant, under the locks of its application and its own."""
    application = queries.locked(request.application_id)
    request = queries.locked_request(request.pk)
    request.application = application
    require(rules.answer_integration, request, by)
    return request
