"""An initiative enters a contest; a juror takes an interest after scoring; the team answers."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.applications import open_call
from tests.factories.initiatives import led
from tests.factories.jury import AssignmentFactory, JurorFactory, PanelFactory, eligible, judging_call, scored
from tests.factories.people import MembershipFactory
from tests.factories.programmes import holder
from tests.together import at_once
from vivaio.initiatives.analysing import actions as analysing
from vivaio.initiatives.contesting import actions, events
from vivaio.initiatives.models import Contact, ContestEntry, Interest
from vivaio.initiatives.states import InterestKind
from vivaio.jury.actions import conflicts
from vivaio.jury.models import Conflict
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.models import Relation
from vivaio.people.states import RelationKind

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def team(**fields):
    initiative, leader = led(**fields)
    MembershipFactory(organisation=initiative.organisation, person=leader)
    return initiative, leader


def judged():
    """An entrant before a jury that has scored it."""
    panel = PanelFactory(call=judging_call(kind="contest"))
    initiative, leader = team(programme=panel.call.programme)
    application = eligible(panel.call, organisation=initiative.organisation, created_by=leader)
    entry = ContestEntry.objects.create(initiative=initiative, application=application, entered_by=leader)
    sheet = AssignmentFactory(juror=JurorFactory(panel=panel), application=application)
    return entry, leader, sheet


def test_a_leader_enters_an_open_contest_from_the_page_of_the_initiative():
    call = open_call(kind="contest")
    initiative, leader = team(programme=call.programme)
    client, track = signed_in(leader), call.tracks.get()
    page = client.get(reverse("initiatives:contests", args=[initiative.pk])).content.decode()
    assert str(track.pk) in page
    entered = client.post(reverse("initiatives:enter_contest", args=[initiative.pk]), {"track": track.pk})
    entry = ContestEntry.objects.get(initiative=initiative)
    assert entry.application.organisation == initiative.organisation
    assert entered.url == entry.application.get_absolute_url()
    again = client.post(reverse("initiatives:enter_contest", args=[initiative.pk]), {"track": track.pk})
    assert again.status_code == 302
    assert ContestEntry.objects.count() == 1


def test_who_is_not_of_the_team_enters_nothing():
    call = open_call(kind="contest")
    initiative, _leader = team(programme=call.programme)
    _other, stranger = team(programme=call.programme)
    with pytest.raises(Refused):
        actions.enter(initiative, call.tracks.get(), by=stranger)


def test_two_initiatives_of_one_organisation_do_not_share_a_draft():
    call = open_call(kind="contest")
    initiative, leader = team(programme=call.programme)
    actions.enter(initiative, call.tracks.get(), by=leader)
    other, _leader = led(programme=call.programme, organisation=initiative.organisation)
    other.team.update(person=leader)
    with pytest.raises(Refused):
        actions.enter(other, call.tracks.get(), by=leader)


def test_whoever_mentored_an_entrant_is_in_conflict():
    entry, _leader, sheet = judged()
    juror = JurorFactory(panel=sheet.juror.panel)
    Relation.objects.create(
        person=juror.person, organisation=entry.initiative.organisation, kind=RelationKind.MENTORING
    )
    conflicts.search(juror.panel)
    found = Conflict.objects.get(juror=juror, application=entry.application)
    assert found.grounds[0]["kind"] == RelationKind.MENTORING
    page = signed_in(juror.person).get(reverse("initiatives:interest", args=[entry.pk]))
    assert page.status_code == 404


def test_whoever_coached_an_entrant_is_in_conflict_and_stays_so_for_a_while():
    entry, _leader, sheet = judged()
    coach = holder(entry.initiative.programme, "community_manager")
    juror = JurorFactory(panel=sheet.juror.panel, person=coach)
    analysing.assign_coach(entry.initiative, coach, by=None)
    conflicts.search(juror.panel)
    found = Conflict.objects.get(juror=juror, application=entry.application)
    assert found.grounds[0]["kind"] == RelationKind.MENTORING
    analysing.assign_coach(entry.initiative, holder(entry.initiative.programme, "manager"), by=None)
    assert Relation.objects.get(person=coach, kind=RelationKind.MENTORING).until == clock.today()


def test_a_new_enterprise_still_takes_up_who_wants_to_invest_and_tells_what_came_of_it():
    entry, leader, sheet = judged()
    scored(sheet)
    address = reverse("initiatives:interest", args=[entry.pk])
    signed_in(sheet.juror.person).post(address, {"kind": "invest", "message": "Ci sono."})
    type(entry.initiative).objects.update(state="spun_off")
    team_of = signed_in(leader)
    team_of.post(reverse("initiatives:answer_interest", args=[Interest.objects.get().pk, "accept"]))
    contact = Contact.objects.get(initiative=entry.initiative)
    end = reverse("initiatives:contact_end", args=[contact.pk])
    team_of.post(end, {"to": "won", "outcome": "Entra al 10%", "amount": "30.000"})
    contact.refresh_from_db()
    assert (contact.state, contact.amount) == ("won", 30000)


def test_an_interest_comes_after_the_score_and_addresses_after_acceptance():
    entry, leader, sheet = judged()
    juror = signed_in(sheet.juror.person)
    page, sent = (
        reverse("initiatives:interest", args=[entry.pk]),
        {"kind": "invest", "message": "Parliamone."},
    )
    juror.post(page, sent)
    assert not Interest.objects.exists()
    scored(sheet)
    juror.post(page, sent)
    interest = Interest.objects.get()
    asked = OutgoingLetter.objects.get(letter="initiatives.interest_marked")
    assert asked.person == leader.pk
    assert sheet.juror.person.email not in asked.text
    tab = signed_in(leader).get(reverse("initiatives:contests", args=[entry.initiative_id])).content.decode()
    assert "Parliamone." in tab
    assert sheet.juror.person.email not in tab
    told = []

    def listen(sender, interest, by, **more):
        told.append((interest.pk, by))

    events.interest_accepted.connect(listen)
    signed_in(leader).post(reverse("initiatives:answer_interest", args=[interest.pk, "accept"]))
    events.interest_accepted.disconnect(listen)
    assert told == [(interest.pk, leader)]
    contact = Contact.objects.get(initiative=entry.initiative)
    assert (contact.kind, contact.origin, contact.person) == ("investor", "contest", sheet.juror.person)
    assert contact.next_due_on is not None, "somebody is to be in touch by a day"
    assert leader.email in OutgoingLetter.objects.get(letter="initiatives.interest_accepted").text
    tab = signed_in(leader).get(reverse("initiatives:contests", args=[entry.initiative_id])).content.decode()
    assert sheet.juror.person.email in tab


@pytest.mark.django_db(transaction=True)
def test_two_leaders_who_answer_at_once_give_one_answer():
    entry, leader, sheet = judged()
    scored(sheet)
    interest = actions.mark(
        sheet.juror, entry.pk, InterestKind.BUY, "Ne prendo dieci.", by=sheet.juror.person
    )
    outcomes = at_once(
        lambda: actions.answer(interest, True, by=leader), lambda: actions.answer(interest, False, by=leader)
    )
    assert sum(isinstance(one, Refused) for one in outcomes) == 1
    answers = OutgoingLetter.objects.filter(
        letter__in=("initiatives.interest_accepted", "initiatives.interest_declined")
    )
    assert answers.count() == 1


def test_no_interest_before_the_sheets_are_given_out():
    entry, _leader, sheet = judged()
    juror = sheet.juror
    sheet.delete()
    signed_in(juror.person).post(
        reverse("initiatives:interest", args=[entry.pk]), {"kind": "invest", "message": "Parliamone."}
    )
    assert not Interest.objects.exists(), "the sheet may still be given to them"
    juror.panel.state = "closed"
    juror.panel.save()
    actions.mark(juror, entry.pk, InterestKind.INVEST, "Parliamone.", by=juror.person)


def test_a_juror_who_reads_no_titles_finds_none_among_the_entrants():
    entry, _leader, sheet = judged()
    call = sheet.juror.panel.call
    call.reviewing = "blind_titles"
    call.save()
    client = signed_in(sheet.juror.person)
    for name, pk in (("entrants", sheet.juror.panel_id), ("interest", entry.pk)):
        page = client.get(reverse(f"initiatives:{name}", args=[pk])).content.decode()
        assert str(entry.application) not in page
        assert str(entry.application.number) in page
