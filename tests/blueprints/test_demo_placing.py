"""The demo's placements: some students placed, one agreement signed by three, one that waits."""

import pytest

from tests.factories.initiatives import led
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.blueprints.demo import placing
from vivaio.experts.models import Placement
from vivaio.experts.placing.actions import placements
from vivaio.experts.placing.states import PlacementState, Side
from vivaio.programmes.models import RoleHolding

pytestmark = pytest.mark.django_db


def test_one_placement_runs_one_waits_for_signatures_and_others_for_an_answer():
    programme = ProgrammeFactory()
    manager = holder(programme, "community_manager")
    placing.place(programme, [led(programme=programme)[0] for _number in range(4)], manager)
    states = list(Placement.objects.order_by("created_at").values_list("state", flat=True))
    assert len(states) == 4
    assert sorted(states) == [PlacementState.AGREEING, *[PlacementState.PROPOSED] * 2, PlacementState.RUNNING]
    waiting = Placement.objects.get(state=PlacementState.AGREEING)
    assert waiting.agreement.signatures.count() == 1
    proposed = Placement.objects.filter(state=PlacementState.PROPOSED).first()
    interns = RoleHolding.objects.filter(programme=programme, role="intern", person=proposed.student.person)
    assert interns.exists()
    placements.decline(proposed, Side.STUDENT, words="Ho trovato altro.", by=proposed.student.person)
    assert not interns.exists()
