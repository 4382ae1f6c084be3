"""The competence bank: who joins, who is found, what a check does, what a year's end does."""

import dataclasses
import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.factories.experts import CompetenceFactory, ExpertFieldFactory, expert_in, written
from tests.factories.initiatives import led
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.experts import fit, jobs
from vivaio.experts.actions import bank
from vivaio.experts.forms.profile import ProfileForm
from vivaio.experts.models import Competence, ExpertField, ExpertProfile
from vivaio.experts.states import ProfileState
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.events import erasing
from vivaio.people.models import Person
from vivaio.programmes.models import Programme, RoleHolding

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="miracolo", title="Miracolo a Milano")


@pytest.fixture
def statutes(programme):
    return CompetenceFactory(field=ExpertFieldFactory(programme=programme, title="Legale"), title="Statuti")


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def url(name, *arguments):
    return reverse(f"experts:{name}", args=arguments)


def test_who_applies_is_checked_before_initiatives_find_them(programme, statutes):
    manager = holder(programme, "community_manager")
    person = PersonFactory(given_name="Ada", family_name="Negri")
    client = signed_in(person)
    answer = client.post(url("join", programme.slug), written(statutes))
    profile = ExpertProfile.objects.get(person=person)
    assert answer.status_code == 302
    assert profile.state == ProfileState.APPLIED
    assert OutgoingLetter.objects.filter(letter="experts.to_check", person=manager.pk).exists()
    _initiative, leader = led(programme=programme)
    team = signed_in(leader)
    assert "Ada Negri" not in team.get(url("listed", programme.slug)).content.decode()
    assert team.get(profile.get_absolute_url()).status_code == 404
    signed_in(manager).post(url("act", profile.pk, "check"), {"words": "Benvenuta."})
    page = team.get(url("listed", programme.slug)).content.decode()
    assert "Ada Negri" in page
    assert "Statuti" in page
    assert person.email not in page
    assert RoleHolding.objects.filter(programme=programme, person=person, role="expert").exists()
    assert OutgoingLetter.objects.filter(letter="experts.admitted", person=person.pk).exists()
    assert person.email not in team.get(profile.get_absolute_url()).content.decode()


def test_what_is_sent_back_says_why_and_comes_back_by_being_saved(programme, statutes):
    manager, person = holder(programme, "manager"), PersonFactory()
    signed_in(person).post(url("join", programme.slug), written(statutes))
    profile = ExpertProfile.objects.get(person=person)
    staff = signed_in(manager)
    staff.post(url("act", profile.pk, "send-back"), {"words": " "})
    profile.refresh_from_db()
    assert profile.state == ProfileState.APPLIED, "without words nothing is sent back"
    staff.post(url("act", profile.pk, "send-back"), {"words": "Quali statuti?"})
    assert "Quali statuti?" in signed_in(person).get(profile.get_absolute_url()).content.decode()
    signed_in(person).post(url("edit", profile.pk), written(statutes, headline="Notaia"))
    profile.refresh_from_db()
    assert (profile.state, profile.headline) == (ProfileState.APPLIED, "Notaia")


def test_nobody_checks_themselves(programme, statutes):
    manager = holder(programme, "manager", given_name="Eva", family_name="Riva")
    client = signed_in(manager)
    client.post(url("join", programme.slug), written(statutes))
    profile = ExpertProfile.objects.get(person=manager)
    client.post(url("act", profile.pk, "check"), {"words": ""})
    profile.refresh_from_db()
    assert profile.state == ProfileState.APPLIED


def test_a_profile_without_competence_or_rate_is_refused_and_keeps_what_was_typed(programme, statutes):
    client = signed_in(PersonFactory())
    page = client.post(url("join", programme.slug), written(headline="Grafica")).content.decode()
    assert "Grafica" in page
    assert not ExpertProfile.objects.exists()
    paid = written(statutes)
    del paid["pro_bono"]
    client.post(url("join", programme.slug), paid)
    assert not ExpertProfile.objects.exists()
    client.post(url("join", programme.slug), paid | {"rate": "80,00"})
    assert str(ExpertProfile.objects.get().rate) == "80.00"


def test_an_invitation_leads_to_the_profile_and_is_answered_by_it(programme, statutes, client):
    manager = holder(programme, "community_manager")
    signed_in(manager).post(
        url("invite", programme.slug),
        {"email": "Chi.sa@example.org", "language": "it", "message": "Ci servi."},
    )
    letter = OutgoingLetter.objects.get(letter="experts.invitation")
    assert letter.recipient_email == "chi.sa@example.org"
    person = PersonFactory(email="chi.sa@example.org")
    signed_in(person).post(url("join", programme.slug), written(statutes))
    assert programme.expert_invitations.get().state == "accepted"
    assert client.get(url("invitation", "di-nessuno")).status_code == 404


