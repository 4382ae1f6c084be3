"""What stands on the desk once somebody who was asked has said no, or nothing; and by when an expert answers."""

import pytest
from django.test import Client

from tests.desk.test_home import text_of
from tests.experts.test_lapsing import in_days, waits
from tests.experts.test_matching import Scene, signed_in, url
from tests.factories.experts import expert_in
from tests.factories.initiatives import InitiativeFactory
from vivaio.experts import jobs
from vivaio.experts.actions import matching as actions
from vivaio.experts.models import ExpertRequest, Proposal
from vivaio.experts.states import ProposalState, RequestState

pytestmark = pytest.mark.django_db
READY = "who is the next best"
ALONE = "1 request of experts has nobody left to be asked"


@pytest.fixture
def scene():
    return Scene()


def desk(person):
    return text_of(Client(), person)


def declined(scene, **more):
    """A round was sent, and whoever it asked has declined."""
    actions.send_round(scene.compute(**more), by=scene.manager)
    proposal = Proposal.objects.get(state=ProposalState.SENT)
    actions.decline(proposal, words="Non posso.", by=proposal.profile.person)
    return proposal


def test_after_a_round_who_stands_ready_is_on_the_desk_and_sent_from_where_it_leads(scene):
    request = scene.request()
    scene.expert(), scene.expert()
    assert READY not in desk(scene.manager)
    declined(scene)
    following = Proposal.objects.get(state=ProposalState.READY)
    page = desk(scene.manager)
    assert "Propose 1 expert who is the next best" in page
    assert f"/en/programmes/{scene.programme.slug}/experts/matching/#waiting" in page
    assert READY not in desk(scene.leader)
    staff = signed_in(scene.manager)
    assert url("adjust", following.pk, "send") in staff.get(url("matching", scene.programme.slug)).text
    staff.post(url("adjust", following.pk, "send"), {"days": "5"})
    assert request.proposals.get(state=ProposalState.SENT).answer_by == in_days(5)
    assert READY not in desk(scene.manager)


def test_what_the_round_would_have_sent_and_could_not_is_on_the_desk_too(scene):
    request = scene.request()
    first, _second = scene.expert(), scene.expert()
    scene.compute(sends_next=True)
    Proposal.objects.update(round=actions.MatchingRound.objects.get(), state=ProposalState.SENT,
                            answer_by=in_days(3), profile=first)  # fmt: skip
    actions.MatchingRound.objects.update(state="sent")
    proposal = Proposal.objects.get()
    actions.decline(proposal, words="Non posso.", by=first.person)
    following = Proposal.objects.exclude(pk=proposal.pk).get()
    Proposal.objects.filter(pk=following.pk).update(state=ProposalState.READY)
    assert following.round is not None
    assert "Propose 1 expert who is the next best" in desk(scene.manager)
    ExpertRequest.objects.filter(pk=request.pk).update(state=RequestState.CLOSED)
    assert READY not in desk(scene.manager), "nothing is sent for what is closed"


def test_what_is_looked_at_in_a_round_is_not_counted(scene):
    scene.request(), scene.expert()
    scene.compute()
    assert READY not in desk(scene.manager)


@pytest.mark.parametrize("how", ["declined", "lapsed", "taken back"])
def test_a_request_for_which_nobody_is_left_is_on_the_desk_and_found(scene, how):
    request = scene.request(title="Uno statuto nuovo")
    scene.request(title="Nessuno chiesto", initiative=InitiativeFactory(programme=scene.programme))
    proposal = waits(scene, request=request, answer_by=in_days(-1 if how == "lapsed" else 3))
    assert ALONE not in desk(scene.manager)
    if how == "lapsed":
        jobs.lapses(0)
    elif how == "declined":
        actions.decline(proposal, words="Non posso.", by=proposal.profile.person)
    else:
        actions.withdraw(proposal, by=scene.manager)
    page = desk(scene.manager)
    assert ALONE in page
    assert f"/en/programmes/{scene.programme.slug}/experts/requests/?alone=yes" in page
    staff = signed_in(scene.manager)
    listed = staff.get(url("requests", scene.programme.slug), {"alone": "yes"}).text
    assert "Uno statuto nuovo" in listed
    assert "Nessuno chiesto" not in listed
    others = staff.get(url("requests", scene.programme.slug), {"alone": "no"}).text
    assert "Nessuno chiesto" in others
    assert "Uno statuto nuovo" not in others
    actions.propose(request, expert_in(scene.programme, scene.brands), by=scene.manager)
    assert ALONE not in desk(scene.manager)


def test_whose_year_is_over_is_on_their_own_desk_and_on_that_of_who_checks_until_they_renew(scene):
    profile = scene.expert(expires_on=in_days(-1))
    jobs.renewals(0)
    page = desk(profile.person)
    assert f"Renew your profile of “{scene.programme}”" in page
    assert f"/en/experts/{profile.pk}/" in page
    staff = desk(scene.manager)
    assert "1 expert has not renewed" in staff
    assert f"/en/programmes/{scene.programme.slug}/experts/?state=expired" in staff
    signed_in(profile.person).post(url("act", profile.pk, "renew"))
    assert "Renew your profile" not in desk(profile.person)
    assert "has not renewed" not in desk(scene.manager)


def test_an_expert_reads_by_when_to_answer_until_it_is_too_late(scene):
    proposal = waits(scene, answer_by=in_days(0))
    assert "Today, by 23:59" in desk(proposal.profile.person)
    Proposal.objects.update(answer_by=in_days(-1))
    assert "Can you help" not in desk(proposal.profile.person)
