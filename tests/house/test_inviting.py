"""Nobody writes to the whole country in a programme's name: all rooms together count what one person sends in a day."""

import dataclasses
import datetime as dt
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.factories.applications import open_call
from tests.factories.people import PersonFactory
from tests.factories.placing import PlacementRoundFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.factories.scouting import ProspectFactory
from vivaio.applications.scouting import actions as scouting
from vivaio.applications.scouting import queries as longlist
from vivaio.experts.actions import bank
from vivaio.experts.placing.actions import rounds
from vivaio.jury.actions import panel as juries
from vivaio.jury.addresses import parse
from vivaio.jury.models import Juror
from vivaio.kit import clock, limits
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.actions import guardians
from vivaio.programmes import actions as programmes

pytestmark = pytest.mark.django_db
WORDS = "24 ore dopo il primo"


@pytest.fixture(autouse=True)
def counted_from_nothing():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def call():
    return open_call()


@pytest.fixture
def manager(call):
    return holder(call.programme, "manager")


def left(by, programme, count):
    """All but `count` of the day's invitations have been sent."""
    limits.inviting(by, programme.pk, times=limits.OF_ONE_INVITER.most - count)


def lines(count):
    return "\n".join(f"persona{number}@example.org" for number in range(count))


def test_a_day_of_a_real_call_is_far_below(call, manager):
    assert limits.OF_ONE_INVITER.most >= 3 * (100 + 500)
    ProspectFactory.create_batch(30, programme=call.programme)
    ready = [one.pk for one in longlist.ready_for(call.programme, call)]
    assert scouting.invite_many(call, ready, by=manager) == 30
    assert len(juries.invite_many(juries.ensure(call), parse(lines(20)), by=manager)) == 20


def test_the_page_of_the_jury_refuses_the_list_in_words_and_a_shorter_one_still_leaves(call, manager, client):
    client.force_login(manager)
    left(manager, call.programme, 3)
    address = reverse("jury:invite_many", args=[call.programme.slug, call.slug])
    sent = {"language": "it", "capacity": 4, "minimum": 0, "step": "invite"}
    page = client.post(address, {**sent, "text": lines(4)}, follow=True).content.decode()
    assert WORDS in page
    assert "persona3@example.org" in page, "nothing typed is lost"
    assert OutgoingLetter.objects.count() == 0
    client.post(address, {**sent, "text": lines(3)})
    assert OutgoingLetter.objects.count() == 3


def every_way(call, manager):
    """Each way to invite somebody to a programme, by its action."""
    row = PlacementRoundFactory(programme=call.programme)
    to_it = {"language": "it", "message": ""}
    yield lambda: programmes.invite(
        call.programme, email="a@example.org", role="auditor", language="it", by=manager
    )
    yield lambda: juries.invite(juries.ensure(call), email="b@example.org", by=manager)
    yield lambda: scouting.invite(ProspectFactory(programme=call.programme), call, by=manager)
    yield lambda: rounds.invite_students(row, emails=["c@example.org"], **to_it, by=manager)
    yield lambda: bank.invite(call.programme, email="d@example.org", **to_it, by=manager)


def test_every_room_counts_into_the_same_and_sending_again_counts_too(call, manager):
    for way in every_way(call, manager):
        cache.clear()
        left(manager, call.programme, 1)
        made = way()
        with pytest.raises(Refused, match=WORDS):
            limits.inviting(manager, call.programme.pk)
        for again in every_way(call, manager):
            with pytest.raises(Refused, match=WORDS):
                again()
        if isinstance(made, Juror):
            with pytest.raises(Refused, match=WORDS):
                juries.resend(made, by=manager)


def test_another_person_and_another_programme_go_on(call, manager):
    left(manager, call.programme, 0)
    other, elsewhere = holder(call.programme, "manager"), ProgrammeFactory()
    juries.invite(juries.ensure(call), email="a@example.org", by=other)
    limits.inviting(manager, elsewhere.pk)
    limits.inviting(None, call.programme.pk, times=10_000)  # a blueprint that is applied by a command


def test_who_says_to_be_under_age_does_not_write_to_everybody(monkeypatch):
    assert guardians.A_DAY.most >= 20
    monkeypatch.setattr(guardians, "A_DAY", dataclasses.replace(guardians.A_DAY, most=2))
    person = PersonFactory(born_on=clock.today() - dt.timedelta(days=16 * 365), country="IT")
    values = {"name": "Rosa Neri", "relation": "parent", "language": "it"}
    for number in range(2):
        asked = values | {"email": f"rosa{number}@example.org"}
        guardians.name_guardian(uuid4(), None, asked, by=person)
    with pytest.raises(Refused, match="24 ore dopo la prima"):
        guardians.name_guardian(uuid4(), None, values | {"email": "rosa2@example.org"}, by=person)
