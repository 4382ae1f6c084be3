"""Two people acting at once: nothing is given twice, nothing is scored behind a closed door."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from tests.factories.jury import JurorFactory, PanelFactory, eligible, judging_call
from vivaio.jury.actions import assignment as assignments
from vivaio.jury.actions import conflicts, scoring
from vivaio.jury.models import Assignment, Score
from vivaio.jury.queries import panel as panels
from vivaio.jury.states import AssignmentState, PanelState
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
    applications = list(panel.call.applications.all()[:2])
    running = [beside(lambda a=a: assignments.add(panel, juror, a)) for a in applications]
    outcomes = [each.done() for each in running]
    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]
    assert juror.assignments.count() == 1


def test_two_reminders_at_once_write_one_letter(panel):
    assignments.apply(assignments.plan(panel))
    sent = [each.done() for each in [beside(lambda: scoring.remind(panel)) for _ in range(2)]]
    assert sorted(sent) == [0, 3]
    assert panels.of(panel.call).jurors.exclude(reminded_at=None).count() == 3
