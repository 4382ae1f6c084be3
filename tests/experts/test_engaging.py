"""Engagements: agreed by both, held in sessions, hours confirmed by both, ended and evaluated; what follows from it."""

import datetime as dt

import icalendar
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.factories.experts import (
    BankFactory,
    CompetenceFactory,
    EngagementFactory,
    ExpertFieldFactory,
    ProposalFactory,
    SessionFactory,
    asked_by,
    confirmed,
    expert_in,
    told,
)
from tests.factories.initiatives import TeamMemberFactory, led
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.together import at_once
from vivaio.experts import jobs
from vivaio.experts.actions import bank, matching
from vivaio.experts.engaging.actions import ending, sessions, terms
from vivaio.experts.models import Engagement, EngagementSession, Evaluation
from vivaio.experts.states import (
    EndedHow,
    EngagementState,
    ProposalState,
    RequestState,
    SessionState,
    Side,
)
from vivaio.initiatives.actions import moving
from vivaio.initiatives.states import TeamPart
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people import actions as people
from vivaio.people import jobs as clocked
from vivaio.people.models import ErasureRequest, Relation

pytestmark = pytest.mark.django_db


class Scene:
    """A request of an initiative that an expert has accepted; both sides, and who looks after the bank."""

    def __init__(self, **fields):
        self.programme = ProgrammeFactory()
        BankFactory(programme=self.programme)
        self.manager = holder(self.programme, "community_manager", given_name="Bruna", family_name="Sala")
        self.competence = CompetenceFactory(field=ExpertFieldFactory(programme=self.programme))
        self.initiative, self.leader = led(programme=self.programme)
        self.member = TeamMemberFactory(initiative=self.initiative, part=TeamPart.MEMBER).person
        self.profile = expert_in(self.programme, self.competence, **fields)
        self.expert = self.profile.person
        self.request = asked_by(self.initiative, self.competence, hours=6)
        proposal = ProposalFactory(request=self.request, profile=self.profile)
        matching.accept(proposal, revision=proposal.request.revision, by=self.expert)
        self.engagement = Engagement.objects.get(request=self.request)

    def running(self):
        terms.agree(self.engagement, revision=self.fresh().revision, by=self.leader)
        return self.fresh()

    def fresh(self):
        self.engagement.refresh_from_db()
        return self.engagement


@pytest.fixture
def scene():
    return Scene()


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def url(name, row, *more):
    return reverse(f"experts:{name}", args=[row.pk, *more])


def letters(name, person):
    return OutgoingLetter.objects.filter(letter=f"experts.{name}", person=person.pk)


def agree(client, engagement):
    """Agree to the terms that the page shows now."""
    read = Engagement.objects.get(pk=engagement.pk).revision
    return client.post(url("act_on_engagement", engagement, "agree"), {"revision": read}, follow=True)


def since(engagement, days):
    """Agreed to so many days ago."""
    at = clock.now() - dt.timedelta(days=days)
    Engagement.objects.filter(pk=engagement.pk).update(begun_at=at, starts_on=at.date())


def typed(**more):
    day = clock.today() + dt.timedelta(days=4)
    given = {"topic": "Lo statuto", "day": f"{day:%Y-%m-%d}", "hour": "15:00", "planned_minutes": "90"}
    return given | {"place": "", "link": "https://meet.example.org/uno"} | more


def test_an_accepted_request_becomes_an_engagement_that_both_agree_to(scene):
    found = scene.engagement
    assert (found.agreed_minutes, found.goal, found.ends_on) == (
        360,
        scene.request.purpose,
        scene.request.needed_by,
    )
    assert letters("engagement_to_agree", scene.leader).exists()
    assert not letters("engagement_to_agree", scene.expert).exists(), (
        "accepting is agreeing to what was asked"
    )
    team, expert = signed_in(scene.leader), signed_in(scene.expert)
    new = {
        "goal": "Statuto e regolamento.",
        "agreed_minutes": "7,5",
        "starts_on": f"{found.starts_on}",
        "ends_on": f"{found.ends_on}",
        "words": "Serve un poco di più.",
    }
    team.post(url("engagement_terms", found), new)
    assert scene.fresh().agreed_minutes == 450
    assert "Serve un poco di più." in letters("engagement_to_agree", scene.expert).latest("created_at").text
    agree(team, found)
    assert scene.fresh().state == EngagementState.TO_AGREE, "the expert is asked anew"
    agree(expert, found)
    assert scene.fresh().state == EngagementState.UNDER_WAY
    assert letters("engagement_begun", scene.leader).exists()
    assert "7 ore 30 minuti" in expert.get(url("engagement", found)).text


