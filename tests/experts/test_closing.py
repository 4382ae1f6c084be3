"""An initiative closes: what it asked and offered is over, and whoever waits for it is told."""

import pytest

from tests.experts.test_matching import Scene
from tests.factories.experts import ProposalFactory
from tests.factories.placing import OfferFactory, hours, running, wishes
from tests.factories.placing import PlacementFactory as Placed
from tests.factories.placing import PlacementRoundFactory as Round
from tests.factories.placing import StudentFactory as Student
from vivaio.experts.actions import matching
from vivaio.experts.models import Proposal
from vivaio.experts.placing.states import OfferState, PlacementState
from vivaio.experts.states import ProposalState, RequestState
from vivaio.initiatives.actions import moving
from vivaio.initiatives.models import Initiative
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene()


def close(scene):
    moving.move(scene.initiative, "closed", reason="Il gruppo si è sciolto.", by=scene.manager)


def test_requests_are_closed_and_whoever_was_asked_is_told(scene):
    opened, asked = scene.request(places=2), scene.request(state=RequestState.ASKED)
    draft = scene.request(state=RequestState.DRAFT)
    waits = ProposalFactory(request=opened, profile=scene.expert())
    close(scene)
    for row, state in ((opened, "closed"), (asked, "closed"), (draft, "withdrawn")):
        row.refresh_from_db()
        assert row.state == state
    waits.refresh_from_db()
    assert waits.state == ProposalState.WITHDRAWN
    told = OutgoingLetter.objects.filter(letter="experts.proposal_withdrawn", person=waits.profile.person_id)
    assert told.exists()


def test_what_was_closed_before_is_neither_proposed_nor_accepted_nor_matched(scene):
    request, expert = scene.request(places=2), scene.expert()
    waits = ProposalFactory(request=request, profile=scene.expert())
    Initiative.objects.update(state="closed")
    with pytest.raises(Refused, match=r"chiusa|closed"):
        matching.propose(request, expert, by=scene.manager)
    with pytest.raises(Refused, match=r"chiusa|closed"):
        matching.accept(waits, revision=request.revision, by=waits.profile.person)
    assert not scene.compute().proposals.exists()
    assert Proposal.objects.get().state == ProposalState.SENT


def test_an_initiative_that_goes_on_by_itself_keeps_what_it_asks_for(scene):
    request = scene.request()
    Initiative.objects.update(state="active")
    scene.initiative.refresh_from_db()
    moving.move(scene.initiative, "independent", reason="Cammina da sola.", by=scene.manager)
    request.refresh_from_db()
    assert request.state == RequestState.OPEN


def test_offers_are_withdrawn_and_placements_end_with_the_hours_that_were_done(scene):
    row = Round(programme=scene.programme)
    offer = OfferFactory(round=row, initiative=scene.initiative, places=2)
    waiting = Student(round=row)
    wishes(waiting, offer)
    proposed = Placed(round=row, offer=offer, student=Student(round=row))
    runs = running(round=row, offer=offer, student=Student(round=row))
    done = hours(runs)
    close(scene)
    for one in (offer, proposed, runs, done):
        one.refresh_from_db()
    assert offer.state == OfferState.WITHDRAWN
    assert (proposed.state, runs.state) == (PlacementState.DECLINED, PlacementState.ENDED)
    assert "chius" in runs.reason
    assert done.pk, "hours that were written stay"
    letters = OutgoingLetter.objects.values_list("letter", "person")
    assert ("experts.offer_withdrawn", waiting.person_id) in letters
    assert ("experts.placement_off", proposed.student.person_id) in letters
    assert ("experts.placement_ended", runs.student.person_id) in letters
