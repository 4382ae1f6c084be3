"""What becomes of the places: accepted in time, given up, not answered for, passed on one at a time."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from tests.factories.people import MembershipFactory, PersonFactory
from tests.jury.verdicts import Judged
from tests.together import at_once
from vivaio.journal.models import Record
from vivaio.jury import jobs
from vivaio.jury.actions import places
from vivaio.jury.actions.places import end_of_day
from vivaio.jury.states import PlaceState
from vivaio.kit.rules import Refused
from vivaio.mailroom import actions as mailroom
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

ROME = ZoneInfo("Europe/Rome")


def at(moment):
    return time_machine.travel(moment, tick=False)


def ranked(*, places=1, applicants=3, tell=True, **fields):
    """Published and told: as many selected as places, the rest on the reserve list, best first."""
    judged = Judged(places=places, tie_breaks=["earlier_submission"], **fields)
    for number in range(applicants):
        judged.apply(f"A{number}", (5, 5), (5, 5))
    judged.publish()
    if tell:
        judged.tell()
    return judged


def release(entry):
    """Let the letters about one entry alone leave."""
    for letter in OutgoingLetter.objects.filter(subject_id=entry.pk, state=State.HELD):
        mailroom.release(letter.batch, by=entry.ranking.adopted_by, letters=[letter.pk])


def person_of(entry):
    return entry.application.created_by


def states(judged):
    return [entry.place for entry in judged.entries()]


def letters(name):
    return OutgoingLetter.objects.filter(letter=f"jury.{name}")


def url(entry, name="outcome"):
    return reverse(f"jury:{name}", args=[entry.application_id])


@pytest.mark.parametrize(
    ("published", "days", "ends"),
    [
        ("2026-03-10T09:30+01:00", 10, "2026-03-21T00:00+01:00"),
        ("2026-03-10T23:59:59+01:00", 10, "2026-03-21T00:00+01:00"),
        ("2026-03-20T12:00+01:00", 10, "2026-03-31T00:00+02:00"),  # the clocks change in between
        ("2026-03-10T23:30+00:00", 1, "2026-03-13T00:00+01:00"),  # it is the 11th already in Milan
    ],
)
def test_the_days_to_answer_are_days_of_the_programmes_zone(published, days, ends):
    found = end_of_day(dt.datetime.fromisoformat(published), days, "Europe/Rome")
    assert found == dt.datetime.fromisoformat(ends)


def test_a_place_is_accepted_until_the_last_second_of_the_day():
    judged = ranked(acceptance_days=5)
    entry = judged.entries()[0]
    local = entry.offered_at.astimezone(ROME).date() + dt.timedelta(days=5)
    assert entry.last_moment.astimezone(ROME) == dt.datetime.combine(local, dt.time(23, 59, 59), ROME)
    with at(entry.answer_by), pytest.raises(Refused, match="time to answer has passed"):
        places.accept(entry, by=person_of(entry))
    with at(entry.last_moment):
        places.accept(entry, by=person_of(entry))
    assert states(judged) == [PlaceState.ACCEPTED, PlaceState.NONE, PlaceState.NONE]
    assert letters("place_accepted").count() == 1
    with at(entry.answer_by):
        jobs.expire_place(str(entry.pk))
    assert states(judged)[0] == PlaceState.ACCEPTED


def test_a_place_given_up_passes_at_once_with_a_letter_of_its_own():
    judged = ranked()
    first, second, _third = judged.entries()
    later = first.offered_at + dt.timedelta(days=3)
    with at(later):
        places.decline(first, by=person_of(first))
    assert states(judged) == [PlaceState.DECLINED, PlaceState.OFFERED, PlaceState.NONE]
    second.refresh_from_db()
    assert second.answer_by == end_of_day(later, judged.call.acceptance_days, "Europe/Rome")
    offered = letters("place_offered").get()
    assert (offered.recipient_email, offered.state) == (person_of(second).email, "queued")
    told = letters("place_declined").get()
    assert told.recipient_email == judged.manager.email
    assert second.application.organisation.name in told.text
    assert Record.objects.filter(verb="jury.reserve_moved_up").count() == 1


def test_an_accepted_place_can_still_be_given_up_later():
    judged = ranked()
    first = judged.entries()[0]
    places.accept(first, by=person_of(first))
    with at(first.answer_by + dt.timedelta(days=30)):
        places.decline(first, by=person_of(first))
    assert states(judged)[:2] == [PlaceState.DECLINED, PlaceState.OFFERED]
    with pytest.raises(Refused, match="given up"):
        places.accept(first, by=person_of(first))
    with pytest.raises(Refused, match="given up already"):
        places.decline(first, by=person_of(first))


def test_a_place_nobody_answered_for_passes_on_however_often_the_job_runs():
    judged = ranked()
    first = judged.entries()[0]
    with at(first.last_moment):
        jobs.expire_place(str(first.pk))
    assert states(judged)[0] == PlaceState.OFFERED
    with at(first.answer_by):
        jobs.expire_place(str(first.pk))
        jobs.expire_place(str(first.pk))
        assert states(judged) == [PlaceState.EXPIRED, PlaceState.OFFERED, PlaceState.NONE]
    assert letters("place_expired").count() == letters("place_lapsed").count() == 1
    assert letters("place_offered").count() == 1


def test_when_the_reserve_list_ends_the_place_stays_free():
    judged = ranked(applicants=1)
    first = judged.entries()[0]
    places.decline(first, by=person_of(first))
    assert states(judged) == [PlaceState.DECLINED]
    assert not letters("place_offered").exists()
    assert letters("place_declined").count() == 1


def test_only_the_applicants_people_answer(client):
    judged = ranked()
    first, second, _third = judged.entries()
    stranger = PersonFactory()
    for person in (stranger, judged.manager, person_of(second)):
        client.force_login(person)
        assert client.get(url(first)).status_code == 404
        assert client.post(url(first, "accept_place")).status_code == 404
        assert client.post(url(first, "decline_place")).status_code == 404
        with pytest.raises(Refused, match="Only the people of"):
            places.accept(first, by=person)
    assert states(judged)[0] == PlaceState.OFFERED


def test_a_person_who_applied_alone_answers_for_themselves():
    judged = Judged(places=1)
    person = PersonFactory()
    judged.apply("Sola", (5, 5), (5, 5), person=person, created_by=person)
    judged.publish()
    entry = judged.entries()[0]
    with pytest.raises(Refused, match="Only the person who applied"):
        places.accept(entry, by=PersonFactory())
    places.accept(entry, by=person)


def test_nobody_accepts_from_the_reserve_list_before_their_turn():
    judged = ranked()
    second = judged.entries()[1]
    for answer in (places.accept, places.decline):
        with pytest.raises(Refused, match="No place has been offered"):
            answer(second, by=person_of(second))


def test_accepting_and_giving_up_on_the_page(client):
    judged = ranked()
    first = judged.entries()[0]
    client.force_login(person_of(first))
    shown = client.get(url(first)).content.decode()
    assert "23:59" in shown
    assert "A place waits for you" in shown
    assert client.post(url(first, "accept_place")).status_code == 302
    assert "The place is yours" in client.get(url(first)).content.decode()
    assert client.get(url(first, "decline_place")).status_code == 200
    assert states(judged)[0] == PlaceState.ACCEPTED
    client.post(url(first, "decline_place"))
    assert states(judged)[:2] == [PlaceState.DECLINED, PlaceState.OFFERED]


def test_the_outcome_page_costs_no_more_with_a_long_list(client, django_assert_max_num_queries):
    judged = ranked(places=2, applicants=30)
    entry = judged.entries()[5]
    client.force_login(person_of(entry))
    client.get(url(entry))
    with django_assert_max_num_queries(12):
        assert client.get(url(entry)).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_accept_and_give_up_at_once():
    judged = ranked()
    first = judged.entries()[0]
    colleague = MembershipFactory(organisation=first.application.organisation).person
    at_once(lambda: places.accept(first, by=person_of(first)), lambda: places.decline(first, by=colleague))
    # Whoever comes second: a place accepted can be given up, one given up cannot be accepted.
    assert states(judged) == [PlaceState.DECLINED, PlaceState.OFFERED, PlaceState.NONE]
    assert letters("place_offered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_accept_at_once_and_one_letter_each_goes_out():
    judged = ranked()
    first = judged.entries()[0]
    colleague = MembershipFactory(organisation=first.application.organisation).person
    given = at_once(
        lambda: places.accept(first, by=person_of(first)), lambda: places.accept(first, by=colleague)
    )
    assert sum(isinstance(one, Refused) for one in given) == 1
    assert states(judged)[0] == PlaceState.ACCEPTED
    assert letters("place_accepted").count() == 2


@pytest.mark.django_db(transaction=True)
def test_places_given_up_at_once_pass_to_different_reserves_in_their_order():
    judged = ranked(places=3, applicants=7)
    given_up = judged.entries()[:3]
    at_once(*[lambda entry=entry: places.decline(entry, by=person_of(entry)) for entry in given_up])
    assert states(judged) == [PlaceState.DECLINED] * 3 + [PlaceState.OFFERED] * 3 + [PlaceState.NONE]
    assert letters("place_offered").count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_place_accepted_in_the_very_second_it_expires_has_one_end():
    judged = ranked()
    first = judged.entries()[0]
    first.answer_by = first.offered_at
    first.save()
    given = at_once(lambda: places.accept(first, by=person_of(first)), lambda: places.expire(first))
    assert isinstance(given[0], Refused)
    assert states(judged)[:2] == [PlaceState.EXPIRED, PlaceState.OFFERED]


def test_a_place_of_the_reserve_list_is_not_offered_before_the_outcomes_are_told():
    judged = ranked(tell=False)
    first, *_others = judged.entries()
    release(first)
    places.decline(first, by=person_of(first))
    assert states(judged)[:2] == [PlaceState.DECLINED, PlaceState.OFFERED]
    assert letters("place_offered").get().state == State.HELD
    judged.tell()
    assert letters("place_offered").get().state == State.QUEUED


def test_once_the_outcomes_are_told_the_offer_leaves_at_once():
    judged = ranked()
    first = judged.entries()[0]
    places.decline(first, by=person_of(first))
    assert letters("place_offered").get().state == State.QUEUED


def test_nobody_loses_a_place_that_nobody_told_them_of():
    judged = ranked(tell=False, acceptance_days=5)
    first = judged.entries()[0]
    late = first.answer_by + dt.timedelta(hours=9)
    with at(late):
        jobs.expire_place(str(first.pk))
        assert states(judged)[0] == PlaceState.OFFERED
        release(first)
    first.refresh_from_db()
    assert first.answer_by == end_of_day(late, 5, "Europe/Rome")  # the days are counted from the letter
    with at(first.answer_by):
        jobs.expire_place(str(first.pk))
    assert states(judged)[:2] == [PlaceState.EXPIRED, PlaceState.OFFERED]
