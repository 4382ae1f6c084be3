"""Ties that come to light late: after the assignment, before the verdict, after it; ties that have ended."""

import datetime as dt

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories.applications import handed_in
from tests.factories.jury import AssignmentFactory, JurorFactory, PanelFactory, eligible, scored
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.programmes import RoleHoldingFactory
from tests.jury.verdicts import Judged
from vivaio.applications.states import ApplicationState
from vivaio.jury.actions import ranking as rankings
from vivaio.jury.actions.conflicts import search
from vivaio.jury.models import Clearance, Conflict, Recusal
from vivaio.jury.states import AssignmentState, PanelState, RankingState
from vivaio.kit import clock
from vivaio.people import actions as people
from vivaio.people.models import BoardMember, Membership, PastBoardMember, Relation
from vivaio.people.states import MemberPart, RelationKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def page(judged, name, **more):
    return reverse(
        f"jury:{name}", kwargs={"programme": judged.call.programme.slug, "call": judged.call.slug, **more}
    )


def grounds(panel):
    search(panel)
    return {one["ground"] for conflict in Conflict.objects.all() for one in conflict.grounds}


@pytest.fixture
def judged():
    made = Judged(places=1, tie_breaks=["earlier_submission"])
    made.apply("Alba", (5, 5), (5, 4))
    made.apply("Brina", (4, 4), (4, 4))
    made.compute()
    return made


def board_post(client, organisation, **seat):
    """The administrator of the organisation puts its board on record, on its page."""
    client.force_login(organisation.memberships.filter(part="administrator").first().person)
    data = {"form-TOTAL_FORMS": len(seat) and 1, "form-INITIAL_FORMS": 0}
    data |= {f"form-0-{name}": value for name, value in seat.items()}
    return client.post(reverse("people:board", args=[organisation.pk]), data)


def as_member(organisation, juror):
    people.join(organisation, juror.person, MemberPart.MEMBER)


def as_family(organisation, juror):
    colleague = organisation.memberships.first().person
    people.declare_relation(colleague, "family", other=juror.person)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("bind", [as_member, as_family])
def test_a_tie_after_the_assignment_takes_the_sheet_away_without_anybody_asking(bind, worker):
    panel = PanelFactory()
    sheet = AssignmentFactory(juror=JurorFactory(panel=panel), application=eligible(panel.call))
    bind(sheet.application.organisation, sheet.juror)
    worker()
    sheet.refresh_from_db()
    assert sheet.state == AssignmentState.RECUSED


@pytest.mark.django_db(transaction=True)
def test_a_board_put_on_record_after_the_assignment_is_compared_by_name(client, worker):
    panel = PanelFactory()
    juror = JurorFactory(panel=panel)
    sheet = AssignmentFactory(juror=juror, application=eligible(panel.call))
    organisation = sheet.application.organisation
    organisation.memberships.update(part=MemberPart.ADMINISTRATOR)
    seat = {"given_name": juror.person.given_name, "family_name": juror.person.family_name}
    board_post(client, organisation, part="director", email="", **seat)
    worker()
    sheet.refresh_from_db()
    assert sheet.state == AssignmentState.RECUSED


def bound(judged):
    """A relation that nobody announced: written by hand into the records."""
    line = judged.entries()[0]
    Relation.objects.create(
        person=judged.jurors[0].person, organisation=line.application.organisation, kind="employment"
    )


def test_a_verdict_is_not_adopted_on_a_sheet_that_is_in_conflict_by_now(client, judged):
    bound(judged)
    client.force_login(judged.manager)
    address = page(judged, "adopt", pk=judged.ranking().pk)
    answer = client.post(address, {"note": ""}, follow=True).content.decode()
    assert f"the sheet of {judged.jurors[0]} on" in answer
    assert "Compute the ranking again, and look" in answer
    assert judged.ranking().state == RankingState.PROVISIONAL
    assert Conflict.objects.count() == 1, "what was found stays on record"
    client.post(page(judged, "compute"))
    client.post(address, {"note": ""})
    assert judged.ranking().state == RankingState.ADOPTED
    assert {line.reviews for line in judged.entries()} == {1, 2}


