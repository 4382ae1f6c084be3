"""Which letters one receives: chosen in one's account, or stopped with the link in a letter, with or without one."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories.mailroom import LetterFactory
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.factories.scouting import ProspectInvitationFactory
from vivaio.applications import letters as applications
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.mailroom import jobs, queries, stopping
from vivaio.mailroom.models import LetterChoice, OutgoingLetter
from vivaio.mailroom.states import Pace, State
from vivaio.people import actions as people
from vivaio.people.models import ErasureRequest
from vivaio.people.states import MemberPart

pytestmark = pytest.mark.django_db
PAGE = "people:notifications"
EVERY = {
    "invitations",
    "calls",
    "followed",
    "reminders",
    "staff",
    "organisations",
    "introductions",
    "initiatives",
}


@pytest.fixture
def person(client):
    found = PersonFactory()
    client.force_login(found)
    return found


def sent(**wanted: str) -> dict[str, str]:
    return dict.fromkeys(EVERY, "at_once") | wanted


def paces(person) -> dict[str, str]:
    return {
        code: pace for code, pace in queries.paces(person.pk, person.email).items() if pace != Pace.AT_ONCE
    }


def letter_to(person=None, kind="people.organisation_invitation", **more) -> OutgoingLetter:
    known = {"person": person.pk, "recipient_email": person.email} if person else {}
    return LetterFactory(letter=kind, state=State.SENT, **known, **more)


def path(letter: OutgoingLetter) -> str:
    return stopping.link(letter).removeprefix("http://localhost:8000")


class TestThePage:
    def test_it_is_found_from_the_account_and_asks_for_each_kind(self, person, client):
        assert reverse(PAGE) in client.get(reverse("people:profile")).text
        page = client.get(reverse(PAGE))
        assert set(page.context["form"].fields) == EVERY
        assert page.text.count("<fieldset") == len(EVERY)
        assert "Decisioni e scadenze" in page.text
        assert "decorrono i termini" in page.text

    def test_it_speaks_english(self, person, client):
        assert "Letters that always come" in client.get(f"/en{reverse(PAGE).removeprefix('/it')}").text

    def test_what_is_chosen_is_kept_and_shown_and_journalled_by_name(self, person, client):
        answer = client.post(reverse(PAGE), sent(reminders="daily", staff="never"), follow=True)
        assert "La scelta è salvata" in answer.text
        assert paces(person) == {"reminders": "daily", "staff": "never"}
        assert answer.context["form"]["staff"].value() == "never"
        client.post(reverse(PAGE), sent(reminders="daily", staff="never"))
        record = Record.objects.get(verb="letters.chosen")
        assert (record.actor, record.fields) == (person.pk, ["reminders", "staff"])

    def test_what_is_no_choice_is_refused_in_words_and_nothing_is_kept(self, person, client):
        answer = client.post(reverse(PAGE), sent(staff="sometimes"))
        assert "vv-error" in answer.text
        assert not LetterChoice.objects.exists()

    def test_what_is_necessary_cannot_be_turned_off(self, person, client):
        client.post(reverse(PAGE), sent(procedure="never", account="never"))
        assert not LetterChoice.objects.exists()

    def test_it_says_when_the_digest_leaves_and_what_waits(self, person, client):
        LetterFactory(person=person.pk, state=State.WAITING)
        page = client.get(reverse(PAGE)).text
        assert "Lo aspetta 1 lettera" in page
        assert "8:00" in page or "08:00" in page


class TestTheLink:
    def test_opening_it_changes_nothing_and_asks(self, client):
        letter = letter_to(PersonFactory())
        for method in (client.get, client.head):
            assert method(path(letter)).status_code in (200, 405)
        page = client.get(path(letter))
        assert "Non ricevere più lettere del tipo «Inviti»?" in page.text
        assert "no-store" in page["Cache-Control"]
        assert not LetterChoice.objects.exists()

    def test_one_press_of_a_mail_program_stops_the_kind_without_signing_in(self):
        person = PersonFactory()
        program = Client(enforce_csrf_checks=True)
        for _press in range(2):
            answer = program.post(path(letter_to(person)), {"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
        assert paces(person) == {"invitations": "never"}
        record = Record.objects.get(verb="letters.stopped")
        assert (record.actor, record.fields) == (None, ["invitations"])

    def test_a_person_presses_and_takes_it_back(self, client):
        person = PersonFactory()
        there = path(letter_to(person))
        answer = client.post(there, follow=True)
        assert answer.redirect_chain == [(there, 302)]
        assert "non arrivano più" in answer.text
        client.post(there, {"again": "yes"})
        assert paces(person) == {}

    def test_it_works_for_an_address_without_an_account(self, client):
        letter = letter_to(recipient_email="info@example.org", kind="applications.scouted")
        client.post(path(letter))
        [kept] = LetterChoice.objects.all()
        assert (kept.person, kept.category) == (None, "calls")
        assert "example.org" not in kept.address
        assert reverse(PAGE) not in client.get(path(letter)).text

    def test_who_has_opened_an_account_since_is_taken_at_their_word(self, client):
        letter = letter_to(recipient_email="info@example.org", kind="applications.scouted")
        person = PersonFactory(email="info@example.org")
        people.choose_letters({"calls": Pace.DAILY}, by=person)
        client.post(path(letter))
        assert paces(person) == {"calls": "never"}

    def test_that_of_a_digest_stops_all_that_it_gathers_and_no_more(self, client):
        person = PersonFactory()
        people.choose_letters({"calls": Pace.DAILY, "staff": Pace.DAILY}, by=person)
        letter = letter_to(person, "mailroom.digest")
        assert "Non ricevere più il riepilogo giornaliero?" in client.get(path(letter)).text
        page = client.post(path(letter), follow=True)
        assert "Il riepilogo giornaliero non arriva più" in page.text
        client.post(path(letter), {"again": "yes"})
        assert paces(person) == {"calls": "never", "staff": "never"}

    @pytest.mark.parametrize("kind", ["people.new_password", "applications.receipt", "gone.letter"])
    def test_there_is_none_for_a_necessary_letter(self, client, kind):
        letter = letter_to(PersonFactory(), kind)
        assert client.get(path(letter)).status_code == 404
        assert client.post(path(letter)).status_code == 404
        assert not LetterChoice.objects.exists()

    def test_one_that_nobody_signed_is_refused(self, client):
        letter, other = letter_to(PersonFactory()), letter_to(PersonFactory())
        signature = path(letter).rstrip("/").rsplit(":", 1)[1]
        for token in (
            str(letter.pk),
            letter.pk.hex,
            f"{letter.pk.hex}:1wJrxw:{signature}",
            f"{other.pk.hex}:{path(letter).split(':', 1)[1].rstrip('/')}",
            "x",
        ):
            there = reverse("people:stop_letters", args=[token])
            answer = client.post(there)
            assert answer.status_code == 404
            assert "non è riconosciuto" in client.get(there).text
        assert not LetterChoice.objects.exists()

    def test_one_that_is_older_than_a_year_is_refused(self, client):
        with time_machine.travel(clock.now() - dt.timedelta(days=366)):
            old = path(letter_to(PersonFactory()))
        assert client.post(old).status_code == 404
        assert not LetterChoice.objects.exists()

    def test_that_of_an_erased_letter_opens_nothing(self, client):
        letter = letter_to(PersonFactory(), erased_at=clock.now())
        assert client.get(path(letter)).status_code == 404

    def test_staff_without_a_second_step_can_press_it_too(self, client, settings):
        settings.STAFF_SECOND_STEP = True
        person = holder(ProgrammeFactory(), "manager")
        client.force_login(person)
        assert client.get(path(letter_to(person))).status_code == 200


class TestTheLetters:
    def test_who_reads_news_of_an_organisation_once_a_day_gets_them_in_the_digest(self):
        seat = MembershipFactory()
        leaving = MembershipFactory(organisation=seat.organisation, part=MemberPart.MEMBER)
        people.choose_letters({"organisations": Pace.DAILY}, by=seat.person)
        people.end_membership(leaving, by=leaving.person)
        assert OutgoingLetter.objects.get(letter="people.member_left").state == State.WAITING
        with time_machine.travel(clock.now() + dt.timedelta(days=1)):
            jobs.gather(person=str(seat.person_id))
            digest = OutgoingLetter.objects.get(letter="mailroom.digest")
            jobs.send(letter=str(digest.pk))
        [message] = mail.outbox
        assert str(leaving.person) in message.body
        assert message.extra_headers["List-Unsubscribe"].startswith("<http")

    def test_an_account_that_wants_no_calls_is_not_written_to_by_scouts(self):
        person = PersonFactory(email="info@example.org")
        people.choose_letters({"calls": Pace.NEVER}, by=person)
        invitation = ProspectInvitationFactory(email="info@example.org")
        invitation.token = "t"
        assert [row.state for row in applications.scouted.enqueue(invitation)] == [State.UNWANTED]

    def test_the_digest_names_the_programme(self):
        programme = ProgrammeFactory(title="Miracolo a Milano")
        person = PersonFactory()
        LetterFactory(
            person=person.pk, programme=programme.pk, state=State.WAITING, due_at=clock.now() - dt.timedelta(days=2),
            recipient_email=person.email, source="Ecco.", letter="jury.declined",
        )  # fmt: skip
        jobs.gather(person=str(person.pk))
        digest = OutgoingLetter.objects.get(letter="mailroom.digest")
        assert "Miracolo a Milano" in digest.text
        assert "una lettera" in digest.subject


class TestOwnData:
    def test_the_erasure_leaves_a_fingerprint_of_what_was_refused(self):
        person = PersonFactory(email="anna@example.org")
        people.choose_letters({"calls": Pace.NEVER, "staff": Pace.DAILY}, by=person)
        request = people.request_erasure(by=person)
        ErasureRequest.objects.filter(pk=request.pk).update(due_at=clock.now() - dt.timedelta(minutes=1))
        people.erase(request.pk)
        assert not LetterChoice.objects.filter(person=person.pk).exists()
        assert queries.paces(None, "anna@example.org")["calls"] == Pace.NEVER
