"""Who may take a place of a round that is looked at, and who may not: with the reason."""

import pytest

from tests.experts.test_matching import Scene, signed_in, url
from tests.factories.experts import ProposalFactory, expert_in
from vivaio.experts.actions import adjusting
from vivaio.experts.actions import matching as actions
from vivaio.experts.models import Barred, Proposal
from vivaio.experts.states import ProposalState
from vivaio.kit import clock
from vivaio.kit.rules import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene()


def test_whoever_declined_or_was_ruled_out_is_no_next_best_and_by_name_stands_with_a_mark(scene):
    request = scene.request()
    declined, barred, free = (scene.expert(level=1, person__family_name="Zanardi") for _n in range(3))
    asked = actions.propose(request, declined, by=scene.manager)
    actions.decline(asked, words="Non posso.", by=declined.person)
    Proposal.objects.filter(state=ProposalState.READY).delete()
    Barred.objects.create(request=request, profile=barred)
    scene.expert()
    proposal = scene.compute().proposals.get()
    staff, home = signed_in(scene.manager), url("instead", proposal.pk)
    page = staff.get(home).text
    assert f'value="{free.pk}"' in page
    assert f'value="{declined.pk}"' not in page
    assert f'value="{barred.pk}"' not in page
    page = staff.get(home, {"q": "zanardi"}).text
    assert f'value="{barred.pk}"' in page
    assert page.count("Per questa richiesta ha già detto di no") == 2


def test_whoever_is_away_until_the_day_is_not_chosen_and_is_told_apart_from_who_has_no_hours(scene):
    request = scene.request()
    scene.expert()
    proposal = scene.compute().proposals.get()
    span = [clock.today().isoformat(), request.needed_by.isoformat()]
    away = expert_in(scene.programme, scene.statutes, person__family_name="Zanardi", away=[span])
    page = signed_in(scene.manager).get(url("instead", proposal.pk), {"q": "zanardi"}).text
    assert page.count("assente troppi") == 1
    assert f'value="{away.pk}"' not in page
    with pytest.raises(Refused, match="assente troppi"):
        adjusting.choose(proposal, away, by=scene.manager)
    ready = ProposalFactory(request=request, profile=away, state=ProposalState.READY, round=None)
    with pytest.raises(Refused, match="assente troppi"):
        actions.send(ready, by=scene.manager)