def test_nobody_agrees_to_terms_that_were_changed_meanwhile(scene):
    read = scene.engagement.revision
    kept = {
        "agreed_minutes": 90 * 60,
        "starts_on": scene.engagement.starts_on,
        "ends_on": scene.engagement.ends_on,
    }
    terms.change(scene.engagement, values={"goal": "Tutt’altro.", **kept}, by=scene.expert)
    team = signed_in(scene.leader)
    answer = team.post(url("act_on_engagement", scene.engagement, "agree"), {"revision": read}, follow=True)
    assert scene.fresh().state == EngagementState.TO_AGREE
    assert "cambiati" in answer.text
    shown = team.get(url("engagement", scene.engagement)).text
    assert f'value="{scene.engagement.revision}"' in shown
    agree(team, scene.engagement)
    assert scene.fresh().state == EngagementState.UNDER_WAY


def test_nobody_says_that_they_come_to_a_session_that_was_moved_meanwhile(scene):
    scene.running()
    values = {"topic": "Statuto", "starts_at": clock.now() + dt.timedelta(days=2), "planned_minutes": 60}
    session = sessions.propose(scene.engagement, values=values, by=scene.expert)
    team = signed_in(scene.member)
    assert '<input type="hidden" name="changes" value="0">' in team.get(url("session", session)).text
    later = values | {"starts_at": clock.now() + dt.timedelta(days=3)}
    sessions.shift(session, values=later, by=scene.expert)
    answer = team.post(url("session_accept", session), {"changes": "0"}, follow=True)
    session.refresh_from_db()
    assert session.state == SessionState.PROPOSED
    assert "spostato" in answer.text
    team.post(url("session_accept", session), {"changes": "1"})
    session.refresh_from_db()
    assert session.state == SessionState.FIXED


def test_only_a_leader_binds_the_team_and_anybody_of_it_tells_hours(scene):
    member = signed_in(scene.member)
    agree(member, scene.engagement)
    assert scene.fresh().state == EngagementState.TO_AGREE
    assert "Lo decide chi guida il gruppo" in member.get(url("engagement_terms", scene.engagement)).text
    scene.running()
    member.post(url("session_propose", scene.engagement), typed())
    assert EngagementSession.objects.get().side == Side.TEAM
    assert signed_in(PersonFactory()).get(url("engagement", scene.engagement)).status_code == 404


def test_hours_count_once_both_sides_say_the_same(scene):
    scene.running()
    team, expert = signed_in(scene.member), signed_in(scene.expert)
    expert.post(url("session_propose", scene.engagement), typed())
    session = EngagementSession.objects.get()
    assert letters("session_proposed", scene.member).exists()
    team.post(url("session_accept", session), {"changes": "0"})
    with time_machine.travel(session.starts_at + dt.timedelta(hours=3)):
        expert.post(url("session_tell", session), {"minutes": "120", "words": "Tutto il primo capo."})
        expert.post(url("session_confirm", session), {"minutes": "120"})
        session.refresh_from_db()
        assert session.state == SessionState.TOLD, "nobody confirms for the other side"
        team.post(url("session_tell", session), {"minutes": "90", "words": ""})
        team.post(
            url("session_tell", session), {"minutes": "90", "words": "Abbiamo finito alle quattro e mezza."}
        )
        assert "finito alle quattro" in letters("hours_told", scene.expert).latest("created_at").text
        expert.post(url("session_confirm", session), {"minutes": "120"})
        session.refresh_from_db()
        assert session.state == SessionState.TOLD, "what is confirmed is what was read"
        expert.post(url("session_confirm", session), {"minutes": "90"})
        session.refresh_from_db()
        assert (session.state, session.minutes) == (SessionState.CONFIRMED, 90)
        assert "1 ora 30 minuti" in team.get(url("engagement", scene.engagement)).text


def test_a_session_holds_no_more_than_has_passed_nor_the_time_of_another(scene):
    scene.running()
    since(scene.engagement, days=7)
    held = {"topic": "Statuto", "starts_at": clock.now() - dt.timedelta(hours=2), "place": ""}
    with pytest.raises(Refused, match="non è ancora passato"):
        sessions.record(scene.engagement, values=held, minutes=180, by=scene.expert)
    sessions.record(scene.engagement, values=held, minutes=120, by=scene.expert)
    with pytest.raises(Refused, match="altro incontro"):
        sessions.record(scene.engagement, values=held, minutes=60, by=scene.leader)
    long_ago = held | {"starts_at": clock.now() - dt.timedelta(days=3)}
    with pytest.raises(Refused):
        sessions.record(scene.engagement, values=long_ago, minutes=13 * 60, by=scene.leader)


