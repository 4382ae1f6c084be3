"""Two people acting at once: nothing is given twice, nothing is scored behind a closed door."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from tests.factories.jury import (
    AssignmentFactory,
    JurorFactory,
    PanelFactory,
    eligible,
    judging_call,
    scored,
)
from tests.factories.programmes import holder
from vivaio.applications import actions as applications
from vivaio.applications.states import ApplicationState
from vivaio.jury.actions import assignment as assignments
from vivaio.jury.actions import conflicts, scoring
from vivaio.jury.actions import ranking as rankings
from vivaio.jury.models import Assignment, Panel, Score
from vivaio.jury.queries import panel as panels
from vivaio.jury.states import AssignmentState, PanelState, RankingState
from vivaio.kit import clock
from vivaio.kit.rules import Refused

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 20


def beside(act: Callable[[], Any]) -> "Beside":
    running = Beside(act)
    running.thread.start()
    return running


class Beside:
    """An act in a thread and a transaction of its own; `outcome` is what it returned, or the refusal."""

    def __init__(self, act: Callable[[], Any]):
        self.act, self.outcome = act, None
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        try:
            self.outcome = self.act()
        except Refused as refusal:
            self.outcome = refusal
        finally:
            connection.close()

    def done(self) -> Any:
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive(), "It still waits: a deadlock."
        return self.outcome


@pytest.fixture
def panel():
    panel = PanelFactory(call=judging_call(reviews_each=2), state=PanelState.FORMING)
    for _ in range(3):
        JurorFactory(panel=panel)
        eligible(panel.call)
    return panel


def test_of_two_plans_applied_at_once_one_is_refused(panel):
    first, second = (assignments.plan(panel, objective=aim) for aim in ("total", "fair"))
    outcomes = [
        running.done() for running in [beside(lambda p=p: assignments.apply(p)) for p in (first, second)]
    ]
    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]
    assert Assignment.objects.count() == 6


def test_a_save_that_began_before_the_closing_counts_and_a_later_one_does_not(panel):
    assignments.apply(assignments.plan(panel))
    first, second = Assignment.objects.select_related("juror__person")[:2]
    criterion = panel.call.criteria.first()
    with transaction.atomic():
        scoring.save(first, {criterion.pk: 4}, by=first.juror.person)
        closing = beside(lambda: scoring.close(panel, reason="Tutti hanno finito."))
        closing.thread.join(0.5)
        assert closing.thread.is_alive()
    assert closing.done().state == PanelState.CLOSED
    with pytest.raises(Refused):
        scoring.save(second, {criterion.pk: 4}, by=second.juror.person)
    assert list(Score.objects.values_list("assignment", flat=True)) == [first.pk]


def test_a_save_that_waits_for_the_closing_is_refused(panel):
    assignments.apply(assignments.plan(panel))
    sheet = Assignment.objects.select_related("juror__person").first()
    criterion = panel.call.criteria.first()
    with transaction.atomic():
        scoring.close(panel, reason="Tutti hanno finito.")
        saving = beside(lambda: scoring.save(sheet, {criterion.pk: 4}, by=sheet.juror.person))
        saving.thread.join(0.5)
        assert saving.thread.is_alive()
    assert isinstance(saving.done(), Refused)
    assert not Score.objects.exists()


def test_a_conflict_declared_while_a_plan_is_applied_is_never_crossed(panel):
    plan = assignments.plan(panel)
    pair = plan.result["pairs"][0]
    juror = panel.jurors.get(pk=pair[1])
    application = panel.call.applications.get(pk=pair[0])
    acts = [
        lambda: assignments.apply(plan),
        lambda: conflicts.declare(juror, application, reason="Un parente.", by=juror.person),
    ]
    for running in [beside(act) for act in acts]:
        running.done()
    left = Assignment.objects.filter(juror=juror, application=application)
    assert all(row.state == AssignmentState.RECUSED for row in left)


def test_the_last_place_of_a_juror_is_given_once(panel):
    juror = JurorFactory(panel=panel, capacity=1)
    waiting = list(panel.call.applications.all()[:2])
    running = [beside(lambda a=a: assignments.add(panel, juror, a)) for a in waiting]
    outcomes = [each.done() for each in running]
    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]
    assert juror.assignments.count() == 1


def test_two_reminders_at_once_write_one_letter(panel):
    assignments.apply(assignments.plan(panel))
    sent = [each.done() for each in [beside(lambda: scoring.remind(panel)) for _ in range(2)]]
    assert sorted(sent) == [0, 3]
    assert panels.of(panel.call).jurors.exclude(reminded_at=None).count() == 3


@pytest.fixture
def ranked():
    panel = PanelFactory(call=judging_call(reviews_each=1), state=PanelState.CLOSED, closed_at=clock.now())
    juror = JurorFactory(panel=panel)
    for _ in range(2):
        scored(AssignmentFactory(juror=juror, application=eligible(panel.call)), 5, 4)
    track = panel.call.tracks.get()
    track.places = 2
    track.save()
    (ranking,) = rankings.compute(panel.call, by=None)
    return ranking


def test_a_verdict_being_adopted_is_not_computed_away(ranked):
    manager = holder(ranked.call.programme, "manager")
    with transaction.atomic():
        rankings.adopt(ranked, by=manager)
        other = beside(lambda: rankings.compute(ranked.call, by=None))
        other.thread.join(0.5)
    assert isinstance(other.done(), Refused)
    ranked.refresh_from_db()
    assert (ranked.state, ranked.adopted_by) == (RankingState.ADOPTED, manager)


def test_scoring_is_not_reopened_under_a_verdict_being_adopted(ranked):
    manager = holder(ranked.call.programme, "manager")
    until = clock.now() + dt.timedelta(days=1)
    with transaction.atomic():
        rankings.adopt(ranked, by=manager)
        other = beside(lambda: scoring.reopen(ranked.call.panel, until=until, reason="Manca una voce."))
        other.thread.join(0.5)
    assert isinstance(other.done(), Refused)
    assert Panel.objects.get(call=ranked.call).state == PanelState.CLOSED


def test_nobody_withdraws_under_a_verdict_being_adopted(ranked):
    manager = holder(ranked.call.programme, "manager")
    application = ranked.entries.first().application
    with transaction.atomic():
        rankings.adopt(ranked, by=manager)
        other = beside(lambda: applications.withdraw(application, by=application.created_by))
        other.thread.join(0.5)
    assert isinstance(other.done(), Refused)
    application.refresh_from_db()
    assert application.state == ApplicationState.ADMITTED