def test_computing_leaves_such_a_sheet_out_and_says_so(client, judged):
    bound(judged)
    client.force_login(judged.manager)
    answer = client.post(page(judged, "compute"), follow=True).content.decode()
    assert f"the sheet of {judged.jurors[0]} on" in answer
    assert {line.reviews for line in judged.entries()} == {1, 2}


def test_nothing_is_published_on_it(client, judged):
    rankings.adopt(judged.ranking(), by=judged.manager)
    bound(judged)
    client.force_login(judged.manager)
    answer = client.post(page(judged, "publish"), follow=True).content.decode()
    assert "Take the verdict of" in answer
    assert f"the sheet of {judged.jurors[0]} on" in answer
    assert judged.ranking().state == RankingState.ADOPTED


def become_mentor(organisation, person):
    people.find_relation(person, organisation, RelationKind.MENTORING, "coach:1")


def become_member(organisation, person):
    people.join(organisation, person, MemberPart.MEMBER)


@pytest.mark.parametrize("bind", [become_mentor, become_member])
def test_a_tie_that_begins_after_scoring_takes_no_finished_sheet_away(judged, bind):
    judged.panel.closed_at = clock.now() - dt.timedelta(days=2)
    judged.panel.save()
    bind(judged.entries()[0].application.organisation, judged.jurors[0].person)
    assert grounds(judged.panel) == set()
    assert rankings.adopt(judged.ranking(), by=judged.manager).state == RankingState.ADOPTED
    judged.panel.closed_at = clock.now()
    judged.panel.save()
    assert len(grounds(judged.panel)) == 1, "of the day itself nobody knows which came first"


def test_a_mended_seat_leaves_nobody_among_those_who_sat_there(client):
    application = eligible(PanelFactory().call)
    organisation = application.organisation
    organisation.memberships.update(part=MemberPart.ADMINISTRATOR)
    organisation.board.all().delete()
    account = PersonFactory(email="teresa@example.org")
    seat = {
        "given_name": "Teresa",
        "family_name": "Bramati",
        "part": "director",
        "email": "teresa@example.org",
    }
    board_post(client, organisation, **seat)
    BoardMember.objects.update(created_at=clock.now() - dt.timedelta(days=400))
    Relation.objects.filter(kind="board").update(since=clock.today() - dt.timedelta(days=400))
    board_post(client, organisation, **seat | {"family_name": "Brambati", "part": "president"})
    board_post(client, organisation, **seat | {"family_name": "Brambati", "email": "t.brambati@example.org"})
    assert not PastBoardMember.objects.exists()
    tie = Relation.objects.get(kind="board")
    assert (tie.person, tie.since, tie.until) == (account, clock.today() - dt.timedelta(days=400), None)
    BoardMember.objects.update(created_at=clock.now())
    board_post(client, organisation, given_name="Nadir", family_name="Hamoud", part="president", email="")
    assert not PastBoardMember.objects.exists(), "it was put on record today by mistake"


def test_a_board_put_on_record_has_the_juries_look_again_once(client):
    organisation = eligible(PanelFactory().call).organisation
    organisation.memberships.update(part=MemberPart.ADMINISTRATOR)
    PersonFactory(email="teresa@example.org")
    waiting = ProcrastinateJob.objects.filter(task_name="jury.search_conflicts")
    before = waiting.count()
    board_post(
        client,
        organisation,
        given_name="Teresa",
        family_name="Brambati",
        part="director",
        email="teresa@example.org",
    )
    assert Relation.objects.filter(kind="board").exists()
    assert waiting.count() == before + 1
    for part in ("president", "director"):
        board_post(
            client,
            organisation,
            given_name="Teresa",
            family_name="Brambati",
            part=part,
            email="teresa@example.org",
        )
    assert waiting.count() == before + 1, "one search that waits looks at everything"


def test_a_person_who_applies_is_compared_by_mail_domain():
    panel = PanelFactory()
    person = PersonFactory(email="ada@studio-rossi.it")
    fields = {"organisation": None, "person": person, "created_by": person}
    handed_in(panel.call, state=ApplicationState.ADMITTED, **fields)
    JurorFactory(panel=panel, person=PersonFactory(email="beppe@studio-rossi.it"))
    assert grounds(panel) == {"domain"}
    person.email = "ada@gmail.com"
    person.save()
    assert grounds(panel) == set()