def test_an_expert_gives_the_same_hour_to_one_team_alone(scene):
    scene.running()
    since(scene.engagement, days=7)
    other = EngagementFactory(person=scene.expert)
    at = clock.now() - dt.timedelta(hours=30)
    held = {"topic": "Statuto", "starts_at": at, "place": ""}
    sessions.record(other, values=held, minutes=120, by=scene.expert)
    half = held | {"starts_at": at + dt.timedelta(minutes=90)}
    with pytest.raises(Refused, match="un altro gruppo"):
        sessions.record(scene.engagement, values=half, minutes=60, by=scene.leader)
    after = held | {"starts_at": at + dt.timedelta(minutes=120)}
    sessions.record(scene.engagement, values=after, minutes=60, by=scene.leader)


def test_two_teams_that_tell_the_same_hour_at_once_are_told_apart(transactional_db):
    scene = Scene()
    scene.running()
    since(scene.engagement, days=7)
    other = EngagementFactory(person=scene.expert)
    leader = TeamMemberFactory(initiative=other.initiative).person
    held = {"topic": "Statuto", "starts_at": clock.now() - dt.timedelta(hours=30), "place": ""}
    answers = at_once(
        lambda: sessions.record(scene.engagement, values=held, minutes=60, by=scene.leader),
        lambda: sessions.record(other, values=held, minutes=60, by=leader),
    )
    assert sum(isinstance(one, Refused) for one in answers) == 1
    assert EngagementSession.objects.count() == 1


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "9999-12-31"])
def test_a_year_that_cannot_be_is_told_beside_the_day(scene, day):
    scene.running()
    client = signed_in(scene.expert)
    held = {"topic": "Statuto", "day": day, "hour": "23:30", "minutes": "60", "place": "", "words": ""}
    for answer in (
        client.post(url("session_record", scene.engagement), held),
        client.post(url("session_propose", scene.engagement), typed(day=day)),
    ):
        assert answer.status_code == 422
        assert "Controlla l’anno" in answer.text
    assert not EngagementSession.objects.exists()


def test_hours_from_before_it_was_agreed_do_not_count(scene):
    scene.running()
    since(scene.engagement, days=7)
    client = signed_in(scene.expert)
    early = clock.today() - dt.timedelta(days=9)
    held = {"topic": "Statuto", "day": f"{early}", "hour": "10:00", "minutes": "60", "place": "", "words": ""}
    page = client.post(url("session_record", scene.engagement), held).text
    assert "contano dal" in page
    assert not EngagementSession.objects.exists()


def test_a_link_is_an_address_of_the_web(scene):
    scene.running()
    client = signed_in(scene.expert)
    answer = client.post(url("session_propose", scene.engagement), typed(link="javascript:alert(1)"))
    assert answer.status_code == 422
    assert not EngagementSession.objects.exists()


def test_a_session_is_moved_and_cancelled_with_words_and_calendars_follow(scene):
    scene.running()
    session = sessions.propose(
        scene.engagement,
        values={"topic": "Statuto", "starts_at": clock.now() + dt.timedelta(days=2), "planned_minutes": 60},
        by=scene.expert,
    )
    sessions.accept(session, changes=0, by=scene.member)
    team, expert = signed_in(scene.member), signed_in(scene.expert)
    team.post(url("session_move", session), typed(words="Quel giorno siamo in fiera."))
    session.refresh_from_db()
    assert (session.state, session.side) == (SessionState.PROPOSED, Side.TEAM)
    event = icalendar.Calendar.from_ical(expert.get(url("session_ics", session)).content).walk("VEVENT")[0]
    assert (event["STATUS"], event["SEQUENCE"]) == ("TENTATIVE", 1)
    assert event.decoded("DTSTART") == session.starts_at
    assert "https://meet.example.org/uno" in event["LOCATION"]
    expert.post(url("session_cancel", session), {"words": ""})
    expert.post(url("session_cancel", session), {"words": "Ho la febbre."})
    assert "Ho la febbre." in letters("session_cancelled", scene.leader).latest("created_at").text
    found = icalendar.Calendar.from_ical(team.get(url("engagement_ics", scene.engagement)).content)
    assert [one["STATUS"] for one in found.walk("VEVENT")] == ["CANCELLED"]


