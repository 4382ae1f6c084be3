"""An initiative is born of an accepted place or by hand; its team comes together; it goes from state to state."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.factories.experts import wish
from tests.factories.initiatives import TeamMemberFactory, led
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.jury.test_places import ranked
from tests.together import at_once
from vivaio.experts.models import Competence, ExpertRequest
from vivaio.initiatives import tabs
from vivaio.initiatives.actions import birth, moving, teaming
from vivaio.initiatives.models import DiaryEntry, Initiative, TeamInvitation
from vivaio.initiatives.queries import teaming as teams
from vivaio.initiatives.rules.initiatives import may_receive_money
from vivaio.initiatives.states import InitiativeState, TeamPart
from vivaio.journal.models import Record
from vivaio.jury.actions import places
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people import actions as people
from vivaio.people.events import erasing
from vivaio.people.models import Organisation, Person

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def url(name, *arguments):
    return reverse(f"initiatives:{name}", args=arguments)


def link_in(letter):
    return letter.secret.split("/initiatives/invitation/")[1].split("/")[0]


@pytest.fixture
def accepted():
    """A place that its applicant has just accepted."""
    entry = ranked().entries()[0]
    return places.accept(entry, by=entry.application.created_by)


def test_an_accepted_place_bears_an_initiative_once(accepted):
    made = Initiative.objects.get(application=accepted.application)

    again = birth.bear(accepted.application)

    assert again == made
    assert made.title == str(accepted.application)
    assert made.state == InitiativeState.ADMITTED
    assert teams.leaders_of(made).get() == accepted.application.created_by
    assert OutgoingLetter.objects.filter(letter="initiatives.born").count() == 1


def test_a_place_given_up_afterwards_closes_it(accepted):
    places.decline(accepted, by=accepted.application.created_by)

    made = Initiative.objects.get(application=accepted.application)
    assert made.state == InitiativeState.CLOSED
    assert made.passages.last().reason


def test_staff_founds_one_by_hand_and_its_leader_is_invited():
    programme = ProgrammeFactory()
    client = signed_in(holder(programme, "community_manager"))

    client.post(url("found", programme.slug), {"title": "Il forno", "email": "lea@example.org"})

    made = Initiative.objects.get(title="Il forno")
    letter = OutgoingLetter.objects.get(letter="initiatives.team_invitation")
    assert letter.recipient_email == "lea@example.org"
    person = PersonFactory(email="lea@example.org")
    signed_in(person).post(url("invitation", link_in(letter)))
    assert teams.leaders_of(made).get() == person


def test_what_came_out_of_a_lab_says_which():
    programme = ProgrammeFactory()
    client = signed_in(holder(programme, "community_manager"))
    sent = {"title": "Il forno", "email": "lea@example.org", "origin": "lab"}
    assert "quale laboratorio" in client.post(url("found", programme.slug), sent).text
    client.post(url("found", programme.slug), {**sent, "origin_told": "Laboratorio di via Solari, 4 maggio"})
    made = Initiative.objects.get()
    assert "Laboratorio di via Solari, 4 maggio" in client.get(made.get_absolute_url()).text
    listed = url("staff_list", programme.slug)
    assert "Il forno" in client.get(f"{listed}?origin=lab").text
    assert "Il forno" not in client.get(f"{listed}?origin=application").text


def test_in_an_empty_programme_all_goes_on_from_what_was_founded():
    programme = ProgrammeFactory(languages=["en", "it"])
    staff = signed_in(holder(programme, "manager"))
    assert url("found", programme.slug) in staff.get(url("staff_list", programme.slug)).text
    sent = {
        "title": "Il forno",
        "email": "lea@example.org",
        "goals": "Dodici posti di lavoro",
        "language": "de",
    }
    assert 'value="en" selected' in staff.get(url("found", programme.slug)).text
    staff.post(url("found", programme.slug), sent)
    made = Initiative.objects.get()
    assert (made.goals, made.language, made.organisation) == ("Dodici posti di lavoro", "de", None)
    person = PersonFactory(email="lea@example.org")
    leader = signed_in(person)
    letter = OutgoingLetter.objects.get(letter="initiatives.team_invitation")
    leader.post(url("invitation", link_in(letter)))
    for spoken in ("it", "en"):
        for tab in tabs.TABS.values():
            with override(spoken):
                address = reverse(tab.url_name, args=[made.pk])
            answers = [client.get(address).status_code for client in (leader, staff)]
            assert answers == [200, 200], address
    due = f"{clock.today() + dt.timedelta(days=30):%Y-%m-%d}"
    leader.post(url("milestone_add", made.pk), {"title": "Il primo pane", "evidence": "", "due_on": due})
    leader.post(url("diary_start", made.pk))
    staff.post(reverse("experts:lay_out", args=[programme.slug]))
    leader.post(reverse("experts:ask", args=[made.pk]), wish(Competence.objects.first(), send="yes"))
    assert made.milestones.get().title == "Il primo pane"
    assert DiaryEntry.objects.get().initiative == made
    assert ExpertRequest.objects.get().initiative == made
    assert may_receive_money(made), "an informal group becomes a legal entity first"


def test_an_invitation_is_for_one_address_and_once():
    initiative, leader = led()
    teaming.invite(initiative, email="Uno@example.org", role="Tiene i conti", by=leader)
    token = link_in(OutgoingLetter.objects.get(letter="initiatives.team_invitation"))
    wrong = signed_in(PersonFactory())

    assert wrong.post(url("invitation", token)).status_code == 409
    right = PersonFactory(email="uno@example.org")
    signed_in(right).post(url("invitation", token))

    assert initiative.team.get(person=right).role == "Tiene i conti"
    assert TeamInvitation.objects.get().state == "accepted"


def test_an_invitation_is_declined_without_an_account_and_the_inviter_hears():
    initiative, leader = led()
    teaming.invite(initiative, email="uno@example.org", by=leader)
    token = link_in(OutgoingLetter.objects.get(letter="initiatives.team_invitation"))

    Client().post(url("decline", token))

    assert TeamInvitation.objects.get().state == "declined"
    assert (
        OutgoingLetter.objects.get(letter="initiatives.invitation_declined").recipient_email == leader.email
    )


def test_the_last_leader_stays_until_somebody_else_leads():
    initiative, leader = led()
    other = TeamMemberFactory(initiative=initiative)
    first = initiative.team.get(person=leader)

    page = signed_in(leader).post(url("end", initiative.pk, first.pk), follow=True)
    assert "guid" in page.text
    first.refresh_from_db()
    assert first.ended_at is None

    teaming.change(other, part=TeamPart.LEADER, role="", by=leader)
    teaming.end(first, by=leader)
    assert teams.leaders_of(initiative).get() == other.person


def test_a_member_says_what_they_do_and_cannot_make_themselves_leader():
    initiative, _leader = led()
    member = TeamMemberFactory(initiative=initiative)
    client = signed_in(member.person)

    client.post(url("member", initiative.pk, member.pk), {"part": "leader", "role": "Parla con le famiglie"})

    member.refresh_from_db()
    assert (member.part, member.role) == (TeamPart.MEMBER, "Parla con le famiglie")


@pytest.mark.django_db(transaction=True)
def test_of_two_leaders_who_leave_at_once_one_stays():
    initiative, one = led()
    two = TeamMemberFactory(initiative=initiative, part=TeamPart.LEADER).person
    rows = {person: initiative.team.get(person=person) for person in (one, two)}

    outcomes = at_once(*(lambda p=person, row=row: teaming.end(row, by=p) for person, row in rows.items()))

    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert teams.leaders_of(initiative).count() == 1


def test_closing_asks_why_and_can_be_undone():
    programme = ProgrammeFactory()
    initiative, _leader = led(programme=programme)
    manager = holder(programme, "manager")

    with pytest.raises(Refused):
        moving.move(initiative, InitiativeState.CLOSED, by=manager)
    moving.move(initiative, InitiativeState.CLOSED, reason="Il gruppo si è sciolto.", by=manager)
    moving.move(initiative, InitiativeState.ACTIVE, reason="Era un malinteso.", by=manager)

    initiative.refresh_from_db()
    assert initiative.state == InitiativeState.ACTIVE
    page = signed_in(manager).get(url("initiative", initiative.pk))
    assert "Il gruppo si è sciolto." in page.text
    assert Record.objects.filter(verb="initiatives.moved").count() == 2


def test_a_spin_off_records_the_new_enterprise():
    programme = ProgrammeFactory()
    initiative, leader = led(programme=programme)
    client = signed_in(holder(programme, "manager"))
    said = {"name": "Portineria srl", "kind": "company", "country": "IT", "vat_number": "00743110157"}

    wrong = client.post(
        url("move", initiative.pk, "spun_off"), {**said, "vat_number": "12345678901", "on": "2021-03-01"}
    )
    assert Organisation.objects.filter(name="Portineria srl").count() == 0
    assert wrong.status_code == 200
    client.post(url("move", initiative.pk, "spun_off"), {**said, "on": "2021-03-01"})

    initiative.refresh_from_db()
    assert initiative.state == InitiativeState.SPUN_OFF
    assert (initiative.enterprise.name, initiative.spun_off_on) == ("Portineria srl", dt.date(2021, 3, 1))
    assert initiative.enterprise.memberships.get().person == leader


def test_the_team_writes_what_the_initiative_says_and_the_auditor_reads():
    programme = ProgrammeFactory()
    initiative, leader = led(programme=programme)

    signed_in(leader).post(
        url("edit", initiative.pk), {"language": "de", "title": "Nuovo nome", "goals": "Tre cortili aperti."}
    )

    page = signed_in(holder(programme, "auditor")).get(url("initiative", initiative.pk))
    assert "Tre cortili aperti." in page.text
    assert signed_in(holder(programme, "auditor")).get(url("edit", initiative.pk)).status_code == 404


def test_who_leads_others_alone_hands_over_before_leaving_the_installation():
    initiative, leader = led()
    TeamMemberFactory(initiative=initiative)

    with pytest.raises(Refused):
        people.request_erasure(by=leader)
    TeamMemberFactory(initiative=initiative, part=TeamPart.LEADER)
    people.request_erasure(by=leader)

    erasing.send(Person, person=leader)
    assert not initiative.team.filter(person=leader).exists()
