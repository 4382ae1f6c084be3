"""Many applications confirmed at once, in both languages, and taken back."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests.factories.applications import close, handed_in, open_call
from tests.factories.calls import ConditionFactory
from tests.factories.people import MembershipFactory
from tests.factories.programmes import holder
from tests.programmes.choosing import choose, go, last_run, read, undo
from vivaio.applications import events
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState, CheckOutcome
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return close(open_call())


@pytest.fixture
def secretary(call, client):
    person = holder(call.programme, "secretary")
    client.force_login(person)
    return person


@pytest.fixture
def received(call):
    return reverse("applications:received", args=[call.programme.slug, call.slug])


def checked(application, outcome):
    condition = ConditionFactory(call=application.call, title="Sede in Lombardia")
    application.checks.create(condition=condition, outcome=outcome)
    return application


def test_those_that_meet_everything_are_confirmed_and_the_others_say_why_not(
    client, call, secretary, received
):
    good = checked(handed_in(call, title="Orto volante"), CheckOutcome.MET)
    failed = checked(handed_in(call, title="Forno"), CheckOutcome.NOT_MET)
    doubt = checked(handed_in(call, title="Mercato"), CheckOutcome.UNKNOWN)
    waits = handed_in(call, title="Portineria", state=ApplicationState.INTEGRATION)
    own = handed_in(call, title="Cucina")
    MembershipFactory(organisation=own.organisation, person=secretary)
    page = read(choose(client, received, "applications.confirm", good, failed, doubt, waits, own))
    assert "Procedi: 1 candidatura" in page
    assert "Restano fuori: 4 righe" in page
    assert "“Sede in Lombardia”" in page or "«Sede in Lombardia»" in page
    assert "è ancora da verificare: apri la candidatura e controlla." in page
    assert "Una richiesta di integrazione aspetta risposta." in page
    assert not OutgoingLetter.objects.exists()
    go(client)
    go(client)
    states = dict(Application.objects.values_list("title", "state"))
    assert [title for title, state in states.items() if state == ApplicationState.ADMITTED] == [
        "Orto volante"
    ]
    assert OutgoingLetter.objects.filter(letter="applications.admitted").count() == 1
    page = read(undo(client))
    assert "Tornate come prima 1. Orto volante" in page
    good.refresh_from_db()
    assert good.state == ApplicationState.SUBMITTED


def test_what_the_jury_builds_on_stays_confirmed_and_says_so(client, call, secretary, received):
    rows = [handed_in(call), handed_in(call)]
    with translation.override("en"):
        url = reverse("applications:received", args=[call.programme.slug, call.slug])
        assert "each team gets a letter" in read(choose(client, url, "applications.confirm", *rows))
        go(client)

        def against(sender, application, **more):
            if application.pk == rows[0].pk:
                raise Refused("The jury reads it.")

        events.undecided.connect(against)
        try:
            page = read(undo(client))
        finally:
            events.undecided.disconnect(against)
    assert "Not undone: 1 row" in page
    assert "The jury reads it." in page
    assert set(Application.objects.values_list("state", flat=True)) == {
        ApplicationState.ADMITTED, ApplicationState.SUBMITTED,
    }  # fmt: skip


def test_before_the_call_closes_nothing_is_confirmed(client, secretary):
    call = open_call()
    row = handed_in(call)
    client.force_login(holder(call.programme, "secretary"))
    url = reverse("applications:received", args=[call.programme.slug, call.slug])
    assert 'value="applications.confirm"' not in client.get(url).content.decode()
    choose(client, url, "applications.confirm", row)
    row.refresh_from_db()
    assert row.state == ApplicationState.SUBMITTED


def test_the_preview_costs_the_same_with_many(client, call, secretary, received):
    def cost(count):
        rows = [checked(handed_in(call), CheckOutcome.MET) for _number in range(count)]
        choose(client, received, "applications.confirm", *rows)
        with CaptureQueriesContext(connection) as found:
            client.get(last_run().get_absolute_url())
        return len(found)

    few, many = cost(1), cost(8)
    assert few == many <= 12


def test_one_with_a_minor_for_whom_nobody_signed_is_left_out(client, call, secretary, received):
    good = checked(handed_in(call, title="Orto volante"), CheckOutcome.MET)
    young = checked(handed_in(call, title="Skate park"), CheckOutcome.MET)
    young.created_by.born_on = clock.today() - dt.timedelta(days=16 * 366)
    young.created_by.save()
    page = read(choose(client, received, "applications.confirm", good, young))
    assert "Procedi: 1 candidatura" in page
    assert "manca la firma" in page
