"""The timeline of an application: what happened and what comes, and never what was not announced yet."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories.applications import (
    ApplicationFactory,
    IntegrationRequestFactory,
    close,
    handed_in,
    open_call,
)
from tests.factories.mailroom import LetterFactory
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.programmes import holder
from vivaio.applications import actions, queries
from vivaio.applications.models import Application
from vivaio.applications.timeline import telling
from vivaio.calls.models import CallDate, CallNotice
from vivaio.kit import clock
from vivaio.mailroom import actions as mailroom
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State

pytestmark = pytest.mark.django_db


def lines(application, person=None):
    found = queries.with_history(Application.objects.get(pk=application.pk))
    return telling.for_team(found, person or application.created_by)


def titles(application, person=None):
    return [(str(line.entry.title), line.entry.state) for line in lines(application, person)]


def page(client, application, person=None):
    client.force_login(person or application.created_by)
    return client.get(application.get_absolute_url()).content.decode()


@pytest.fixture
def shut():
    return close(open_call())


def test_what_happened_where_it_stands_and_what_comes():
    call = open_call()
    CallDate.objects.create(
        call=call, key="pitch", title="Presentazioni", at=clock.now() + dt.timedelta(days=60)
    )
    CallDate.objects.create(call=call, key="meet", title="Incontro", at=clock.now() - dt.timedelta(days=1))
    application = handed_in(call)
    Application.objects.filter(pk=application.pk).update(created_at=call.opens_at)
    assert titles(application) == [
        ("La bozza è stata iniziata", "done"),
        ("Inviata", "done"),
        ("Verifica dei requisiti", "now"),
        ("La giuria", "future"),
        ("Presentazioni", "future"),
        ("La graduatoria è pubblicata", "future"),
        ("Accettazione", "future"),
    ]


def test_a_reopened_application_tells_each_handing_in(client):
    application = ApplicationFactory()
    by = application.created_by
    actions.submit(application, by=by, declared=True, noticed=True)
    actions.reopen(application, by=by)
    actions.submit(application, by=by, declared=True, noticed=True)
    told = [title for title, _state in titles(application)]
    assert told.count("Inviata") == 2
    assert told.index("Riaperta: di nuovo una bozza") == told.index("Inviata") + 1
    assert 'aria-current="step"' in page(client, application)


def test_an_integration_is_told_with_its_deadline_and_answered(client):
    request = IntegrationRequestFactory()
    assert ("La vostra risposta è attesa entro questo istante", "now") in titles(request.application)
    assert reverse("applications:integration", args=[request.pk]) in page(client, request.application)


def test_an_exclusion_that_is_held_leaves_the_very_lines_of_one_that_waits(client, shut):
    staff = holder(shut.programme, "manager")
    waiting, excluded = handed_in(shut), handed_in(shut)
    actions.exclude(excluded, "Manca lo statuto depositato.", by=staff)
    assert OutgoingLetter.objects.filter(state=State.HELD).exists()
    assert titles(excluded) == titles(waiting)
    told = page(client, excluded)
    assert "Manca lo statuto" not in told
    assert "Non ammissibile" not in told
    for letter in OutgoingLetter.objects.filter(state=State.HELD):
        address = reverse("applications:letter", args=[excluded.pk, letter.pk])
        assert client.get(address).status_code == 404


def test_once_it_is_released_it_is_told(client, shut):
    staff = holder(shut.programme, "manager")
    excluded = handed_in(shut)
    actions.exclude(excluded, "Manca lo statuto depositato.", by=staff)
    batch = OutgoingLetter.objects.filter(state=State.HELD).values_list("batch", flat=True)[0]
    mailroom.release(batch, by=staff)
    assert ("Non ammissibile", "done") in titles(excluded)
    assert "La graduatoria è pubblicata" not in [title for title, _state in titles(excluded)]


def test_a_decision_taken_back_leaves_no_line_for_the_team(client, shut):
    staff = holder(shut.programme, "manager")
    waiting, decided = handed_in(shut), handed_in(shut)
    actions.exclude(decided, "Una svista.", by=staff)
    actions.undecide(Application.objects.get(pk=decided.pk), by=staff)
    assert titles(decided) == titles(waiting)
    assert "Una svista" not in page(client, decided)


def test_ones_own_letters_that_left_are_read_again_and_nobody_elses(client, shut):
    application = handed_in(shut)
    colleague = MembershipFactory(organisation=application.organisation).person
    kinds = {"person": application.created_by.pk, "subject_id": application.pk}
    sent = LetterFactory(
        **kinds, state=State.SENT, sent_at=clock.now(), subject="Vi scriviamo", text="Testo <b>"
    )
    for state in (State.HELD, State.QUEUED, State.CANCELLED, State.WAITING):
        LetterFactory(**kinds, state=state, subject="Trattenuta")
    told = page(client, application)
    address = reverse("applications:letter", args=[application.pk, sent.pk])
    assert "Vi scriviamo" in told
    assert "Trattenuta" not in told
    assert "Testo &lt;b&gt;" in client.get(address).content.decode()
    assert "Vi scriviamo" not in page(client, application, colleague)
    assert client.get(address).status_code == 404
    client.force_login(holder(shut.programme, "manager"))
    assert client.get(address).status_code == 404
    other = handed_in(shut, organisation=application.organisation, created_by=application.created_by)
    client.force_login(application.created_by)
    assert client.get(reverse("applications:letter", args=[other.pk, sent.pk])).status_code == 404


def test_notices_since_the_draft_was_begun_are_told(client):
    application = handed_in(open_call())
    CallNotice.objects.create(
        call=application.call, number=1, kind="amendment", reason="Una svista nei costi."
    )
    told = page(client, application)
    assert "Una svista nei costi." in told
    assert "#notice-1" in told


def test_staff_read_the_register_too_and_the_team_does_not(client, shut):
    staff = holder(shut.programme, "manager", given_name="Paola", family_name="Renzi")
    application = handed_in(shut)
    actions.admit(application, by=staff)
    client.force_login(staff)
    told = client.get(reverse("applications:eligibility", args=[application.pk])).content.decode()
    assert "Paola Renzi ha confermato" in told
    assert "Renzi" not in page(client, application)
    assert ("Ammissibile", "done") in titles(application)


def test_what_the_team_is_asked_is_told_to_the_staff_in_words_of_their_own(client, shut):
    application = handed_in(shut)
    request = IntegrationRequestFactory(application=application)
    Application.objects.filter(pk=application.pk).update(state="integration")
    answer = 'href="' + reverse("applications:integration", args=[request.pk]) + '"'
    assert answer in page(client, application)
    client.force_login(holder(shut.programme, "manager"))
    told = client.get(reverse("applications:eligibility", args=[application.pk])).content.decode()
    assert "Si attende la risposta di chi si candida fino a questo istante" in told
    assert answer not in told  # that page is the team's
    assert "Ve lo dice una lettera" not in told


def test_as_many_letters_as_you_like_cost_the_same(client, shut, django_assert_max_num_queries):
    application = handed_in(shut)
    for number in range(15):
        LetterFactory(
            person=application.created_by.pk, subject_id=application.pk, state=State.SENT,
            sent_at=clock.now(), cause=str(number),
        )  # fmt: skip
        CallNotice.objects.create(call=shut, number=number + 1, kind="amendment", reason="Una svista.")
    client.force_login(application.created_by)
    with django_assert_max_num_queries(12):
        client.get(application.get_absolute_url())


def test_a_withdrawn_application_has_nothing_ahead():
    application = handed_in(open_call())
    actions.withdraw(application, by=application.created_by)
    assert all(state == "done" for _title, state in titles(application))


def test_whoever_is_not_of_the_team_finds_nothing(client, shut):
    application = handed_in(shut)
    client.force_login(PersonFactory())
    assert client.get(application.get_absolute_url()).status_code == 404
