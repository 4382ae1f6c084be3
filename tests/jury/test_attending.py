"""The audience registers without an account, waits when all is full, moves up by itself, and is let in at the door."""

import datetime as dt
import re
import threading

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.factories.attending import AudienceFactory, GuestFactory, keyed
from tests.factories.jury import PanelFactory, eligible, judging_call
from tests.factories.people import PersonFactory
from tests.factories.pitching import PitchDayFactory, placed
from tests.factories.programmes import holder
from tests.together import at_once
from vivaio.journal.models import Record
from vivaio.jury.attending import actions, jobs, queries
from vivaio.jury.models import Audience, Guest
from vivaio.jury.states import GuestState
from vivaio.kit import clock, retention
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter as Letter
from vivaio.people.events import erasing
from vivaio.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    panel = PanelFactory(call=judging_call(kind="contest"))
    eligible(panel.call)
    return placed(
        PitchDayFactory(panel=panel, state="announced", starts_at=clock.now() + dt.timedelta(days=9))
    )


@pytest.fixture
def audience(day):
    return AudienceFactory(day=day)


@pytest.fixture
def manager(day):
    return holder(day.panel.call.programme, "manager")


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def at(day, name, **more):
    call = day.panel.call
    return reverse(f"jury:{name}", kwargs={"programme": call.programme.slug, "call": call.slug, **more})


TYPED = {"name": "Irma Sala", "email": "Irma@Example.org", "noticed": "on"}


def link_in(letter):
    return re.search(r"/audience/([\w-]+)/", letter.secret or letter.text).group(1)


def last_link(kind, email="irma@example.org"):
    found = Letter.objects.filter(letter=f"jury.audience_{kind}", recipient_email=email).latest("created_at")
    return link_in(found)


def test_who_has_no_account_confirms_by_letter_and_only_then_has_a_place(day, audience):
    call_page = Client().get(reverse("calls:call", args=[day.panel.call.programme.slug, day.panel.call.slug]))
    assert at(day, "pitch_public") in call_page.content.decode()
    assert at(day, "pitch_register") in Client().get(at(day, "pitch_public")).content.decode()
    assert Client().post(at(day, "pitch_register"), TYPED).status_code == 302
    guest = Guest.objects.get()
    assert (guest.state, guest.email, guest.notice) == ("asked", "irma@example.org", queries.HOUSE_NOTICE)
    letter = Letter.objects.get(letter="jury.audience_confirm")
    assert "Irma" not in letter.text, "nothing that a stranger typed leaves for the address that they typed"
    page = reverse("jury:guest", args=[link_in(letter)])
    opened = Client().get(page)
    assert "no-store" in opened["Cache-Control"]
    guest.refresh_from_db()
    assert guest.state == "asked", "opening the link confirms nothing"
    Client().post(f"{page}confirm/")
    guest.refresh_from_db()
    assert guest.state == "coming"
    ics = Client().get(f"{page}calendar.ics").content.decode()
    assert "BEGIN:VEVENT" in ics
    assert not Record.objects.filter(verb__startswith="audience", fields__contains=["name"]).exists()


def test_the_form_tells_nobody_who_is_registered(day, audience):
    first = Client().post(at(day, "pitch_register"), TYPED)
    second = Client().post(at(day, "pitch_register"), {**TYPED, "name": "Un altro"})
    assert (first.status_code, first.url) == (second.status_code, second.url)
    actions.confirm(Guest.objects.get())
    third = Client().post(at(day, "pitch_register"), {**TYPED, "name": "Un altro"})
    assert third.url == first.url
    Client().post(at(day, "pitch_register"), {**TYPED, "name": "Un terzo"})
    assert Guest.objects.get().name == "Irma Sala"
    fifth = Client().post(at(day, "pitch_register"), TYPED)
    assert fifth.status_code == 422, "nobody's mailbox is filled by this form"
    trapped = Client().post(at(day, "pitch_register"), {**TYPED, "email": "bot@example.org", "website": "x"})
    assert trapped.url == first.url
    assert not Guest.objects.filter(email="bot@example.org").exists()


def test_what_stands_to_be_confirmed_is_not_written_over_by_a_stranger(day, audience):
    Client().post(at(day, "pitch_register"), {**TYPED, "needs": "Sedia a rotelle", "consent": "on"})
    Client().post(at(day, "pitch_register"), {**TYPED, "name": "Un altro", "needs": ""})
    Client().post(reverse("jury:guest_step", args=[last_link("confirm"), "confirm"]))
    guest = Guest.objects.get()
    assert (guest.state, guest.name, guest.needs) == ("coming", "Irma Sala", "Sedia a rotelle")


