"""De minimis aid counted again on the day of the verdict: a warning for whoever adopts it, never an exclusion."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories.applications import declares
from tests.factories.calls import ConditionFactory
from tests.factories.jury import JurorFactory
from tests.factories.programmes import holder
from tests.jury.verdicts import Judged
from vivaio.applications.models import AidVerification
from vivaio.calls.states import ConditionKind
from vivaio.jury import granting
from vivaio.jury.states import Outcome
from vivaio.kit import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def judged():
    """Alba has received much, Brina nothing to speak of, Corte signed nothing; two places for three."""
    made = Judged(places=3)
    ConditionFactory(
        call=made.call, kind=ConditionKind.DE_MINIMIS, parameters={"regime": "general", "amount": "20000.00"}
    )
    received(made.apply("Alba", (5, 5), (5, 5)), "290000.00", days=10)
    received(made.apply("Brina", (5, 4), (5, 4)), "100.00", days=10)
    made.apply("Corte", (4, 4), (4, 4))
    made.compute()
    return made


def received(application, amount, *, days):
    declaration = declares(application, signed=True)
    declaration.aids[0] |= {"amount": amount, "on": (clock.today() - dt.timedelta(days=days)).isoformat()}
    declaration.save()
    return application


def manager(judged):
    return holder(judged.call.programme, "manager")


def told(judged, person):
    ranking = judged.call.rankings.get()
    return {one.application.applicant_name: one for one in granting.warnings(ranking, person)}


def test_whoever_adopts_is_warned_of_each_that_is_selected(judged):
    names = told(judged, manager(judged))
    assert "would exceed the ceiling by" in names["Alba"].words
    assert names["Alba"].exceeds
    assert "No RNA visura" in names["Brina"].words
    assert not names["Brina"].exceeds
    assert "declaration is missing" in names["Corte"].words


def test_the_window_is_counted_at_the_verdict(judged):
    """What was granted three years ago when it was declared no longer counts when it is adopted."""
    alba = judged.call.applications.get(organisation__name="Alba")
    declaration = alba.aid_declaration
    today = clock.today()
    declaration.aids[0]["on"] = today.replace(year=today.year - 3, day=min(today.day, 28)).isoformat()
    declaration.save()
    (words,) = [one.words for one in told(judged, manager(judged)).values() if one.application == alba]
    assert "No RNA visura" in words
    AidVerification.objects.create(application=alba, checked_on=today, total=0)
    assert alba not in [one.application for one in told(judged, manager(judged)).values()]


def test_nobody_is_excluded_by_it(judged):
    entries = judged.call.rankings.get().entries
    assert set(entries.values_list("outcome", flat=True)) == {Outcome.SELECTED}


def test_the_pages_show_it_to_managers_and_not_to_jurors(judged, client):
    person, call = manager(judged), judged.call
    client.force_login(person)
    at = {"programme": call.programme.slug, "call": call.slug}
    adopt = reverse("jury:adopt", kwargs={**at, "pk": call.rankings.get().pk})
    assert "De minimis aid at the day of the verdict" in client.get(adopt).content.decode()
    ranking = client.get(reverse("jury:ranking", kwargs=at)).content.decode()
    assert "This call grants de minimis aid" in ranking
    assert reverse("applications:de_minimis_list", args=[call.programme.slug, call.slug]) in ranking
    JurorFactory(panel=call.panel, person=person)
    assert "De minimis aid at" not in client.get(adopt).content.decode()


def test_the_page_of_the_verdict_costs_little(judged, client, django_assert_max_num_queries):
    client.force_login(manager(judged))
    call = judged.call
    at = {"programme": call.programme.slug, "call": call.slug, "pk": call.rankings.get().pk}
    with django_assert_max_num_queries(12):
        client.get(reverse("jury:adopt", kwargs=at))


def test_a_call_without_such_aid_says_nothing():
    judged = Judged()
    judged.apply("Alba", (5, 5), (5, 5))
    judged.compute()
    assert told(judged, manager(judged)) == {}
