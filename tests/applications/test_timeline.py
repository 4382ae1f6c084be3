"""The timeline of an application: what happened and what comes, and never what was not announced yet."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from tests.factories.applications import (
    ApplicationFactory,
    IntegrationRequestFactory,
    close,
    handed_in,
    open_call,
)
from tests.factories.jury import PanelFactory, eligible
from tests.factories.mailroom import LetterFactory
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.pitching import PitchDayFactory, placed
from tests.factories.programmes import holder
from vivaio.applications import actions, queries
from vivaio.applications.models import AidDeclaration, Application
from vivaio.applications.timeline import telling
from vivaio.calls.models import CallDate, CallNotice, CallQuestion
from vivaio.journal import actions as journal
from vivaio.journal.models import Record
from vivaio.jury.models import PitchDay
from vivaio.kit import clock
from vivaio.mailroom import actions as mailroom
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State
from vivaio.people.models import Guardianship, Person

pytestmark = pytest.mark.django_db


def lines(application, person=None):
    found = queries.with_history(Application.objects.get(pk=application.pk))
    return telling.for_team(found, person or application.created_by)


def titles(application, person=None):
    return [(str(line.entry.title), line.entry.state) for line in lines(application, person)]


def own_titles(application, person):
    """With what is this reader's alone, as the page reads it."""
    [found] = queries.MINE_TOLD.rows(person=person, pk=application.pk)
    return [str(line.entry.title) for line in telling.for_team(queries.opened(found), person)]


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


def asked(call, person, **fields):
    return CallQuestion.objects.create(
        call=call, asked_by=person, text="Vale anche per le cooperative?", **fields
    )


def test_ones_own_question_and_its_answer_are_told_to_nobody_else(client, shut):
    application = handed_in(shut)
    by = application.created_by
    colleague = MembershipFactory(organisation=application.organisation).person
    now = clock.now()
    asked(shut, by, state="published", number=1, wording="Cooperative?", answer="Sì.", answered_at=now)
    private = asked(shut, by, state="private", reply="Solo per voi: sì.", answered_at=now)
    asked(shut, by)
    asked(shut, PersonFactory(), state="private", reply="Di un altro.", answered_at=now)
    told = own_titles(application, by)
    assert told.count("Hai fatto una domanda sul bando") == 3
    assert told.count("Alla tua domanda è stato risposto") == 1
    shown = page(client, application, by)
    assert "#q-1" in shown
    assert "Solo per voi: sì." in shown
    assert "Di un altro." not in shown
    letter = LetterFactory(
        person=by.pk, subject_id=private.pk, state=State.SENT, sent_at=now, subject="Risposta a te"
    )
    assert "Risposta a te" in page(client, application, by)
    address = reverse("applications:letter", args=[application.pk, letter.pk])
    assert client.get(address).status_code == 200
    assert "domanda sul bando" not in page(client, application, colleague)
    assert client.get(address).status_code == 404


def test_the_guardian_is_told_to_the_young_person_alone(client, shut):
    application = handed_in(shut)
    young, now = application.created_by, clock.now()
    Person.objects.filter(pk=young.pk).update(born_on=clock.today() - dt.timedelta(days=16 * 365))
    young.refresh_from_db()
    kinds = {"person": young, "matter": shut.pk, "relation": "parent", "expires_at": now}
    Guardianship.objects.create(**kinds, name="Ugo Riva", state="declined", token_digest="a", answered_at=now)
    Guardianship.objects.create(**kinds, name="Rosa Neri", state="signed", token_digest="b", answered_at=now)
    told = own_titles(application, young)
    assert told.count("A un genitore o tutore è stata chiesta la firma per te") == 2
    assert told.count("Il genitore o tutore non ha firmato") == 1
    assert told.count("Il genitore o tutore ha firmato") == 1
    colleague = MembershipFactory(organisation=application.organisation).person
    assert "Rosa Neri" in page(client, application, young)
    assert "Rosa Neri" not in page(client, application, colleague)


def test_the_declaration_and_the_stage_before_are_told(client):
    call = open_call()
    application = handed_in(call)
    AidDeclaration.objects.create(application=application, signed_at=clock.now())
    before = handed_in(open_call(programme=call.programme), organisation=application.organisation)
    assert "La dichiarazione de minimis è stata firmata" in page(client, application)
    Application.objects.filter(pk=application.pk).update(continues=before)
    told = page(client, application)
    assert "Prosegue dalla fase precedente" in told
    assert before.get_absolute_url() in told


def test_the_time_of_the_presentation_is_told_once_the_day_is_announced(client):
    panel = PanelFactory()
    application = eligible(panel.call)
    day = placed(PitchDayFactory(panel=panel))
    title = "Vi presentate alla giuria"
    assert title not in page(client, application)
    PitchDay.objects.filter(pk=day.pk).update(state="announced")
    told = titles(application)
    assert (title, "future") in told
    assert reverse("jury:pitch_team", args=[application.pk]) in page(client, application)
    PitchDay.objects.filter(pk=day.pk).update(starts_at=clock.now() - dt.timedelta(days=1))
    assert (title, "done") in titles(application)


def test_all_of_it_together_costs_no_more_than_a_page_may(client, django_assert_max_num_queries):
    panel = PanelFactory()
    application = eligible(panel.call)
    by, call, now = application.created_by, panel.call, clock.now()
    day = placed(PitchDayFactory(panel=panel, state="announced"))
    Person.objects.filter(pk=by.pk).update(born_on=clock.today() - dt.timedelta(days=16 * 365))
    AidDeclaration.objects.create(application=application, signed_at=now)
    for number in range(12):
        asked(call, by, state="published", number=number + 1, answered_at=now)
        Guardianship.objects.create(
            person=by, matter=call.pk, relation="parent", expires_at=now, state="declined",
            token_digest=str(number), answered_at=now,
        )  # fmt: skip
    assert day.slots.count() == 1
    client.force_login(by)
    with django_assert_max_num_queries(12):
        client.get(application.get_absolute_url())


def test_the_staff_pages_back_through_a_long_history(client, shut, django_assert_max_num_queries):
    staff = holder(shut.programme, "manager")
    application = handed_in(shut)
    with transaction.atomic():
        for _number in range(120):
            journal.record("applications.rechecked", application, by=staff)
    count = Record.objects.filter(subject_id=application.pk).count()
    client.force_login(staff)
    address = reverse("applications:eligibility", args=[application.pk])
    with django_assert_max_num_queries(12):
        first = client.get(address)
    assert "?history=2#history" in first.content.decode()
    assert len([line for line in first.context["timeline"] if line.entry.internal]) == 100
    second = client.get(address, {"history": "2"})
    assert len(second.context["timeline"]) == count - 100
    assert "?history=1#history" in second.content.decode()
    assert "?history=3" not in second.content.decode()
    for wrong in ("0", "-1", "x", "99999", "9999"):
        assert client.get(address, {"history": wrong}).status_code == 200