def test_a_person_with_an_account_writes_over_what_a_stranger_typed(day, audience):
    Client().post(at(day, "pitch_register"), {**TYPED, "name": "Un altro"})
    client = signed_in(PersonFactory(email=TYPED["email"].lower()))
    client.post(at(day, "pitch_register"), {"name": "Irma Sala", "noticed": "on"})
    guest = Guest.objects.get()
    assert (guest.state, guest.name) == ("coming", "Irma Sala")


def test_a_stranger_who_types_an_address_again_and_again_stops_themselves_alone(day, audience):
    statuses = [Client().post(at(day, "pitch_register"), TYPED).status_code for _time in range(5)]
    assert statuses == [302] * 4 + [422]
    elsewhere = [
        Client(REMOTE_ADDR=f"192.0.2.{place}").post(at(day, "pitch_register"), TYPED).status_code
        for place in (1, 2, 3)
        for _time in range(3)
    ]
    assert elsewhere == [302] * 8 + [422], "nobody's mailbox is filled from many places either"
    person = signed_in(PersonFactory(email=TYPED["email"].lower()))
    person.post(at(day, "pitch_register"), {"name": "Irma Sala", "noticed": "on"})
    assert Guest.objects.get().state == "coming"


def test_needs_are_kept_only_with_consent_and_go_the_day_after(day, audience, manager):
    sent = {**TYPED, "needs": "Sedia a rotelle"}
    assert Client().post(at(day, "pitch_register"), sent).status_code == 422
    Client().post(at(day, "pitch_register"), {**sent, "consent": "on"})
    assert Guest.objects.get().consented_at is not None
    assert "Sedia a rotelle" in signed_in(manager).get(at(day, "audience")).content.decode()
    auditor = holder(day.panel.call.programme, "auditor")
    assert "Sedia" not in signed_in(auditor).get(at(day, "audience")).content.decode()
    exported = signed_in(auditor).get(at(day, "audience") + "?export=csv")
    assert b"Sedia" not in b"".join(exported.streaming_content)
    with clock.rehearsing(day.starts_at + dt.timedelta(hours=25)):
        jobs.tidy_audience(0)
    assert not Guest.objects.exclude(needs="").exists()


def test_a_place_given_up_goes_to_whoever_waits_longest_and_passes_on_if_not_taken(day, audience):
    for number in range(4):
        typed = {"name": f"N{number}", "email": f"n{number}@example.org", "noticed": "on"}
        Client().post(at(day, "pitch_register"), typed)
        actions.confirm(Guest.objects.get(email=typed["email"]))
    states = [one.state for one in Guest.objects.order_by("email")]
    assert states == ["coming", "coming", "waiting", "waiting"]
    assert "All places are taken" in Client().get(f"/en{at(day, 'pitch_register')[3:]}").content.decode()
    first = last_link("stands", "n0@example.org")
    Client().post(reverse("jury:guest_step", args=[first, "cancel"]))
    third = Guest.objects.get(email="n2@example.org")
    assert third.state == "offered"
    assert third.answer_by <= clock.now() + dt.timedelta(hours=24)
    with clock.rehearsing(third.answer_by):
        jobs.lapse_guest(str(third.pk))
        jobs.lapse_guest(str(third.pk))
    fourth = Guest.objects.get(email="n3@example.org")
    assert fourth.state == "offered"
    Client().post(reverse("jury:guest_step", args=[last_link("offered", "n3@example.org"), "accept"]))
    fourth.refresh_from_db()
    assert fourth.state == "coming"
    third.refresh_from_db()
    assert third.state == "lapsed"


