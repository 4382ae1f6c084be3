"""A call's condition on age: asked before handing in, computed, explained, computed again when the date changes."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories.applications import ApplicationFactory, close, open_call
from tests.factories.calls import ConditionFactory, TrackFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import holder
from vivaio.applications import actions, eligibility
from vivaio.applications.states import CheckOutcome
from vivaio.calls.states import ConditionKind
from vivaio.kit.rules import Refused
from vivaio.people import actions as people

pytestmark = pytest.mark.django_db
MET, NOT_MET, UNKNOWN = CheckOutcome.MET, CheckOutcome.NOT_MET, CheckOutcome.UNKNOWN
GROWN = {"least": 18, "most": 30, "on": "2027-01-31"}


def application_of(person, parameters=GROWN, **condition):
    """A complete draft of the person alone, in a call with a condition on age."""
    call = open_call(applicant_kinds=["person", "organisation"])
    ConditionFactory(
        call=call, kind=ConditionKind.AGE, parameters=parameters, title="Dai 18 ai 30 anni", **condition
    )
    return ApplicationFactory(call=call, organisation=None, person=person, created_by=person)


def hand_in(application):
    return actions.submit(application, by=application.created_by, declared=True, noticed=True)


@pytest.mark.parametrize(
    ("born", "parameters", "expected"),
    [
        ("2009-01-31", GROWN, MET),
        ("2009-02-01", GROWN, NOT_MET),
        ("1996-02-01", GROWN, MET),
        ("1996-01-31", GROWN, NOT_MET),
        ("1940-01-01", {"least": 18}, MET),
        ("1996-01-31", {"most": 30, "on": "2027-01-30"}, MET),
        ("1996-01-31", {}, UNKNOWN),
        ("1996-01-31", {"least": "many", "on": 7}, UNKNOWN),
    ],
)
def test_it_is_computed_from_the_date_of_birth(born, parameters, expected):
    person = PersonFactory(born_on=dt.date.fromisoformat(born))
    application = application_of(person, parameters)
    assert eligibility.compute(application.call.conditions.get(), application) == expected


def test_without_a_day_the_one_on_which_the_call_closes_counts():
    application = application_of(PersonFactory(), {"least": 18})
    closes = application.call.closes_at.date()
    application.person.born_on = closes.replace(year=closes.year - 18, day=1)
    assert eligibility.compute(application.call.conditions.get(), application) == MET


def test_of_an_organisation_somebody_looks():
    call = open_call()
    condition = ConditionFactory(call=call, kind=ConditionKind.AGE, parameters=GROWN)
    application = ApplicationFactory(call=call)
    assert eligibility.compute(condition, application) == UNKNOWN
    assert "Si candida un’organizzazione" in eligibility.explain(condition, application)
    assert hand_in(application).state == "submitted"


def test_who_has_not_said_their_age_is_asked_before_it_is_handed_in(client):
    person = PersonFactory()
    application = application_of(person)
    with pytest.raises(Refused, match="condizione sull’età"):
        hand_in(application)
    client.force_login(person)
    page = client.get(reverse("applications:guardian", args=[application.pk]))
    assert "ha una condizione sull’età" in page.text
    client.post(
        reverse("applications:tell_birth", args=[application.pk]), {"born_on": "2000-05-05", "country": "IT"}
    )
    application.refresh_from_db()
    assert hand_in(application).checks.get().outcome == MET


def test_a_condition_of_another_track_asks_nobody():
    application = application_of(PersonFactory())
    condition = application.call.conditions.get()
    condition.track = TrackFactory(call=application.call)
    condition.save()
    assert hand_in(application).state == "submitted"


def test_who_is_too_old_reads_it_before_handing_in_and_the_staff_reads_why(client):
    person = PersonFactory(born_on=dt.date(1990, 5, 5))
    application = application_of(person)
    client.force_login(person)
    page = client.get(reverse("applications:review", args=[application.pk]))
    assert (
        "Dai 18 ai 30 anni: 36 anni il giorno 31 gennaio 2027. Il bando ammette da 18 a 30 anni." in page.text
    )
    hand_in(application)
    close(application.call)
    client.force_login(holder(application.call.programme, "secretary"))
    page = client.get(reverse("applications:eligibility", args=[application.pk]))
    assert "36 anni il giorno 31 gennaio 2027" in page.text
    assert "1990" not in page.text


def test_another_date_of_birth_is_looked_at_again():
    person = PersonFactory(born_on=dt.date(1990, 5, 5))
    application = hand_in(application_of(person))
    assert application.checks.get().outcome == NOT_MET
    people.tell_birth(person, dt.date(1999, 5, 5), "IT", by=person)
    assert application.checks.get().outcome == MET
    people.update_profile(person, {"born_on": None}, by=person)
    assert application.checks.get().outcome == UNKNOWN
