"""Requests for integration: asked, answered, expired, taken back."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.applications import IntegrationRequestFactory, close, handed_in, open_call
from tests.factories.people import PersonFactory
from tests.factories.programmes import holder
from vivaio.applications import actions, jobs, queries
from vivaio.applications.forms import default_deadline
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState, IntegrationState, ReceiptKind
from vivaio.kit import clock, files
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def asked(**fields):
    request = IntegrationRequestFactory(**fields)
    return request, request.application.created_by


def test_asking_stops_the_application_and_writes_to_its_team():
    application = handed_in(close(open_call()))
    secretary = holder(application.call.programme, "secretary")
    deadline = default_deadline(application)
    request = actions.request_integration(
        application, "Manca lo statuto.", deadline=deadline, questions=["idea", "nonsense"], by=secretary
    )
    application.refresh_from_db()
    assert application.state == ApplicationState.INTEGRATION
    assert request.questions == ["idea"]
    assert (deadline.hour, deadline.minute) == (23, 59)
    letter = OutgoingLetter.objects.get(letter="applications.integration_requested")
    assert "Manca lo statuto." in letter.text
    with pytest.raises(Refused):
        actions.request_integration(application, "Ancora.", deadline=deadline, by=secretary)


def test_answering_gives_it_back_to_the_staff():
    request, person = asked()
    secretary = holder(request.application.call.programme, "secretary")
    actions.answer_integration(request, "Eccolo.", by=person)
    request.refresh_from_db()
    assert request.state == IntegrationState.ANSWERED
    assert Application.objects.get(pk=request.application_id).state == ApplicationState.SUBMITTED
    letter = OutgoingLetter.objects.get(letter="applications.integration_answered")
    assert letter.recipient_email == secretary.email


def test_an_empty_answer_is_none():
    request, person = asked()
    with pytest.raises(Refused):
        actions.answer_integration(request, " ", by=person)


def test_only_opened_answers_change_and_the_first_receipt_stays():
    request, person = asked(questions=["idea"])
    application = request.application
    before = application.digest
    response = application.response
    response.answers = {**response.answers, "idea": "Riaprirne quattro.", "title": "Altro titolo"}
    response.save()
    actions.answer_integration(request, "", by=person)
    application = Application.objects.get(pk=application.pk)
    answers = json.loads(bytes(application.frozen))["answers"]
    assert answers["idea"] == "Riaprirne quattro."
    assert answers["title"] == "La portineria leggera"
    first, second = application.receipts.all()
    assert (first.digest, first.superseded_at) == (before, None)
    assert (second.kind, second.digest) == (ReceiptKind.INTEGRATION, application.digest)


def test_a_required_answer_cannot_be_emptied():
    request, person = asked(questions=["idea"])
    request.application.response.answers["idea"] = ""
    request.application.response.save()
    with pytest.raises(Refused):
        actions.answer_integration(request, "Tolta.", by=person)


@pytest.mark.parametrize(("seconds", "goes"), [(-1, True), (0, False)])
def test_its_door_shuts_to_the_second(seconds, goes):
    request, person = asked()
    with time_machine.travel(request.deadline + dt.timedelta(seconds=seconds), tick=False):
        if goes:
            actions.answer_integration(request, "Eccolo.", by=person)
        else:
            with pytest.raises(Refused):
                actions.answer_integration(request, "Eccolo.", by=person)


def test_nobody_else_answers():
    request, _person = asked()
    with pytest.raises(Refused):
        actions.answer_integration(request, "Eccolo.", by=PersonFactory())


def test_the_clock_expires_it_once_and_tells_the_staff():
    request, _person = asked()
    secretary = holder(request.application.call.programme, "secretary")
    jobs.expire_integrations(0)
    assert not OutgoingLetter.objects.exists()
    with time_machine.travel(request.deadline, tick=False):
        jobs.expire_integrations(0)
        jobs.expire_integration(str(request.pk))
    request.refresh_from_db()
    assert request.state == IntegrationState.EXPIRED
    assert Application.objects.get(pk=request.application_id).state == ApplicationState.SUBMITTED
    assert OutgoingLetter.objects.get().recipient_email == secretary.email


def test_deciding_takes_an_open_request_back():
    request, person = asked()
    secretary = holder(request.application.call.programme, "secretary")
    actions.exclude(request.application, "Fuori territorio.", by=secretary)
    request.refresh_from_db()
    assert request.state == IntegrationState.CANCELLED
    with pytest.raises(Refused):
        actions.answer_integration(request, "Eccolo.", by=person)


def test_a_request_can_be_taken_back():
    request, _person = asked()
    actions.cancel_integration(request, by=holder(request.application.call.programme, "secretary"))
    assert Application.objects.get(pk=request.application_id).state == ApplicationState.SUBMITTED


def test_files_come_with_the_answer_and_are_read_only_when_it_is_sent():
    request, person = asked()
    checked = files.check(SimpleUploadedFile("statuto.pdf", PDF))
    kept = actions.add_integration_file(request, checked, by=person)
    assert kept not in queries.attachments_of(request.application)
    actions.answer_integration(request, "", by=person)
    assert kept in queries.attachments_of(Application.objects.get(pk=request.application_id))


def test_drafts_are_reminded_once_two_days_before():
    from tests.factories.applications import ApplicationFactory

    draft = ApplicationFactory()
    handed_in(draft.call)
    assert actions.remind_of_deadline() == 0
    with time_machine.travel(draft.call.closes_at - dt.timedelta(hours=47), tick=False):
        actions.remind_of_deadline()
        actions.remind_of_deadline()
        assert clock.now() < draft.call.closes_at
    assert OutgoingLetter.objects.get().recipient_email == draft.created_by.email