@pytest.mark.parametrize("who", ["juror", "applicant", "both"])
def test_an_organisation_shared_until_some_days_ago_counts_within_the_window(who):
    panel = PanelFactory()
    application, juror = eligible(panel.call), JurorFactory(panel=panel)
    shared = OrganisationFactory()
    ended = panel.call.closes_at - dt.timedelta(days=10)
    MembershipFactory(
        organisation=shared, person=juror.person, ended_at=None if who == "applicant" else ended
    )
    MembershipFactory(
        organisation=shared, person=application.created_by, ended_at=None if who == "juror" else ended
    )
    panel.tie_years = 1
    panel.save()
    assert grounds(panel) == {"past_in_common"}
    long_ago = panel.call.closes_at - dt.timedelta(days=800)
    Membership.objects.filter(organisation=shared, ended_at__isnull=False).update(ended_at=long_ago)
    assert grounds(panel) == set()


def test_a_seat_that_ended_is_kept_with_its_day_and_weighed(client):
    panel = PanelFactory()
    application = eligible(panel.call)
    organisation = application.organisation
    organisation.memberships.update(part=MemberPart.ADMINISTRATOR)
    organisation.board.all().delete()
    BoardMember.objects.create(
        organisation=organisation, given_name="Teresa", family_name="Brambati", part="director"
    )
    BoardMember.objects.update(created_at=clock.now() - dt.timedelta(days=400))
    board_post(client, organisation, given_name="Nadir", family_name="Hamoud", part="president", email="")
    assert [str(one) for one in organisation.board.all()] == ["Nadir Hamoud"]
    past = PastBoardMember.objects.get()
    assert (str(past), past.ended_on) == ("Teresa Brambati", clock.today())
    JurorFactory(panel=panel, person=PersonFactory(given_name="Teresa", family_name="Brambati"))
    assert grounds(panel) == {"past_board_name"}
    PastBoardMember.objects.update(ended_on=panel.call.closes_at - dt.timedelta(days=800))
    panel.tie_years = 1
    panel.save()
    assert grounds(panel) == set()


def apart():
    """Two parts that no juror connects: who could read what besides, is advised."""
    made = Judged(places=2, minimum=0, jurors=2)
    for number in range(2):
        made.apply(f"Nord {number}", (4, number + 1), (3, number + 2))
    first = made.jurors
    made.jurors = [JurorFactory(panel=made.panel, capacity=15) for _number in range(2)]
    south = [made.apply(f"Sud {number}", (5, number + 3), (4, number + 2)) for number in range(2)]
    return made, first, south


def test_nobody_is_advised_to_read_what_they_stepped_aside_from():
    made, first, south = apart()
    for application in south:
        Recusal.objects.create(juror=first[0], application=application, why="time", successor="nobody")
    made.compute()
    asked = {tuple(pair) for pair in made.ranking().calibration["bridges"]}
    assert asked
    assert not asked & {(str(first[0].pk), str(one.pk)) for one in south}


def test_nobody_is_advised_to_read_more_than_they_can():
    made, first, _south = apart()
    first[0].capacity = 2
    first[0].save()
    made.compute()
    asked = [juror for juror, _application in made.ranking().calibration["bridges"]]
    assert asked
    assert str(first[0].pk) not in asked


def test_who_sits_on_the_jury_does_not_clear_an_applicant_nobody_knows(client):
    panel = PanelFactory(state=PanelState.FORMING)
    unknown = handed_in(panel.call, state=ApplicationState.ADMITTED)
    juror = JurorFactory(panel=panel)
    RoleHoldingFactory(programme=panel.call.programme, person=juror.person, role="manager")
    client.force_login(juror.person)
    at = {"programme": panel.call.programme.slug, "call": panel.call.slug, "pk": unknown.pk}
    answer = client.post(reverse("jury:clear", kwargs=at), {"reason": "Li conosco da anni."}, follow=True)
    assert "You sit on this jury" in answer.content.decode()
    assert not Clearance.objects.exists()


def test_the_sheet_of_nobody_else_is_touched(judged):
    scored(AssignmentFactory(juror=judged.jurors[0], application=judged.apply("Cedro")), 5, 5)
    bound(judged)
    rankings.compute(judged.call, by=judged.manager)
    states = [line.application.assignments.filter(state=AssignmentState.RECUSED).count()
              for line in judged.entries()]  # fmt: skip
    assert sorted(states) == [0, 0, 1]
