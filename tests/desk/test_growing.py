"""What awaits those who follow initiatives, match experts, are of a team, or help as an expert."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tests.desk.test_home import text_of
from tests.factories.accompanying import MilestoneFactory, in_days, told_to_all
from tests.factories.analysing import ProfileFactory
from tests.factories.experts import (
    EngagementFactory,
    ExpertProfileFactory,
    ProposalFactory,
    SessionFactory,
    asked_by,
    expert_in,
    told,
)
from tests.factories.initiatives import LegalProofFactory, StoryFactory, TeamMemberFactory, led
from tests.factories.people import PersonFactory
from tests.factories.placing import PlacementFactory, StudentFactory, TutorFactory, agreeing, over, running
from tests.factories.placing import in_days as at
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.experts.models import LearningAgreement, PlacementEvaluation
from vivaio.experts.placing.states import PlacementState, StudentState
from vivaio.experts.placing.states import Side as Speaks
from vivaio.experts.states import ProfileState, ProposalState, RequestState, SessionState, Side
from vivaio.initiatives.states import DiaryState, ProofState, StoryState, TeamPart
from vivaio.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def growing():
    """An initiative of a public programme, and who leads it."""
    return led(programme=ProgrammeFactory(state="published"), title="Due chiavi")


def test_the_staff_reads_what_teams_and_experts_wait_for(client, growing):
    initiative, _leader = growing
    LegalProofFactory(initiative=initiative)
    StoryFactory(initiative=initiative, state=StoryState.ASKED)
    told_to_all(DiaryState.WAITING, initiative=initiative)
    ExpertProfileFactory(programme=initiative.programme, state=ProfileState.APPLIED)
    asked_by(initiative, state=RequestState.ASKED)
    page = text_of(client, holder(initiative.programme, "community_manager"))
    for said in (
        "Check 1 legal entity",
        "Approve the public page of 1 initiative",
        "Let 1 diary entry through",
        "Check 1 expert",
        "Open 1 request for an expert",
    ):
        assert said in page
    auditor = text_of(client, holder(initiative.programme, "auditor"))
    assert "Check 1" not in auditor, "who changes nothing is asked for nothing"


def test_a_team_reads_what_came_back_and_what_is_late(client, growing):
    initiative, leader = growing
    LegalProofFactory(initiative=initiative, state=ProofState.SENT_BACK)
    StoryFactory(initiative=initiative, state=StoryState.SENT_BACK)
    told_to_all(DiaryState.TO_CHANGE, initiative=initiative, author=leader)
    MilestoneFactory(initiative=initiative, due_on=in_days(-2))
    MilestoneFactory(initiative=initiative, due_on=in_days(20))
    page = text_of(client, leader)
    for said in (
        "Change the public page of “Due chiavi”",
        "Send the proof of the legal entity again",
        "Change 1 diary entry",
        "1 milestone is late",
    ):
        assert said in page


def test_an_expert_reads_who_asks_for_help(client, growing):
    initiative, _leader = growing
    profile = expert_in(initiative.programme)
    proposal = ProposalFactory(
        request=asked_by(initiative, state=RequestState.OPEN), profile=profile, state=ProposalState.SENT
    )
    page = text_of(client, profile.person)
    assert "Can you help “Due chiavi”?" in page
    assert f"/en/experts/proposals/{proposal.pk}/" in page


def test_the_staff_reads_what_awaits_them_as_a_team_and_as_an_expert_too(client, growing):
    initiative, _leader = growing
    manager = holder(initiative.programme, "manager", given_name="Bruna", family_name="Sala")
    own = TeamMemberFactory(person=manager, part=TeamPart.LEADER).initiative
    StoryFactory(initiative=own, state=StoryState.SENT_BACK)
    ProfileFactory(initiative=own)
    profile = expert_in(ProgrammeFactory(state="published"), person=manager)
    request = asked_by(initiative, state=RequestState.OPEN)
    ProposalFactory(request=request, profile=profile, state=ProposalState.SENT)
    page = text_of(client, manager)
    assert f"Change the public page of “{own}”" in page
    assert f"Answer the needs analysis of “{own}”" in page
    assert "Can you help “Due chiavi”?" in page
    engagement = EngagementFactory(person=manager)
    session = SessionFactory(engagement=engagement, state=SessionState.FIXED)
    hours = told(engagement, side=Side.TEAM)
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/en/desk/").text
    assert f"/en/experts/sessions/{hours.pk}/" in page
    assert f"/en/experts/sessions/{session.pk}/" in page
    assert len(asked) <= 12, "whoever is all three at once costs no more than anybody"


def everything_of_a_student_and_a_tutor(person):
    """Somebody who studies in one round, is placed by two others, and follows a university's students."""
    studying = StudentFactory(person=person)
    proposed = PlacementFactory(student__person=person)
    own = agreeing(student__person=person)
    tutor = TutorFactory(person=person)
    applied = StudentFactory(
        round__programme=tutor.programme, university=tutor.university, state=StudentState.APPLIED
    )
    theirs = agreeing(round__programme=tutor.programme, student__university=tutor.university)
    with override("en"):
        return (
            reverse("experts:placement_wishes", args=[studying.pk]),
            *(reverse("experts:placement", args=[one.pk]) for one in (proposed, own, theirs)),
            "Vouch for 1 student",
            "Say which placements you would like",
            "Accept your placement",
            "Sign your learning agreement",
            str(applied.university),
        )


