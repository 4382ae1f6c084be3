"""Handing in: what is frozen, numbered, receipted; what is refused and why."""

import datetime as dt
import hashlib
import json

import pytest
import time_machine

from tests.factories.applications import ApplicationFactory, close, handed_in, open_call
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory
from vivaio.applications import actions, queries
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter

pytestmark = pytest.mark.django_db


def submit(application, by=None, declared=True, noticed=True):
    return actions.submit(application, by=by or application.created_by, declared=declared, noticed=noticed)


def test_handing_in_freezes_numbers_and_receipts():
    application = submit(ApplicationFactory())
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert application.number == 1
    assert hashlib.sha256(bytes(application.frozen)).hexdigest() == application.digest
    assert json.loads(bytes(application.frozen))["answers"]["title"] == "La portineria leggera"
    receipt = application.receipts.get()
    assert receipt.digest == application.digest
    letter = OutgoingLetter.objects.get(letter="applications.receipt")
    assert letter.recipient_email == application.created_by.email
    assert application.digest in letter.text.replace("\n", "")
    assert "n. 1" in letter.subject


def test_what_is_written_later_does_not_change_what_was_frozen():
    application = submit(ApplicationFactory())
    application.response.answers["title"] = "Altro"
    application.response.save()
    read = {block.name: block.text for block in queries.reading(Application.objects.get(pk=application.pk))}
    assert read["title"] == "La portineria leggera"


def test_numbers_are_per_call_and_kept_when_reopened():
    call = open_call()
    first, second = (submit(ApplicationFactory(call=call)) for _time in range(2))
    elsewhere = submit(ApplicationFactory())
    assert (first.number, second.number, elsewhere.number) == (1, 2, 1)
    actions.reopen(first, by=first.created_by)
    third = submit(ApplicationFactory(call=call))
    assert third.number == 3
    assert submit(first).number == 1


def test_reopening_supersedes_the_receipt_and_handing_in_again_gives_another():
    application = submit(ApplicationFactory())
    actions.reopen(application, by=application.created_by)
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT
    assert application.frozen is None
    assert application.receipts.get().superseded_at
    submit(application)
    old, new = application.receipts.all()
    assert old.superseded_at
    assert new.superseded_at is None
    assert OutgoingLetter.objects.filter(letter="applications.receipt").count() == 2


def test_an_incomplete_application_stays_a_draft_and_loses_nothing():
    application = ApplicationFactory()
    application.response.answers = {"title": "Solo il titolo"}
    application.response.save()
    with pytest.raises(Refused, match="2 "):
        submit(application)
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT
    assert application.number is None
    assert application.response.answers == {"title": "Solo il titolo"}


@pytest.mark.parametrize(("declared", "noticed"), [(False, True), (True, False)])
def test_the_declarations_are_needed(declared, noticed):
    application = ApplicationFactory()
    with pytest.raises(Refused):
        submit(application, declared=declared, noticed=noticed)


@pytest.mark.parametrize(("seconds", "goes"), [(-1, True), (0, False), (1, False)])
def test_the_door_shuts_to_the_second(seconds, goes):
    application = ApplicationFactory()
    with time_machine.travel(application.call.closes_at + dt.timedelta(seconds=seconds), tick=False):
        if goes:
            assert submit(application).number == 1
            return
        with pytest.raises(Refused):
            submit(application)
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT


def test_only_the_team_hands_in():
    application = ApplicationFactory()
    with pytest.raises(Refused):
        submit(application, by=PersonFactory())
    colleague = MembershipFactory(organisation=application.organisation).person
    assert submit(application, by=colleague).submitted_by == colleague


def test_the_receipt_goes_to_everyone_who_worked_on_it():
    application = ApplicationFactory()
    writer, idle = (MembershipFactory(organisation=application.organisation).person for _time in range(2))
    application.writers.create(person=writer, wrote_at=application.created_at)
    submitter = MembershipFactory(organisation=application.organisation).person
    submit(application, by=submitter)
    told = set(OutgoingLetter.objects.values_list("recipient_email", flat=True))
    assert told == {application.created_by.email, writer.email, submitter.email}
    assert idle.email not in told


def test_withdrawing_after_the_deadline_is_possible_reopening_is_not():
    application = handed_in()
    close(application.call)
    with pytest.raises(Refused):
        actions.reopen(application, by=application.created_by)
    actions.withdraw(application, by=application.created_by)
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert application.number == 1
    assert OutgoingLetter.objects.get().letter == "applications.withdrawn"
    with pytest.raises(Refused):
        actions.reopen(application, by=application.created_by)


def test_a_withdrawn_application_can_be_reopened_before_the_deadline():
    application = handed_in()
    actions.withdraw(application, by=application.created_by)
    actions.reopen(application, by=application.created_by)
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT
    assert submit(application).number == 1


def test_reopening_beside_another_draft_is_refused_with_the_way_out():
    application = handed_in()
    ApplicationFactory(call=application.call, organisation=application.organisation, track=application.track)
    with pytest.raises(Refused, match=r"bozza|draft"):
        actions.reopen(application, by=application.created_by)


def test_a_later_room_can_keep_an_application_from_being_withdrawn():
    from vivaio.applications import events

    def against(sender, application, **more):
        raise Refused("The verdict is adopted.")

    application = handed_in()
    events.withdrawn.connect(against)
    try:
        with pytest.raises(Refused, match="verdict"):
            actions.withdraw(application, by=application.created_by)
    finally:
        events.withdrawn.disconnect(against)
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert not OutgoingLetter.objects.exists()


def test_who_left_the_organisation_reads_no_more_what_they_began_for_it(client):
    application = ApplicationFactory()
    person, page = application.created_by, application.get_absolute_url()
    client.force_login(person)
    assert client.get(page, follow=True).status_code == 200
    colleague = MembershipFactory(organisation=application.organisation).person
    application.organisation.memberships.filter(person=person).update(ended_at=application.created_at)
    assert not queries.visible_to(person).exists()
    assert client.get(page).status_code == 404
    assert queries.visible_to(colleague).get() == application
    with pytest.raises(Refused):
        submit(application)


def test_a_personal_application_stays_with_its_person():
    person = PersonFactory()
    membership = MembershipFactory(person=person)
    application = ApplicationFactory(organisation=None, person=person, created_by=person)
    membership.ended_at = application.created_at
    membership.save()
    assert queries.visible_to(person).get() == application


def test_a_person_applies_alone_where_the_call_admits_people():
    person = PersonFactory()
    application = ApplicationFactory(organisation=None, person=person, created_by=person)
    assert submit(application).applicant_name == str(person)
    assert not OrganisationFactory().applications.exists()
