"""Giving out applications: the plan, its preview, what it keeps, and what is done by hand."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.applications import handed_in
from tests.factories.jury import (
    AssignmentFactory,
    ConflictFactory,
    JurorFactory,
    PanelFactory,
    eligible,
    judging_call,
    scored,
)
from tests.factories.programmes import holder
from tests.jury.test_panel import address
from vivaio.applications.states import ApplicationState
from vivaio.jury.actions import assignment as actions
from vivaio.jury.actions import conflicts as conflict_actions
from vivaio.jury.models import Assignment, AssignmentPlan, Conflict
from vivaio.jury.queries import board
from vivaio.jury.states import AssignmentState, PanelState
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter

pytestmark = pytest.mark.django_db


def panel_with(jurors=4, applications=5, reviews_each=2, state=PanelState.FORMING, **juror):
    panel = PanelFactory(call=judging_call(reviews_each=reviews_each), state=state)
    made = [JurorFactory(panel=panel, **juror) for _ in range(jurors)]
    return panel, made, [eligible(panel.call) for _ in range(applications)]


def pairs(panel):
    rows = Assignment.objects.filter(juror__panel=panel).exclude(state=AssignmentState.RECUSED)
    return set(rows.values_list("juror_id", "application_id"))


def give_out(panel, **kwargs):
    return actions.apply(actions.plan(panel, **kwargs))


def test_everybody_gets_as_much_as_the_others_and_one_letter(client):
    panel, jurors, _applications = panel_with(jurors=4, applications=6, reviews_each=2)
    client.force_login(holder(panel.call.programme, "manager"))
    answer = client.post(address(panel.call, "plan"), {"objective": "total"})
    assert client.get(answer.url).status_code == 200
    assert not Assignment.objects.exists()
    client.post(address(panel.call, "apply", pk=AssignmentPlan.objects.get().pk))
    standing = board.standing(panel)
    assert sorted(load.load for load in standing.loads) == [3, 3, 3, 3]
    assert (standing.given, standing.wanted, standing.shorts) == (12, 12, 0)
    panel.refresh_from_db()
    assert panel.state == PanelState.SCORING
    letters = OutgoingLetter.objects.filter(letter="jury.ready")
    assert sorted(letters.values_list("recipient_email", flat=True)) == sorted(j.email for j in jurors)


@pytest.mark.parametrize("objective", ["total", "fair"])
def test_the_same_inputs_give_the_same_plan(objective):
    panel, _jurors, _applications = panel_with()
    first, second = (actions.plan(panel, objective=objective) for _ in range(2))
    assert first.result == second.result
    assert first.inputs_digest == second.inputs_digest


def test_a_minimum_is_kept():
    panel, jurors, _applications = panel_with(jurors=3, applications=4, reviews_each=1)
    jurors[0].minimum = 3
    jurors[0].save()
    give_out(panel)
    assert jurors[0].assignments.count() == 3


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_conflict_is_ever_crossed(db, data):
    panel, jurors, applications = panel_with(jurors=4, applications=4, reviews_each=2)
    every = [(juror, application) for juror in jurors for application in applications]
    crossed = data.draw(st.lists(st.sampled_from(every), unique=True, max_size=10))
    for juror, application in crossed:
        ConflictFactory(juror=juror, application=application)
    made = actions.plan(panel)
    forbidden = {(juror.pk, application.pk) for juror, application in crossed}
    if "pairs" in made.result:
        actions.apply(made)
        assert not pairs(panel) & forbidden
        assert len(pairs(panel)) == 8
    else:
        assert made.result["shortages"]
    for juror, application in every:
        if (juror.pk, application.pk) in forbidden:
            with pytest.raises(Refused):
                actions.add(panel, juror, application)


def test_computing_again_keeps_locks_and_work_begun():
    panel, _jurors, _applications = panel_with(jurors=5, applications=6, reviews_each=2)
    give_out(panel)
    rows = list(Assignment.objects.order_by("pk"))
    done = scored(rows[0])
    actions.lock(rows[1])
    kept = {(a.juror_id, a.application_id) for a in (done, rows[1])}
    for _ in range(2):
        JurorFactory(panel=panel)
    give_out(panel)
    assert kept <= pairs(panel)
    assert done.scores.count() == 2
    assert len(pairs(panel)) == 12
    loads = sorted(load.load for load in board.standing(panel).loads)
    assert loads[-1] - loads[0] <= 1


def test_a_plan_is_refused_when_anything_changed_meanwhile():
    panel, jurors, applications = panel_with()
    plan = actions.plan(panel)
    ConflictFactory(juror=jurors[0], application=applications[0])
    with pytest.raises(Refused):
        actions.apply(plan)
    assert not Assignment.objects.exists()


def test_of_two_plans_looked_at_together_one_wins():
    panel, _jurors, _applications = panel_with()
    first, second = actions.plan(panel), actions.plan(panel, objective="fair")
    actions.apply(first)
    for again in (first, second):
        with pytest.raises(Refused):
            actions.apply(again)
    assert len(pairs(panel)) == 10


def test_who_is_short_is_named_with_the_way_out(client):
    panel, jurors, applications = panel_with(jurors=3, applications=2, reviews_each=3)
    ConflictFactory(juror=jurors[0], application=applications[0])
    client.force_login(holder(panel.call.programme, "manager"))
    answer = client.post(address(panel.call, "plan"), {"objective": "total"})
    page = client.get(answer.url.replace("/it/", "/en/")).content.decode()
    assert "needs 3 jurors, only 2 are free of conflict" in page
    assert str(applications[0]) in page


def test_too_few_places_are_counted(client):
    panel, _jurors, _applications = panel_with(jurors=2, applications=4, reviews_each=2, capacity=3)
    made = actions.plan(panel)
    assert [(s["kind"], s["needed"], s["available"]) for s in made.result["shortages"]] == [("places", 8, 6)]


def test_an_unknown_applicant_blocks_the_plan_until_somebody_decides():
    panel, _jurors, _applications = panel_with()
    stranger = handed_in(panel.call, state=ApplicationState.ADMITTED)
    with pytest.raises(Refused, match=stranger.applicant_name):
        actions.plan(panel)
    conflict_actions.clear(panel, stranger, reason="Gruppo informale conosciuto da noi.", by=None)
    assert "pairs" in actions.plan(panel).result


def test_a_recusal_leaves_the_application_short_and_one_click_mends_it(client):
    panel, _jurors, _applications = panel_with(jurors=4, applications=4, reviews_each=2)
    give_out(panel)
    gone = Assignment.objects.first()
    conflict_actions.declare(gone.juror, gone.application, reason="Un parente.", by=gone.juror.person)
    short = board.standing(panel).short
    assert [(r.application, r.missing) for r in short] == [(gone.application, 1)]
    proposal = short[0].proposal.juror
    assert proposal.pk not in {a.juror_id for a in gone.application.assignments.all()}
    client.force_login(holder(panel.call.programme, "manager"))
    assert str(proposal.pk) in client.get(address(panel.call, "assignment")).content.decode()
    client.post(
        address(panel.call, "add_reader", pk=gone.application_id), {"juror": proposal.pk, "back": "list"}
    )
    assert not board.standing(panel).short


def test_of_many_short_the_page_proposes_for_the_first_and_leads_to_the_others(client):
    panel, jurors, applications = panel_with(jurors=2, applications=board.MOST_SHORT + 3, reviews_each=2)
    give_to = {"juror": jurors[0].pk, "back": "list"}
    client.force_login(holder(panel.call.programme, "manager"))
    client.post(address(panel.call, "add_reader", pk=applications[0].pk), give_to)
    page = client.get(address(panel.call, "assignment")).content.decode()
    assert page.count('name="back" value="list"') == board.MOST_SHORT
    assert "Ad altre 3 candidature mancano giurati" in page
    listed = client.get(address(panel.call, "assignment") + "?readers=short&q=" + applications[-1].title)
    assert f"application-{applications[-1].pk}" in listed.content.decode()


def test_by_hand_move_lock_and_take_away(client):
    panel, jurors, _applications = panel_with(jurors=3, applications=1, reviews_each=2)
    give_out(panel)
    row = Assignment.objects.first()
    free = next(j for j in jurors if not j.assignments.exists())
    client.force_login(holder(panel.call.programme, "manager"))
    assert client.get(address(panel.call, "readers", pk=row.application_id)).status_code == 200
    client.post(address(panel.call, "shift", pk=row.pk), {"juror": free.pk})
    moved = Assignment.objects.get(juror=free)
    assert moved.locked
    assert not row.juror.assignments.exists()
    client.post(address(panel.call, "take_away", pk=moved.pk))
    assert Assignment.objects.filter(pk=moved.pk).exists()
    client.post(address(panel.call, "lock", pk=moved.pk), {"locked": "no"})
    client.post(address(panel.call, "take_away", pk=moved.pk))
    assert not Assignment.objects.filter(pk=moved.pk).exists()


def test_work_begun_is_never_taken_away():
    row = scored(AssignmentFactory())
    other = JurorFactory(panel=row.juror.panel)
    for act in (lambda: actions.take_away(row), lambda: actions.shift(row, other)):
        with pytest.raises(Refused):
            act()
    assert row.scores.count() == 2


def test_nobody_is_filled_beyond_their_limit():
    panel, jurors, applications = panel_with(jurors=1, applications=2, reviews_each=1, capacity=1)
    actions.add(panel, jurors[0], applications[0])
    with pytest.raises(Refused):
        actions.add(panel, jurors[0], applications[1])


def test_each_juror_reads_in_an_order_of_their_own_that_stays():
    panel, jurors, _applications = panel_with(jurors=2, applications=12, reviews_each=2)
    give_out(panel)
    orders = [
        list(juror.assignments.order_by("position").values_list("application_id", flat=True))
        for juror in jurors
    ]
    assert set(orders[0]) == set(orders[1])
    assert orders[0] != orders[1]
    eligible(panel.call)
    for juror in jurors:
        juror.capacity = 20
        juror.save()
    give_out(panel)
    again = list(jurors[0].assignments.order_by("position").values_list("application_id", flat=True))
    assert [pk for pk in again if pk in orders[0]] == orders[0]


@pytest.mark.parametrize("role", ["auditor", "juror", "evaluator"])
def test_who_only_reads_gives_nothing_out(client, role):
    panel, _jurors, _applications = panel_with()
    client.force_login(holder(panel.call.programme, role))
    client.post(address(panel.call, "plan"), {"objective": "total"})
    assert not AssignmentPlan.objects.exists()


def test_another_programmes_manager_finds_nothing(client):
    panel, _jurors, _applications = panel_with()
    made = actions.plan(panel)
    client.force_login(holder(judging_call().programme, "manager"))
    for name, more in (("assignment", {}), ("preview", {"pk": made.pk}), ("progress", {}), ("conflicts", {})):
        assert client.get(address(panel.call, name, **more)).status_code == 404


def test_the_pages_cost_the_same_with_few_and_with_many(client, django_assert_max_num_queries):
    panel, _jurors, _applications = panel_with(jurors=3, applications=2)
    client.force_login(holder(panel.call.programme, "manager"))
    give_out(panel)

    def costs():
        plan = actions.plan(panel)
        found = []
        for url in (address(panel.call, "assignment"), address(panel.call, "preview", pk=plan.pk)):
            with django_assert_max_num_queries(12) as seen:
                assert client.get(url).status_code == 200
            found.append(len(seen.captured_queries))
        return found

    few = costs()
    for _ in range(4):
        JurorFactory(panel=panel)
        eligible(panel.call)
    give_out(panel)
    ConflictFactory(juror=panel.jurors.first(), application=eligible(panel.call))
    assert costs() == few
    assert Conflict.objects.exists()
