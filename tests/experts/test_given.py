"""Hours given and what they are worth: exact arithmetic, figures that are the sum of what they open to."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.experts import (
    BankFactory,
    CompetenceFactory,
    EngagementFactory,
    ExpertFieldFactory,
    asked_by,
    confirmed,
    told,
)
from tests.factories.initiatives import InitiativeFactory, led
from tests.factories.people import PersonFactory
from tests.factories.programmes import PartnerFactory, ProgrammeFactory, holder
from vivaio.blueprints.demo import engaging, helping
from vivaio.blueprints.demo.grown import after
from vivaio.experts import hours
from vivaio.experts.engaging import queries
from vivaio.experts.models import Engagement

QUARTERS = st.integers(min_value=1, max_value=48).map(lambda n: n * hours.QUARTER)
RATES = st.decimals(min_value=0, max_value=999, places=2)


@given(QUARTERS)
def test_minutes_and_hours_are_the_same_thing(minutes):
    assert hours.minutes_of(hours.hours_of(minutes)) == minutes


@given(QUARTERS, RATES)
def test_what_a_session_is_worth_is_within_half_a_cent(minutes, rate):
    exact = Decimal(minutes) * rate / 60
    found = hours.worth(minutes, rate)
    assert abs(found - exact) <= Decimal("0.005")
    assert found == found.quantize(Decimal("0.01"))


@pytest.mark.parametrize("wrong", ["0.1", "1.01", "0.333"])
def test_what_is_no_quarter_is_refused(wrong):
    with pytest.raises(ValueError, match="quarters"):
        hours.minutes_of(Decimal(wrong))


@pytest.mark.django_db
def test_every_figure_is_the_sum_of_the_sessions_that_it_opens_to():
    programme = ProgrammeFactory()
    BankFactory(programme=programme, hour_value="33.33")
    competence = CompetenceFactory(field=ExpertFieldFactory(programme=programme))
    partner, person = PartnerFactory(programme=programme), PersonFactory(family_name="Corti")
    initiative = InitiativeFactory(programme=programme)
    free = EngagementFactory(
        request=asked_by(initiative), person=person, competence=competence, partner=partner
    )
    paid = EngagementFactory(request=asked_by(initiative), person=person, pro_bono=False, rate="47.77")
    sessions = [confirmed(free, minutes=15, days=n) for n in (2, 3, 4)] + [confirmed(paid, minutes=45)]
    told(free, minutes=600)
    found = queries.hours_of_programme(programme)
    assert (found.minutes, found.free_minutes, found.sessions, found.engagements) == (90, 45, 4, 2)
    assert found.value == 3 * hours.worth(15, Decimal("33.33"))
    assert found.cost == hours.worth(45, Decimal("47.77"))
    assert (found.without_field, found.without_partner) == (45, 45)
    rows = list(queries.sessions_given(programme))
    assert {one.pk for one in rows} == {one.pk for one in sessions}
    assert sum(one.value for one in rows) == found.value
    assert sum(one.cost for one in rows) == found.cost
    by = queries.by_expert(programme).get(), queries.by_initiative(programme).get()
    assert {(one.given, one.value, one.cost) for one in by} == {(90, found.value, found.cost)}
    alone = queries.by_field(programme).get(), queries.by_partner(programme).get()
    assert {(one.given, one.cost) for one in alone} == {(45, 0)}
    client = Client()
    client.force_login(holder(programme, "community_manager"))
    page = client.get(reverse("experts:given", args=[programme.slug]), {"field": "none"}).text
    assert str(paid.request) not in page
    assert page.count("0,75") <= 1
    for name in ("expert", "initiative", "field", "partner"):
        assert client.get(reverse("experts:hours", args=[programme.slug]), {"by": name}).status_code == 200
    taken = client.get(reverse("experts:hours", args=[programme.slug]), {"export": "csv"})
    assert b"Corti" in b"".join(taken.streaming_content)


@pytest.mark.django_db
def test_the_demo_has_engagements_of_every_kind():
    programme = ProgrammeFactory()
    manager = holder(programme, "manager")
    BankFactory(programme=programme)
    known = after()["experts"]
    for key in sorted({one["field"] for one in known}):
        field = ExpertFieldFactory(programme=programme, key=key)
        for can in sorted({can for one in known if one["field"] == key for can in one["can"]}):
            CompetenceFactory(field=field, key=can)
    helping.bank(programme, known, manager)
    initiatives = [led(programme=programme)[0] for _request in after()["requests"]]
    helping.ask(programme, initiatives, after()["requests"], manager)
    engaging.engage(programme, manager)
    found = Engagement.objects.filter(programme=programme)
    assert {one.state for one in found} == {"to_agree", "under_way", "ended"}
    assert found.get(state="ended").evaluations.count() == 2
    assert queries.hours_of_programme(programme).value > 0
