"""The plan of an initiative: milestones, moved dates, states; the programme's view of all plans; reminders."""

import datetime as dt

import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accompanying import MilestoneFactory, SharedMilestoneFactory, in_days
from tests.factories.initiatives import InitiativeFactory, TeamMemberFactory, led
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.together import at_once
from vivaio.initiatives.models import Milestone
from vivaio.initiatives.planning import actions, drawing
from vivaio.initiatives.planning.jobs import tell_of_milestones
from vivaio.initiatives.states import InitiativeState, MilestoneState
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def url(name, *arguments):
    return reverse(f"initiatives:{name}", args=arguments)


def test_a_team_plans_and_the_plan_tells_it():
    initiative, leader = led()
    member = TeamMemberFactory(initiative=initiative).person
    sent = {
        "title": "Primo cliente pagante",
        "evidence": "Una fattura incassata",
        "due_on": in_days(30).isoformat(),
        "person": str(member.pk),
    }
    signed_in(leader).post(url("milestone_add", initiative.pk), sent)
    made = Milestone.objects.get()
    assert (made.person, made.state, made.first_due_on) == (member, "planned", in_days(30))
    page = signed_in(leader).get(url("plan", initiative.pk)).content.decode()
    assert "Primo cliente pagante" in page
    assert "Una fattura incassata" in page
    assert Record.objects.filter(verb="initiatives.milestone_added", subject_id=made.pk).exists()


def test_a_moved_date_asks_why_and_keeps_the_earlier_one():
    initiative, leader = led()
    milestone = MilestoneFactory(initiative=initiative)
    before = milestone.due_on
    sent = {"title": milestone.title, "evidence": "", "due_on": in_days(90).isoformat(), "person": ""}
    page = signed_in(leader).post(url("milestone_edit", milestone.pk), {**sent, "reason": ""})
    assert page.status_code == 422
    assert "quella di prima resta accanto" in page.content.decode()
    signed_in(leader).post(url("milestone_edit", milestone.pk), {**sent, "reason": "Il locale non è pronto"})
    milestone.refresh_from_db()
    step = milestone.steps.get()
    assert (milestone.due_on, milestone.first_due_on) == (in_days(90), before)
    assert (step.due_before, step.due_after, step.reason) == (before, in_days(90), "Il locale non è pronto")
    assert "Il locale non è pronto" in signed_in(leader).get(milestone.get_absolute_url()).content.decode()


def test_what_is_reached_or_dropped_can_be_taken_up_again_with_a_reason():
    initiative, leader = led()
    milestone = MilestoneFactory(initiative=initiative)
    reached = actions.reach(milestone, on=clock.today(), words="La foto", by=leader)
    assert (reached.state, reached.ended_on) == (MilestoneState.REACHED, clock.today())
    with pytest.raises(Refused, match="riprendilo"):
        actions.change(milestone, values={"title": "Altro", "due_on": milestone.due_on}, reason="", by=leader)
    with pytest.raises(Refused, match="Scrivi perché"):
        actions.reopen(milestone, reason=" ", by=leader)
    again = actions.reopen(milestone, reason="Il cliente ha disdetto", by=leader)
    assert (again.state, again.ended_on) == (MilestoneState.UNDER_WAY, None)
    with pytest.raises(Refused):
        actions.drop(milestone, reason="", by=leader)
    dropped = actions.drop(milestone, reason="Non serve più", by=leader)
    assert [step.led_to for step in dropped.steps.all()] == ["reached", "under_way", "dropped"]


def test_nothing_was_reached_tomorrow():
    initiative, leader = led()
    milestone = MilestoneFactory(initiative=initiative)
    with pytest.raises(Refused, match="non è ancora arrivato"):
        actions.reach(milestone, on=in_days(2), by=leader)


def test_only_the_team_and_who_accompanies_it_change_a_plan_and_not_after_the_end():
    initiative, leader = led()
    milestone = MilestoneFactory(initiative=initiative)
    programme = initiative.programme
    actions.start(milestone, by=holder(programme, "community_manager"))
    for stranger in (holder(programme, "auditor"), holder(programme, "secretary"), PersonFactory()):
        with pytest.raises(Refused):
            actions.reach(milestone, on=clock.today(), by=stranger)
    assert signed_in(PersonFactory()).get(milestone.get_absolute_url()).status_code == 404
    values = {"title": "x", "due_on": in_days(3), "person": PersonFactory()}
    with pytest.raises(Refused, match="fa parte del gruppo"):
        actions.add(initiative, values=values, by=leader)
    initiative.state = InitiativeState.CLOSED
    initiative.save()
    with pytest.raises(Refused, match="conclusa"):
        actions.reach(milestone, on=clock.today(), by=leader)


def test_the_order_is_the_team_s():
    initiative, leader = led()
    first, second, third = (MilestoneFactory(initiative=initiative) for _ in range(3))
    signed_in(leader).post(url("milestone_place", third.pk, "up"))
    actions.place(first, actions.UP, by=leader)
    assert list(Milestone.objects.order_by("position")) == [first, third, second]