@pytest.mark.parametrize("part", ["nobody else", "of a team", "the staff", "the administrator"])
def test_a_student_and_a_tutor_read_what_awaits_them_whatever_else_they_are(client, growing, part):
    initiative, leader = growing
    person = {
        "nobody else": PersonFactory,
        "of a team": lambda: leader,
        "the staff": lambda: holder(initiative.programme, "manager"),
        "the administrator": lambda: PersonFactory(is_administrator=True),
    }[part]()
    waits = everything_of_a_student_and_a_tutor(person)
    client.force_login(person)
    client.get("/en/desk/")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/en/desk/").text
    missing = [one for one in waits if one not in page]
    assert not missing
    assert len(asked) <= 12


def test_what_no_longer_waits_of_placements_is_not_told(client):
    person = PersonFactory()
    StudentFactory(person=person, round=over())
    StudentFactory(person=person, state=StudentState.WITHDRAWN)
    PlacementFactory(student__person=person, answer_by=clock.now())
    running(student__person=person)
    StudentFactory(university=TutorFactory(person=person).university, state=StudentState.APPLIED)
    page = text_of(client, person)
    for said in ("Say which placements", "Accept your placement", "Sign your", "Vouch for"):
        assert said not in page


def finished(days=-10, **fields):
    """A placement that was completed so many days ago."""
    return running(state=PlacementState.DONE, ended_at=at(days), **fields)


def test_each_side_is_asked_how_a_placement_went_until_it_has_said(client, growing):
    initiative, leader = growing
    tutor, student = TutorFactory(), PersonFactory()
    fields = {"round__programme": tutor.programme, "student__university": tutor.university}
    row = finished(offer__initiative=initiative, student__person=student, **fields)
    finished(days=-200, offer__initiative=initiative, **fields)
    asked = {leader: Speaks.INITIATIVE, student: Speaks.STUDENT, tutor.person: Speaks.UNIVERSITY}
    with override("en"):
        pages = {
            who: reverse("experts:placement_evaluate", args=[row.pk, side]) for who, side in asked.items()
        }
    for who, page in pages.items():
        assert page in text_of(client, who)
    assert "Say how 1 placement of your students went" in text_of(client, tutor.person)
    member = TeamMemberFactory(initiative=initiative).person
    assert "evaluate" not in text_of(client, member), "the leader speaks for the team"
    for side in asked.values():
        PlacementEvaluation.objects.create(placement=row, side=side, grade=4)
    assert not [who for who, page in pages.items() if page in text_of(client, who)]


def test_a_placement_past_its_last_day_is_to_be_completed(client, growing):
    initiative, leader = growing
    row = running(offer__initiative=initiative)
    said = "Complete a placement whose last day has passed"
    assert said not in text_of(client, leader)
    LearningAgreement.objects.filter(placement=row).update(ends_on=clock.today() - dt.timedelta(days=1))
    assert said in text_of(client, leader)


def test_the_staff_reads_agreements_that_nobody_signs_and_grants_that_are_due(client):
    programme = ProgrammeFactory(state="published")
    long_ago = {"student_accepted_at": at(-20), "initiative_accepted_at": at(-20)}
    late = agreeing(round__programme=programme, **long_ago)
    fresh = agreeing(round__programme=programme)
    due = running(round__programme=programme, offer__grant="600.00")
    none = running(round__programme=programme)
    manager = holder(programme, "manager")
    page = text_of(client, manager)
    assert "1 learning agreement waits to be signed" in page
    assert "Award the grant of 1 placement" in page
    with override("en"):
        every = reverse("experts:placement_all", args=[programme.slug])
    for query, listed, left in (("unsigned=yes", late, fresh), ("grant_due=yes", due, none)):
        assert f"{every}?{query}" in page
        shown = client.get(f"{every}?{query}").text
        assert (str(listed.pk) in shown, str(left.pk) in shown) == (True, False)
    assert str(fresh.pk) in client.get(f"{every}?unsigned=no").text
    assert "grant of 1" not in text_of(client, holder(programme, "community_manager"))
