"""What the jury's work keeps the applications from doing."""

import pytest

from tests.factories.applications import close, handed_in, open_call
from tests.factories.calls import CriterionFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import holder
from vivaio.applications import actions
from vivaio.applications.states import ApplicationState
from vivaio.jury.models import Assignment, Juror, Panel, Ranking, RankingEntry, Score
from vivaio.jury.states import RankingState
from vivaio.kit.rules import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def admitted():
    return handed_in(close(open_call()), state=ApplicationState.ADMITTED)


def ranked(application, state):
    ranking = Ranking.objects.create(call=application.call, track=application.track, state=state)
    return RankingEntry.objects.create(
        ranking=ranking, application=application, position=1, order=1, score=80
    )


@pytest.mark.parametrize(("state", "goes"), [(RankingState.PROVISIONAL, True), (RankingState.ADOPTED, False)])
def test_withdrawing_is_possible_until_the_verdict(admitted, state, goes):
    ranked(admitted, state)
    if goes:
        actions.withdraw(admitted, by=admitted.created_by)
    else:
        with pytest.raises(Refused):
            actions.withdraw(admitted, by=admitted.created_by)
    admitted.refresh_from_db()
    assert (admitted.state == ApplicationState.WITHDRAWN) is goes


def test_eligibility_is_decided_anew_until_somebody_scored(admitted):
    secretary = holder(admitted.call.programme, "secretary")
    panel = Panel.objects.create(call=admitted.call)
    juror = Juror.objects.create(panel=panel, email="g@example.org", person=PersonFactory())
    assignment = Assignment.objects.create(juror=juror, application=admitted)
    actions.undecide(admitted, by=secretary)
    actions.admit(admitted, by=secretary)
    Score.objects.create(assignment=assignment, criterion=CriterionFactory(call=admitted.call), value=3)
    with pytest.raises(Refused):
        actions.undecide(admitted, by=secretary)