def test_beyond_the_hours_agreed_a_warning_and_an_extension_asked_by_one_and_agreed_by_the_other(scene):
    scene.running()
    confirmed(scene.engagement, minutes=390)
    team, expert = signed_in(scene.leader), signed_in(scene.expert)
    assert "30 minuti in più" in team.get(url("engagement", scene.engagement)).text
    later = scene.engagement.ends_on + dt.timedelta(days=10)
    asked = {"minutes": "2", "ends_on": f"{later}", "words": "Manca il regolamento."}
    team.post(url("engagement_extend", scene.engagement), asked)
    team.post(url("act_on_engagement", scene.engagement, "grant"))
    assert scene.fresh().agreed_minutes == 360, "whoever asks does not answer"
    expert.post(url("act_on_engagement", scene.engagement, "grant"))
    assert (scene.fresh().agreed_minutes, scene.engagement.ends_on) == (480, later)
    assert letters("extension_answered", scene.leader).exists()


def test_it_ends_when_both_say_so_and_is_evaluated_without_reading_the_other(scene):
    scene.running()
    confirmed(scene.engagement)
    team, expert = signed_in(scene.leader), signed_in(scene.expert)
    expert.post(url("act_on_engagement", scene.engagement, "conclude"))
    assert scene.fresh().state == EngagementState.UNDER_WAY
    team.post(url("act_on_engagement", scene.engagement, "conclude"))
    assert (scene.fresh().state, scene.engagement.ended_how) == (EngagementState.ENDED, EndedHow.DONE)
    scene.request.refresh_from_db()
    assert scene.request.state == RequestState.CLOSED
    assert scene.engagement.proposal.state == ProposalState.OVER
    given = {"goal": "4", "part": "3", "together": "4", "again": "2", "words": "Arrivavano tardi."}
    expert.post(url("engagement_evaluate", scene.engagement), given)
    page = url("engagement", scene.engagement)
    assert "Arrivavano tardi." not in team.get(page).text
    assert "Arrivavano tardi." in signed_in(scene.manager).get(page).text
    team.post(url("engagement_evaluate", scene.engagement), given | {"words": "Bravissima."})
    assert "Arrivavano tardi." in team.get(page).text
    assert "Bravissima." in expert.get(page).text


def test_after_the_last_day_what_was_given_is_read_and_nothing_more_is_given(scene):
    scene.running()
    ending.end_early(scene.engagement, words="Cambio lavoro.", needed=True, by=scene.expert)
    given = {"goal": "4", "part": "3", "together": "4", "again": "2", "words": "Brava gente."}
    ending.evaluate(scene.fresh(), values=given, by=scene.expert)
    team = signed_in(scene.leader)
    with time_machine.travel(clock.now() + dt.timedelta(days=22)):
        team.force_login(scene.leader)
        assert "Brava gente." in team.get(url("engagement", scene.engagement)).text
        team.post(url("engagement_evaluate", scene.engagement), given)
    assert Evaluation.objects.count() == 1


def test_what_ends_early_says_why_and_the_request_is_open_again(scene):
    scene.running()
    ahead = SessionFactory(engagement=scene.engagement)
    expert = signed_in(scene.expert)
    expert.post(url("engagement_end", scene.engagement), {"words": "", "needed": "on"})
    assert scene.fresh().state == EngagementState.UNDER_WAY
    expert.post(url("engagement_end", scene.engagement), {"words": "Cambio lavoro.", "needed": "on"})
    assert (scene.fresh().state, scene.engagement.ended_how) == (EngagementState.ENDED, EndedHow.EARLY)
    ahead.refresh_from_db()
    assert ahead.state == SessionState.CANCELLED
    scene.request.refresh_from_db()
    assert scene.request.state == RequestState.OPEN
    assert letters("engagement_needs_another", scene.manager).exists()
    assert "Cambio lavoro." in signed_in(scene.leader).get(url("engagement", scene.engagement)).text


def test_the_tie_is_written_at_once_and_stays_when_it_is_over(scene):
    tie = Relation.objects.get(person=scene.expert, kind="mentoring")
    assert (tie.organisation, tie.until) == (scene.initiative.organisation, None)
    assert tie.origin.startswith(f"engagement:{scene.engagement.pk}")
    scene.running()
    ending.end_early(scene.engagement, words="Basta così.", needed=False, by=scene.leader)
    tie.refresh_from_db()
    assert tie.until == clock.today(scene.programme.time_zone)