def test_the_programme_s_milestones_are_taken_over_once():
    initiative, leader = led()
    shared = SharedMilestoneFactory(programme=initiative.programme, title="Giornata dei pitch")
    SharedMilestoneFactory(programme=ProgrammeFactory())
    client = signed_in(leader)
    client.post(url("milestones_take_over", initiative.pk))
    client.post(url("milestones_take_over", initiative.pk))
    made = Milestone.objects.get()
    assert (made.title, made.due_on, made.shared) == ("Giornata dei pitch", shared.due_on, shared)
    manager = holder(initiative.programme, "manager")
    actions.change_shared(shared, values={"title": "Pitch day"}, by=manager)
    actions.unshare(shared, by=manager)
    made.refresh_from_db()
    assert (made.title, made.shared) == ("Giornata dei pitch", None)


def test_the_staff_sees_every_plan_what_is_late_first():
    programme = ProgrammeFactory()
    for days, title in ((50, "Lontana"), (-3, "In ritardo da poco"), (5, "Vicina")):
        MilestoneFactory(initiative__programme=programme, title=title, due_on=in_days(days))
    MilestoneFactory(initiative__programme=programme, title="Fatta", state="reached", due_on=in_days(-9))
    MilestoneFactory(title="Altrove", due_on=in_days(-9))
    client = signed_in(holder(programme, "auditor"))
    page = client.get(url("plans", programme.slug)).content.decode()
    places = [page.index(title) for title in ("In ritardo da poco", "Vicina", "Lontana", "Fatta")]
    assert places == sorted(places)
    assert "Altrove" not in page
    late = client.get(url("plans", programme.slug), {"standing": "late"}).content.decode()
    assert "In ritardo da poco" in late
    assert "Vicina" not in late
    exported = b"".join(client.get(url("plans", programme.slug), {"export": "csv"})).decode()
    assert "Lontana" in exported
    assert signed_in(PersonFactory()).get(url("plans", programme.slug)).status_code == 404


def test_the_cohort_stands_along_one_axis():
    programme = ProgrammeFactory()
    initiative = InitiativeFactory(programme=programme, title="La portineria")
    for days, state in ((-20, "reached"), (-5, "planned"), (60, "planned"), (10, "dropped")):
        MilestoneFactory(initiative=initiative, due_on=in_days(days), state=state)
    page = signed_in(holder(programme, "manager")).get(url("timeline", programme.slug)).content.decode()
    assert "La portineria" in page
    for kind in ("reached", "late", "ahead", "dropped"):
        assert f'class="{kind}"' in page


def test_marks_stand_within_the_axis_whatever_the_dates():
    today = dt.date(2026, 11, 23)
    axis = drawing.axis_of(dt.date(2024, 2, 29), dt.date(2031, 1, 31), today)
    places = [axis.place(day) for day in (dt.date(2024, 2, 29), today, dt.date(2031, 1, 31))]
    assert places == sorted(places)
    assert all(drawing.LEFT <= place <= drawing.RIGHT for place in (*places, *axis.months))
    assert drawing.axis_of(None, None, today).today is not None


def test_a_digest_goes_before_a_date_and_after_it_once_each():
    initiative, leader = led()
    member = TeamMemberFactory(initiative=initiative).person
    TeamMemberFactory(initiative=initiative)
    MilestoneFactory(initiative=initiative, title="Vicina", due_on=in_days(6), person=member)
    MilestoneFactory(initiative=initiative, title="In ritardo", due_on=in_days(-1))
    MilestoneFactory(initiative=initiative, title="Lontana", due_on=in_days(60))
    tell_of_milestones(0)
    tell_of_milestones(0)
    sent = OutgoingLetter.objects.filter(letter="initiatives.milestones_due")
    letters = list(sent)
    assert {one.recipient_email for one in letters} == {leader.email, member.email}
    assert len(letters) == 2
    text = letters[0].text
    assert "Vicina" in text
    assert "In ritardo" in text
    assert "Lontana" not in text
    with clock.rehearsing(clock.now() + dt.timedelta(days=1)):
        tell_of_milestones(0)
        assert sent.count() == 2
        Milestone.objects.filter(title="Vicina").update(due_on=in_days(7))
        tell_of_milestones(0)
        assert sent.all().count() == 4, "a date that was moved is told again"


def test_the_dates_go_into_a_calendar():
    initiative, leader = led()
    milestone = MilestoneFactory(initiative=initiative, title="Inaugurazione")
    answer = signed_in(leader).get(url("plan_ics", initiative.pk))
    event = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert event["SUMMARY"].startswith("Inaugurazione")
    assert event.decoded("DTSTART") == milestone.due_on


@pytest.mark.django_db(transaction=True)
def test_two_who_take_over_at_once_copy_once():
    initiative, leader = led()
    SharedMilestoneFactory(programme=initiative.programme)

    def take():
        try:
            actions.take_over(initiative, by=leader)
        except Refused:
            return "refused"
        return "done"

    assert sorted(at_once(take, take)) == ["done", "refused"]
    assert Milestone.objects.count() == 1