def test_after_a_year_who_has_not_renewed_is_no_longer_found(programme, statutes):
    profile = expert_in(programme, statutes)
    with time_machine.travel(clock.now() + dt.timedelta(days=280), tick=False):
        jobs.renewals(0)
        jobs.renewals(0)
        assert OutgoingLetter.objects.filter(letter="experts.to_renew").count() == 1
    with time_machine.travel(clock.now() + dt.timedelta(days=301), tick=False):
        jobs.renewals(0)
        profile.refresh_from_db()
        assert profile.state == ProfileState.EXPIRED
        jobs.renewals(0)
        told = OutgoingLetter.objects.get(letter="experts.expired")
        assert told.person == profile.person_id
        assert profile.get_absolute_url().removeprefix("/it").removeprefix("/en") in told.text
        assert (
            url("act", profile.pk, "renew") in signed_in(profile.person).get(profile.get_absolute_url()).text
        )
        signed_in(profile.person).post(url("act", profile.pk, "renew"))
        profile.refresh_from_db()
        assert profile.state == ProfileState.CHECKED
        assert profile.expires_on > clock.today()


def test_the_bank_is_filtered_by_what_people_can_do(programme, statutes):
    other = CompetenceFactory(field=ExpertFieldFactory(programme=programme), title="Marchi")
    one = expert_in(programme, statutes, languages={"de": "C1"})
    two = expert_in(programme, other)
    client = signed_in(holder(programme, "auditor"))

    def found(**asked):
        page = client.get(url("bank", programme.slug), asked).content.decode()
        return [profile for profile in (one, two) if str(profile.person) in page]

    assert found() == [one, two]
    assert found(competence=statutes.pk) == [one]
    assert found(language="de") == [one]
    assert found(field=other.field_id) == [two]
    assert client.get(url("bank", programme.slug), {"export": "csv"}).status_code == 200


def test_a_bank_begins_with_six_fields_once(programme):
    client = signed_in(holder(programme, "manager"))
    client.post(url("lay_out", programme.slug))
    client.post(url("lay_out", programme.slug))
    assert ExpertField.objects.filter(programme=programme).count() == 6
    assert Competence.objects.filter(field__programme=programme).count() == 23
    assert Record.objects.filter(verb="experts.laid_out").count() == 1


def test_an_expert_takes_their_data_along_and_leaves(programme, statutes):
    profile = expert_in(programme, statutes)
    erasing.send(Person, person=profile.person)
    assert not ExpertProfile.objects.exists()


def test_a_rate_that_nobody_can_keep_is_refused(programme, statutes):
    sent = written(statutes) | {"rate": "99999999,00"}
    del sent["pro_bono"]
    page = signed_in(PersonFactory()).post(url("join", programme.slug), sent)
    assert "99999999,00" in page.content.decode(), "what was typed stays"
    assert not ExpertProfile.objects.exists()


def test_an_invitation_is_called_back_or_sent_again_with_a_new_link(programme, statutes, client):
    staff = signed_in(holder(programme, "community_manager"))
    said = {"email": "chi.sa@example.org", "language": "it", "message": "Ci servi."}
    staff.post(url("invite", programme.slug), said)
    first = programme.expert_invitations.get()
    page = staff.get(url("invite", programme.slug)).text
    assert url("invitation_act", programme.slug, first.pk, "resend") in page
    staff.post(url("invitation_act", programme.slug, first.pk, "resend"))
    first.refresh_from_db()
    assert first.state == "cancelled", "the link of the first letter opens nothing any more"
    second = programme.expert_invitations.get(state="sent")
    assert second.message == "Ci servi."
    assert OutgoingLetter.objects.filter(letter="experts.invitation").count() == 2
    staff.post(url("invitation_act", programme.slug, second.pk, "cancel"))
    second.refresh_from_db()
    assert second.state == "cancelled"
    assert "chi.sa@example.org" not in staff.get(url("invite", programme.slug)).text
    again = staff.post(url("invitation_act", programme.slug, second.pk, "resend"), follow=True)
    assert "già stata data risposta" in again.text
    assert programme.expert_invitations.count() == 2


def test_invitations_have_a_limit_a_day(programme, statutes, monkeypatch):
    monkeypatch.setattr(bank, "A_DAY", dataclasses.replace(bank.A_DAY, name=str(programme.pk), most=2))
    staff = signed_in(holder(programme, "community_manager"))
    for number in range(3):
        said = {"email": f"chi{number}@example.org", "language": "it", "message": ""}
        page = staff.post(url("invite", programme.slug), said, follow=True)
    assert "continua domani" in page.text
    assert programme.expert_invitations.count() == 2


@pytest.mark.parametrize("state", [ProfileState.PAUSED, ProfileState.EXPIRED, ProfileState.CHECKED])
def test_whoever_is_in_the_bank_can_be_taken_out_from_their_page(programme, statutes, state):
    profile = expert_in(programme, statutes, state=state)
    staff = signed_in(holder(programme, "community_manager"))
    assert "Togli dalla banca" in staff.get(profile.get_absolute_url()).text
    staff.post(url("act", profile.pk, "decline"), {"words": "Si è trasferita."})
    profile.refresh_from_db()
    assert profile.state == ProfileState.DECLINED


@pytest.mark.parametrize(("currency", "said"), [("CHF", "franchi svizzeri"), ("EUR", "euro")])
def test_a_rate_is_asked_for_in_the_currency_of_the_programme(currency, said):
    with override("it"):
        form = ProfileForm(None, Programme(currency=currency), [])
        assert form.fields["rate"].label == f"Tariffa oraria, in {said}"


@pytest.mark.parametrize(("language", "said"), [("it", "parla tedesco"), ("en", "speaks German")])
def test_languages_are_written_as_each_language_writes_them(language, said):
    with override(language):
        assert fit.in_words([{"why": "language", "code": "de"}]) == [said]