def test_without_an_organisation_the_tie_is_to_those_who_lead():
    initiative, leader = led(organisation=None)
    profile = expert_in(initiative.programme)
    proposal = ProposalFactory(request=asked_by(initiative), profile=profile)
    matching.accept(proposal, revision=proposal.request.revision, by=profile.person)
    tie = Relation.objects.get(person=profile.person, kind="mentoring")
    assert tie.other_person == leader


def test_hours_come_back_to_the_expert_when_it_is_over(scene):
    with_load = matching.queries.free_hours
    before = with_load(scene.profile)
    scene.running()
    ending.end_early(scene.engagement, words="Basta così.", needed=False, by=scene.leader)
    assert with_load(scene.profile) > before


def test_what_closes_ends_its_engagements_and_what_was_taken_out_of_the_bank_too(scene):
    scene.running()
    moving.move(scene.initiative, "closed", reason="Il gruppo si è sciolto.", by=scene.manager)
    assert scene.fresh().state == EngagementState.ENDED
    other = Scene()
    bank.decline(other.profile, words="Non risponde.", by=other.manager)
    assert other.fresh().state == EngagementState.DROPPED
    other.request.refresh_from_db()
    assert other.request.state == RequestState.OPEN


def test_an_expert_on_pause_keeps_what_was_promised(scene):
    scene.running()
    bank.pause(scene.profile, by=scene.expert)
    assert scene.fresh().state == EngagementState.UNDER_WAY


def test_whoever_is_erased_leaves_hours_and_no_words(scene):
    scene.running()
    confirmed(scene.engagement, minutes=120)
    terms.write(scene.engagement, "La mia nota.", by=scene.expert)
    asked = people.request_erasure(by=scene.expert)
    ErasureRequest.objects.filter(pk=asked.pk).update(due_at=clock.now() - dt.timedelta(minutes=1))
    clocked.erase(0)
    found = scene.fresh()
    assert found.state == EngagementState.ENDED
    page = signed_in(scene.manager).get(url("engagement", found)).text
    assert "La mia nota." not in page
    assert "2 ore" in page


def test_two_who_confirm_at_once_confirm_once(transactional_db):
    scene = Scene()
    scene.running()
    session = told(scene.engagement, minutes=60)
    answers = at_once(
        lambda: sessions.confirm(session, minutes=60, by=scene.leader),
        lambda: sessions.confirm(session, minutes=60, by=scene.member),
    )
    assert sum(isinstance(one, Refused) for one in answers) == 1
    session.refresh_from_db()
    assert (session.state, session.minutes) == (SessionState.CONFIRMED, 60)
    assert session.steps.count() == 1


def test_one_corrects_while_the_other_confirms_and_nothing_is_confirmed_unread(transactional_db):
    scene = Scene()
    scene.running()
    session = told(scene.engagement, minutes=60)
    at_once(
        lambda: sessions.confirm(session, minutes=60, by=scene.leader),
        lambda: sessions.tell(session, minutes=90, words="Erano di più.", by=scene.expert),
    )
    session.refresh_from_db()
    assert session.state == SessionState.TOLD
    assert (session.told_minutes, session.minutes) == (90, None)


def test_both_sides_are_reminded_the_day_before_and_of_waiting_hours_once(scene):
    scene.running()
    noon = clock.now().replace(hour=10, minute=0)
    with time_machine.travel(noon):
        SessionFactory(engagement=scene.engagement, starts_at=noon + dt.timedelta(days=1))
        told(scene.engagement)
        for _twice in range(2):
            jobs.engaging.session_reminders(timestamp=0)
    assert letters("session_tomorrow", scene.expert).count() == 1
    assert letters("session_tomorrow", scene.member).count() == 1
    assert letters("hours_wait", scene.leader).count() == 1
    assert not letters("hours_wait", scene.expert).exists()


def test_the_staff_finds_what_does_not_move(scene):
    staff = signed_in(scene.manager)
    running = EngagementFactory(request=asked_by(scene.initiative, title="Ferma da un mese"))
    Engagement.objects.filter(pk=running.pk).update(begun_at=clock.now() - dt.timedelta(days=40))
    page = staff.get(reverse("experts:engagements", args=[scene.programme.slug]), {"stuck": "yes"}).text
    assert "Ferma da un mese" in page
    assert str(scene.request.title) not in page
