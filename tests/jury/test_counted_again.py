"""What the board counts is kept until something is done: whatever the jury's people do, the next look tells it."""

import pytest
from django.core.cache import caches
from django.db import transaction

from tests.factories.jury import JurorFactory, PanelFactory, eligible, judging_call
from tests.factories.programmes import holder
from vivaio.applications import actions as applications
from vivaio.journal import actions as journal
from vivaio.journal.unchanged import mark_of
from vivaio.jury.actions import assignment as assignments
from vivaio.jury.actions import conflicts, scoring
from vivaio.jury.actions import panel as panels
from vivaio.jury.models import Assignment, Panel
from vivaio.jury.queries.figures import figures_of
from vivaio.jury.recusing import actions as recusing
from vivaio.jury.states import Aside, PanelState

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def panel():
    """A jury that is being formed, looked at once."""
    panel = PanelFactory(call=judging_call(reviews_each=2), state=PanelState.FORMING)
    for _ in range(4):
        JurorFactory(panel=panel)
    for _ in range(4):
        eligible(panel.call)
    with transaction.atomic():
        journal.record("jury.begun", panel)
    return panel


class Watched:
    """A board that is looked at after everything that is done."""

    def __init__(self, panel):
        self.panel, self.last = panel, figures_of(panel, short=9)

    def after(self, act):
        """What `act` made, once the next look told of a change, and told what counting anew tells."""
        made = act()
        panel = Panel.objects.select_related("call").get(pk=self.panel.pk)
        assert mark_of(panel.programme_id) is not None, "nothing would be kept, and nothing proved"
        told = figures_of(panel, short=9)
        assert told != self.last
        assert told == figures_of(panel, short=9)
        caches["pages"].clear()
        assert told == figures_of(panel, short=9)
        self.last = told
        return made


def test_the_next_look_tells_whatever_was_done(panel):
    board, manager = Watched(panel), holder(panel.call.programme, "manager")
    board.after(lambda: assignments.apply(assignments.plan(panel, by=manager), by=manager))
    sheet = Assignment.objects.order_by("pk").first()
    full = {one.pk: 4 for one in panel.call.criteria.all()}
    board.after(lambda: scoring.save(sheet, full, by=sheet.juror.person))
    one = next(iter(full))
    board.after(lambda: scoring.save(sheet, {one: None}, by=sheet.juror.person))
    board.after(lambda: scoring.save(sheet, {one: 2}, by=sheet.juror.person))

    conflict = board.after(
        lambda: conflicts.record(
            sheet.juror, sheet.application, reason="Un parente siede nel consiglio.", by=manager
        )
    )
    board.after(lambda: conflicts.dismiss(conflict, reason="Un caso di omonimia, verificato.", by=manager))
    conflict.refresh_from_db()
    board.after(lambda: conflicts.reinstate(conflict, by=manager))

    untouched = Assignment.objects.filter(state="to_score", locked=False).order_by("pk")
    board.after(lambda: assignments.take_away(untouched[0], by=manager))
    gone = untouched[0]
    recusal = board.after(
        lambda: recusing.step_aside(
            gone, Aside.OTHER, reason="Una materia che non conosco.", by=gone.juror.person
        )
    )
    board.after(lambda: recusing.undo(recusal, reason="Un equivoco, chiarito a voce.", by=manager))
    leaves = untouched[0].juror
    board.after(lambda: panels.remove(leaves, by=manager))
    withdrawn = untouched[0].application
    board.after(lambda: applications.withdraw(withdrawn, by=withdrawn.created_by))
