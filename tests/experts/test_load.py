"""How many hours an expert has left: what is asked, what engagements still want, the days when they are there."""

import datetime as dt

import pytest

from tests.experts.test_matching import Scene, signed_in, url
from tests.factories.experts import EngagementFactory, ProposalFactory, confirmed, told
from vivaio.experts.actions import matching
from vivaio.experts.engaging.actions import ending, terms
from vivaio.experts.queries.matching import free_hours
from vivaio.kit import clock
from vivaio.kit.rules import Refused

pytestmark = pytest.mark.django_db


def days(number):
    return clock.today() + dt.timedelta(days=number)


def away(*spans):
    return [[days(first).isoformat(), days(last).isoformat()] for first, last in spans]


@pytest.fixture
def scene():
    return Scene()


class TestWhatWasAgreed:
    @pytest.fixture
    def engaged(self, scene):
        """Twelve hours over the next two months, of the ten a month that the expert offers."""
        expert = scene.expert(hours_a_month=10)
        request = scene.request(hours=12)
        proposal = ProposalFactory(request=request, profile=expert, state="accepted", monthly_hours=6)
        return EngagementFactory(
            request=request, proposal=proposal, person=expert.person, agreed_minutes=12 * 60,
            starts_on=days(-3), ends_on=days(59),
        )  # fmt: skip

    def free(self, engagement):
        return free_hours(engagement.proposal.profile)

    def test_an_extension_takes_hours_and_an_end_gives_them_back(self, scene, engaged):
        assert self.free(engaged) == 4
        terms.ask_more(
            engaged, minutes=6 * 60, ends_on=engaged.ends_on, words="Serve di più.", by=engaged.person
        )
        terms.answer_more(engaged, granted=True, by=scene.leader)
        assert self.free(engaged) == 1
        ending.end_early(engaged, words="Basta così.", needed=False, by=scene.leader)
        assert self.free(engaged) == 10

    def test_hours_that_were_given_are_not_promised_any_more(self, engaged):
        confirmed(engaged, minutes=120)
        told(engaged, minutes=120, days=2)
        assert self.free(engaged) == 6

    def test_what_begins_later_is_spread_from_then(self, engaged):
        engaged.starts_on, engaged.ends_on = days(60), days(89)
        engaged.save()
        assert self.free(engaged) == -2

    def test_past_its_end_it_holds_nothing(self, engaged):
        engaged.starts_on, engaged.ends_on = days(-60), days(-1)
        engaged.save()
        assert self.free(engaged) == 10


class TestDaysAway:
    """Six hours by the fortieth day from today: two months begun, three hours a month."""

    @pytest.fixture
    def request_(self, scene):
        return scene.request(hours=6, needed_by=days(39))

    def test_whoever_is_away_until_then_from_tomorrow_is_not_proposed(self, scene, request_):
        expert = scene.expert(away=away((1, 90)))
        assert not scene.compute().proposals.exists()
        page = signed_in(scene.manager).get(url("request", request_.pk)).text
        assert expert.get_absolute_url() not in page

    def test_who_is_there_long_enough_is_and_the_days_are_shown(self, scene, request_):
        scene.expert(away=away((5, 12), (10, 14)))
        scene.compute()
        staff = signed_in(scene.manager)
        span = f"{days(5).day}"
        for page in (url("request", request_.pk), url("matching", scene.programme.slug)):
            text = staff.get(page).text
            assert "Assenze" in text
            assert span in text

    def test_hours_promised_elsewhere_count_with_the_days(self, scene, request_):
        """Eight hours a month, four of them promised: half the time away leaves two, and three are wanted."""
        expert = scene.expert(hours_a_month=8, away=away((0, 19)))
        other = scene.request(needed_by=days(300))
        ProposalFactory(request=other, profile=expert, monthly_hours=4)
        with pytest.raises(Refused):
            matching.propose(request_, expert, by=scene.manager)
        assert not scene.compute().proposals.filter(request=request_).exists()