def test_more_places_go_to_those_who_wait_and_never_fewer_than_are_taken(day, audience, manager):
    taken = GuestFactory.create_batch(2, audience=audience)
    waiting = GuestFactory(audience=audience, state="waiting", queued_at=clock.now())
    client = signed_in(manager)
    sent = {"is_open": "on", "places": 1, "answer_hours": 12}
    client.post(at(day, "audience"), sent)
    assert Audience.objects.get().places == 2
    client.post(at(day, "audience"), {**sent, "places": 3})
    waiting.refresh_from_db()
    assert waiting.state == "offered"
    assert len(taken) == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_do_not_share_the_last_place(day):
    audience = AudienceFactory(day=day, places=1)
    guests = GuestFactory.create_batch(2, audience=audience, state=GuestState.ASKED)
    at_once(*[lambda one=one: actions.confirm(one) for one in guests])
    assert sorted(Guest.objects.values_list("state", flat=True)) == ["coming", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_who_cancels_while_the_day_is_announced_anew_stays_away(day):
    guest = GuestFactory(audience=AudienceFactory(day=day))
    cancelled = threading.Event()

    def waits():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype <> 'advisory')"
            )
            return cursor.fetchone()[0]

    def cancel():
        with transaction.atomic():
            actions.cancel(guest)
            cancelled.set()
            until = clock.now() + dt.timedelta(seconds=10)
            while not waits():
                assert clock.now() < until, "nobody waits for the audience"

    def announce():
        assert cancelled.wait(10)
        actions.tell_moved(day)

    at_once(cancel, announce)
    guest.refresh_from_db()
    assert guest.state == "cancelled"
    assert not Letter.objects.filter(letter="jury.audience_moved").exists()


def test_a_person_with_an_account_has_the_place_at_once(day, audience):
    person = PersonFactory(email="anna@example.org")
    page = signed_in(person).get(at(day, "pitch_register")).content.decode()
    assert 'name="email"' not in page
    signed_in(person).post(at(day, "pitch_register"), {"name": "Anna", "noticed": "on"})
    guest = Guest.objects.get()
    assert (guest.state, guest.person, guest.email) == ("coming", person, "anna@example.org")
    erasing.send(Person, person=person)
    assert not Guest.objects.exists()


def test_one_tap_lets_somebody_in_and_a_slip_is_undone(day, audience, manager):
    guest = GuestFactory(audience=audience, name="Òscar Bö")
    client = signed_in(manager)
    with pytest.raises(Refused):
        actions.mark(guest, True, by=manager)  # nine days before
    day.starts_at = clock.now() - dt.timedelta(minutes=5)
    day.save()
    page = client.get(at(day, "door") + "?q=oscar").content.decode()
    assert "Òscar" in page
    back = client.post(at(day, "guest_came", pk=guest.pk), {"came": "yes", "q": "oscar"})
    assert back.url.endswith("?q=oscar")
    guest.refresh_from_db()
    assert guest.came_at is not None
    client.post(at(day, "guest_came", pk=guest.pk), {"came": "no"})
    guest.refresh_from_db()
    assert guest.came_at is None
    auditor = holder(day.panel.call.programme, "auditor")
    assert signed_in(auditor).get(at(day, "door")).status_code == 404


def test_the_day_before_each_is_reminded_once_and_a_day_announced_anew_is_told(day, audience, manager):
    guest = GuestFactory(audience=audience)
    keyed(guest, "token")
    with clock.rehearsing(day.starts_at - dt.timedelta(hours=20)):
        jobs.remind_audience(0)
        jobs.remind_audience(0)
    assert Letter.objects.filter(letter="jury.audience_reminder").count() == 1
    client = signed_in(manager)
    day.announcements = 1
    day.save()
    client.post(at(day, "pitch_take_back"))
    assert Client().get(reverse("jury:guest", args=["token"])).status_code == 404
    client.post(at(day, "pitch_announce"))
    assert Letter.objects.filter(letter="jury.audience_moved").count() == 1


def test_after_its_time_a_name_goes_and_the_numbers_stay(day, audience):
    GuestFactory(audience=audience, came_at=clock.now())
    kind = retention.KINDS["audience"]
    due = kind.due(day.programme_id, clock.now())
    assert not due.exists()
    later = day.starts_at + dt.timedelta(days=31)
    for pk in kind.due(day.programme_id, later).values_list("pk", flat=True):
        kind.carry_out(pk)
        kind.carry_out(pk)
    assert not Guest.objects.exists()
    found = queries.numbers(Audience.objects.get())
    assert (found.coming, found.came) == (1, 1)


def test_an_address_that_nobody_confirms_is_forgotten(day, audience):
    Client().post(at(day, "pitch_register"), TYPED)
    with clock.rehearsing(clock.now() + dt.timedelta(days=3)):
        jobs.tidy_audience(0)
    assert not Guest.objects.exists()
    assert len(mail.outbox) == 0
