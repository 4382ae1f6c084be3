"""A proposal waits for its expert until a last day: told, moved, and then the next best is asked."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from tests.experts.test_matching import Scene, signed_in, url
from tests.factories.experts import ProposalFactory
from tests.together import at_once
from vivaio.experts import jobs
from vivaio.experts.actions import lapsing, requests
from vivaio.experts.actions import matching as actions
from vivaio.experts.models import Proposal
from vivaio.experts.queries import matching as queries
from vivaio.experts.states import ProposalState
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.formats import day
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene()


def in_days(number):
    return clock.today() + dt.timedelta(days=number)


def letters(kind):
    return OutgoingLetter.objects.filter(letter=f"experts.{kind}")


def later(days):
    return time_machine.travel(clock.now() + dt.timedelta(days=days), tick=False)


def waits(scene, **fields):
    """Somebody was asked and has not answered; the last day was yesterday."""
    request = fields.pop("request", None) or scene.request()
    return ProposalFactory(request=request, profile=scene.expert(), **{"answer_by": in_days(-1)} | fields)


class TestTheLastDay:
    def test_it_is_a_week_away_or_what_the_manager_chooses_and_never_after_the_need(self, scene):
        staff = signed_in(scene.manager)
        soon = scene.request(needed_by=in_days(3))
        for request, sent, last in (
            (scene.request(), {}, 7), (scene.request(), {"days": "20"}, 20), (soon, {"days": "20"}, 3)
        ):  # fmt: skip
            staff.post(url("propose", request.pk, scene.expert().pk), sent)
            assert request.proposals.get().answer_by == in_days(last)

    @pytest.mark.parametrize("days", ["0", "61", "-3", "presto"])
    def test_nobody_is_asked_for_ever_or_for_no_time(self, scene, days):
        request = scene.request()
        page = signed_in(scene.manager).post(
            url("propose", request.pk, scene.expert().pk), {"days": days}, follow=True
        )
        assert "da uno a sessanta giorni" in page.text
        assert not Proposal.objects.filter(state=ProposalState.SENT).exists()

    def test_a_rounds_days_hold_for_those_whom_it_asks_later_too(self, scene):
        scene.request()
        scene.expert(), scene.expert()
        found = scene.compute(sends_next=True)
        signed_in(scene.manager).post(
            url("send_round", scene.programme.slug), {"seen": str(found.pk), "days": "12"}
        )
        first = Proposal.objects.get(state=ProposalState.SENT)
        assert first.answer_by == in_days(12)
        with later(2):
            actions.decline(first, words="Non posso.", by=first.profile.person)
            assert Proposal.objects.get(state=ProposalState.SENT).answer_by == in_days(12)

    def test_letter_and_pages_say_it(self, scene):
        proposal = actions.propose(scene.request(), scene.expert(), by=scene.manager)
        last = day(proposal.answer_by)
        assert last in letters("proposed").get().text
        expert = signed_in(proposal.profile.person)
        assert f"Rispondi entro {last}" in expert.get(proposal.get_absolute_url()).text
        assert "rispondi entro" in expert.get(url("mine")).text
        page = signed_in(scene.manager).get(url("request", proposal.request_id)).text
        assert f"Risponde entro {last}." in page

    def test_it_comes_nearer_with_the_need(self, scene):
        proposal = actions.propose(scene.request(), scene.expert(), by=scene.manager)
        request = proposal.request
        values = {
            "title": request.title, "purpose": request.purpose, "hours": request.hours,
            "needed_by": in_days(4), "language": request.language, "remote": request.remote,
            "places": request.places,
            "competences": [(one.competence_id, one.level) for one in request.competences.all()],
        }  # fmt: skip
        requests.edit(request, values=values, send=False, by=scene.manager)
        proposal.refresh_from_db()
        assert proposal.answer_by == in_days(4)
        assert day(in_days(4)) in letters("request_changed").get().text

    def test_the_database_keeps_nobody_waiting_without_one(self, scene):
        with pytest.raises(IntegrityError), transaction.atomic():
            waits(scene, answer_by=None)


class TestMoreTime:
    def test_the_manager_gives_it_and_the_expert_reads_it(self, scene):
        proposal = waits(scene, answer_by=in_days(2))
        staff = signed_in(scene.manager)
        for _time in range(2):
            staff.post(url("adjust", proposal.pk, "time"), {"until": in_days(9).isoformat()})
        proposal.refresh_from_db()
        assert proposal.answer_by == in_days(9)
        assert day(in_days(9)) in letters("proposal_more_time").get().text
        assert Record.objects.filter(verb="experts.proposal_given_time").count() == 1

    def test_it_is_given_after_the_day_too_until_the_proposal_lapses(self, scene):
        proposal = waits(scene)
        accepting = {"revision": proposal.request.revision}
        expert = signed_in(proposal.profile.person)
        expert.post(url("answer", proposal.pk, "accept"), accepting)
        assert Proposal.objects.get().state == ProposalState.SENT, "too late"
        lapsing.give_time(proposal, until=in_days(1), by=scene.manager)
        jobs.lapses(0)
        expert.post(url("answer", proposal.pk, "accept"), accepting)
        assert Proposal.objects.get().state == ProposalState.ACCEPTED

    @pytest.mark.parametrize("until", [-1, 1, 500, None])
    def test_never_less_never_past_never_after_the_need(self, scene, until):
        proposal = waits(scene, answer_by=in_days(5))
        with pytest.raises(Refused):
            lapsing.give_time(proposal, until=until and in_days(until), by=scene.manager)

    def test_only_who_matches_gives_it(self, scene):
        proposal = waits(scene, answer_by=in_days(2))
        with pytest.raises(Refused):
            lapsing.give_time(proposal, until=in_days(9), by=proposal.profile.person)


class TestTheClock:
    def test_two_days_before_the_expert_is_reminded_once_and_again_once_it_moves(self, scene):
        proposal = actions.propose(scene.request(), scene.expert(), by=scene.manager)
        jobs.proposals_due(0)
        assert not letters("proposal_due").exists()
        for days in (5, 6):
            with later(days):
                jobs.proposals_due(0)
                jobs.proposals_due(0)
        assert letters("proposal_due").get().person == proposal.profile.person_id
        with later(6):
            lapsing.give_time(proposal, until=in_days(10), by=scene.manager)
        with later(15):
            jobs.proposals_due(0)
        assert letters("proposal_due").count() == 2

    def test_when_it_has_passed_place_and_hours_are_free_and_the_next_best_stands_ready(self, scene):
        request = scene.request()
        proposal, second = waits(scene, request=request), scene.expert()
        before = queries.free_hours(proposal.profile)
        for _time in range(2):
            jobs.lapses(0)
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.LAPSED
        assert queries.free_hours(proposal.profile) == before + proposal.monthly_hours
        assert request.proposals.get(state=ProposalState.READY).profile == second
        assert letters("proposal_lapsed").get().person == proposal.profile.person_id
        assert letters("proposal_unanswered").get().person == scene.manager.pk
        assert Record.objects.filter(verb="experts.proposal_lapsed").count() == 1

    def test_a_round_that_sends_the_next_best_sends_it_then_too(self, scene):
        scene.request()
        scene.expert(), scene.expert()
        actions.send_round(scene.compute(sends_next=True), by=scene.manager)
        first = Proposal.objects.get(state=ProposalState.SENT)
        with later(8):
            jobs.lapses(0)
            jobs.lapses(0)
            second = Proposal.objects.get(state=ProposalState.SENT)
            assert second.profile != first.profile
            assert second.answer_by == in_days(7)
        assert letters("proposed").count() == 2

    def test_on_the_last_day_itself_nothing_lapses(self, scene):
        waits(scene, answer_by=in_days(0))
        jobs.lapses(0)
        assert Proposal.objects.get().state == ProposalState.SENT

    def test_killed_half_way_nothing_is_left_and_the_next_run_does_it_all(self, scene, monkeypatch):
        proposal, _second = waits(scene), scene.expert()
        with monkeypatch.context() as broken:
            broken.setattr(lapsing, "followed", lambda found: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                jobs.lapses(0)
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.SENT
        assert not letters("proposal_lapsed").exists()
        jobs.lapses(0)
        assert Proposal.objects.filter(state=ProposalState.READY).count() == 1
        assert letters("proposal_lapsed").count() == 1

    @pytest.mark.parametrize("answer", ["accept", "decline"])
    def test_an_answer_that_comes_later_is_refused_and_the_page_says_what_to_do(self, scene, answer):
        proposal = waits(scene)
        jobs.lapses(0)
        expert = signed_in(proposal.profile.person)
        given = {"revision": proposal.request.revision, "words": "Non posso."}
        page = expert.post(url("answer", proposal.pk, answer), given, follow=True).text
        assert "scrivi al programma" in page
        assert "Accetta di aiutare" not in page
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.LAPSED
        signed_in(scene.manager).post(url("propose", proposal.request_id, proposal.profile_id))
        again = Proposal.objects.get(state=ProposalState.SENT)
        assert again.profile == proposal.profile, "by hand the same expert is asked again"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("last", [-1, 0])
def test_of_an_answer_and_the_clock_one_wins(last):
    with transaction.atomic():
        scene = Scene()
        proposal = waits(scene, answer_by=in_days(last))
        scene.expert()
    expert, revision = proposal.profile.person, proposal.request.revision
    at_once(
        lambda: actions.accept(proposal, revision=revision, by=expert),
        lambda: lapsing.lapse(proposal.pk),
        lambda: lapsing.lapse(proposal.pk),
    )
    proposal.refresh_from_db()
    in_time = last == 0
    assert proposal.state == (ProposalState.ACCEPTED if in_time else ProposalState.LAPSED)
    assert letters("accepted").exists() == in_time
    assert letters("proposal_lapsed").count() == Proposal.objects.filter(state="ready").count() == 1 - in_time


@pytest.mark.django_db(transaction=True)
def test_of_more_time_and_the_clock_one_wins():
    with transaction.atomic():
        scene = Scene()
        proposal = waits(scene)
        scene.expert()
    given, _lapsed = at_once(
        lambda: lapsing.give_time(proposal, until=in_days(3), by=scene.manager),
        lambda: lapsing.lapse(proposal.pk),
    )
    proposal.refresh_from_db()
    lapsed = isinstance(given, Refused)
    assert (proposal.state == ProposalState.LAPSED) == lapsed
    assert Proposal.objects.filter(state=ProposalState.READY).count() == int(lapsed)
