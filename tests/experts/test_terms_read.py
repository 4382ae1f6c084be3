"""What an expert accepts is what they have read; places are never more than asked; a day that passes is noticed."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from tests.experts.test_matching import Scene, signed_in, url
from tests.factories.experts import ProposalFactory, wish
from tests.together import at_once
from vivaio.experts import jobs
from vivaio.experts.actions import matching
from vivaio.experts.models import Engagement, ExpertRequest
from vivaio.experts.states import ProposalState, RequestState
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene()


def refined(scene, request, **more):
    signed_in(scene.manager).post(url("edit_request", request.pk), wish(scene.statutes, **more))
    request.refresh_from_db()


def accept(proposal, revision):
    given = {"revision": revision}
    return signed_in(proposal.profile.person).post(url("answer", proposal.pk, "accept"), given, follow=True)


def letters(name):
    return set(OutgoingLetter.objects.filter(letter=f"experts.{name}").values_list("person", flat=True))


def test_nobody_takes_on_hours_that_they_have_not_read(scene):
    request = scene.request(hours=8)
    proposal = ProposalFactory(request=request, profile=scene.expert())
    page = signed_in(proposal.profile.person).get(proposal.get_absolute_url()).text
    assert f'name="revision" value="{request.revision}"' in page
    read = request.revision
    refined(scene, request, hours="300")
    assert letters("request_changed") == {proposal.profile.person_id}
    assert "rileggila" in accept(proposal, read).text
    proposal.refresh_from_db()
    assert (proposal.state, proposal.monthly_hours) == (ProposalState.SENT, request.monthly_hours)
    assert not Engagement.objects.exists()
    accept(proposal, request.revision)
    assert Engagement.objects.get().agreed_minutes == 300 * 60


def test_other_words_alone_send_no_letter(scene):
    request = scene.request()
    ProposalFactory(request=request, profile=scene.expert())
    same = {"hours": str(request.hours), "needed_by": f"{request.needed_by:%Y-%m-%d}"}
    refined(scene, request, title="Uno statuto nuovo", **same)
    assert request.title == "Uno statuto nuovo"
    assert not letters("request_changed")


def test_with_fewer_places_a_request_that_has_its_expert_is_matched(scene):
    request = scene.request(places=2)
    ProposalFactory(request=request, profile=scene.expert(), state=ProposalState.ACCEPTED)
    waits = ProposalFactory(request=request, profile=scene.expert())
    refined(scene, request, places="1")
    waits.refresh_from_db()
    assert (request.state, waits.state) == (RequestState.MATCHED, ProposalState.WITHDRAWN)
    assert letters("proposal_withdrawn") == {waits.profile.person_id}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_the_last_place_takes_one():
    with transaction.atomic():
        scene = Scene()
        request = scene.request()
        both = [ProposalFactory(request=request, profile=scene.expert()) for _n in range(2)]
    answers = at_once(
        *[
            lambda one=one: matching.accept(one, revision=request.revision, by=one.profile.person)
            for one in both
        ]
    )
    assert len([one for one in answers if isinstance(one, Refused)]) == 1
    assert Engagement.objects.count() == 1
    other = request.proposals.exclude(state=ProposalState.ACCEPTED).get()
    assert other.state == ProposalState.WITHDRAWN, "whoever still waited need not answer"


class TestADayThatPasses:
    @pytest.fixture
    def late(self, scene):
        return scene.request(needed_by=clock.today() - dt.timedelta(days=1))

    def test_team_and_programme_are_told_before_and_after_and_once(self, scene):
        request = scene.request(needed_by=clock.today() + dt.timedelta(days=5))
        for _day in range(2):
            jobs.requests_due(0)
        assert letters("request_day_near") == {scene.leader.pk, scene.manager.pk}
        assert not letters("request_day_past")
        ExpertRequest.objects.update(needed_by=clock.today() - dt.timedelta(days=2))
        for _day in range(2):
            jobs.requests_due(0)
        assert letters("request_day_past") == {scene.leader.pk, scene.manager.pk}
        assert OutgoingLetter.objects.filter(subject_id=request.pk).count() == 4

    def test_nobody_is_matched_proposed_or_engaged_until_a_new_day_is_set(self, scene, late):
        proposal = ProposalFactory(request=late, profile=scene.expert())
        scene.expert()
        assert not scene.compute().proposals.exists()
        with pytest.raises(Refused):
            matching.propose(late, scene.expert(), by=scene.manager)
        accept(proposal, late.revision)
        assert not Engagement.objects.exists()
        refined(scene, late)
        accept(proposal, late.revision)
        assert Engagement.objects.exists()

    def test_desk_and_page_tell_both(self, scene, late):
        staff, team = signed_in(scene.manager), signed_in(scene.leader)
        listed = f"{url('requests', scene.programme.slug)}?late=yes"
        assert listed in staff.get(reverse("desk:home")).text
        assert late.title in staff.get(listed).text
        assert late.get_absolute_url() in team.get(reverse("desk:home")).text
        for client in (staff, team):
            assert "La data è passata" in client.get(late.get_absolute_url()).text
