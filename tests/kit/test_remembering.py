"""What all processes remember together: seen by each, counted in one step, outside transactions, forgotten in time."""

import json
import os
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse

from tests.factories.people import MembershipFactory, PersonFactory
from tests.together import at_once
from vivaio.config import database
from vivaio.kit import limits, remembering
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter

SHARED = {"BACKEND": "vivaio.kit.remembering.Remembered", "KEY_PREFIX": "prova"}
PASSWORD = "una parola lunga"


@pytest.fixture
def shared(transactional_db, settings):
    settings.CACHES = settings.CACHES | {"default": SHARED}
    cache.clear()
    yield cache
    cache.clear()
    remembering.let_go()


def in_another_process(work):
    """Run Python there, on the same database; what it printed."""
    name = connection.settings_dict["NAME"]
    begin = (
        "import django; from django.conf import settings; django.setup();"
        f"settings.DATABASES['default']['NAME'] = {name!r}; settings.CACHES = {{'default': {SHARED!r}}};"
        "from django.core.cache import cache\n"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", begin + work],
        cwd=database.PROJECT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout.strip()


def test_what_one_process_counts_another_knows(shared):
    shared.set("tries", 4, 60)
    assert in_another_process("print(cache.incr('tries'))") == "5"
    assert shared.get("tries") == 5


def sign_in(client, password):
    return client.post(reverse("account_login"), {"login": "rosa@example.org", "password": password})


TRIED_THERE = f"""
from django.test import Client
from django.urls import reverse
answer = Client().post(reverse('account_login'), {{'login': 'rosa@example.org', 'password': {PASSWORD!r}}})
print(answer.status_code, 'Troppi tentativi' in answer.content.decode())
"""


def test_attempts_in_one_process_close_the_door_in_another(shared, client):
    PersonFactory(email="rosa@example.org", password=PASSWORD)
    for _attempt in range(5):
        assert sign_in(client, "sbagliata").status_code == 200
    assert in_another_process(TRIED_THERE) == "200 True"


def test_of_many_who_ask_at_once_one_is_told_yes_and_every_step_counts(shared):
    assert sorted(at_once(*[lambda: added(shared)] * 6)) == [False] * 5 + [True]
    shared.set("steps", 0, 60)
    at_once(*[lambda: counted(shared)] * 6)
    assert shared.get("steps") == 60


def added(shared):
    try:
        return shared.add("first", True, 60)
    finally:
        remembering.let_go()


def counted(shared):
    for _step in range(10):
        shared.incr("steps")
    remembering.let_go()


def test_an_attempt_counts_though_the_transaction_is_undone(shared):
    with transaction.atomic():
        shared.set("tries", 1, 60)
        transaction.set_rollback(True)
    assert shared.get("tries") == 1


def test_it_is_django_s_cache_in_what_is_asked_of_it(shared):
    shared.set_many({"a": [1.5, "è"], "b": None, "c": {"d": True}}, 60)
    assert shared.get_many(["a", "b", "c"]) == {"a": [1.5, "è"], "b": None, "c": {"d": True}}
    assert shared.get("none", "default") == "default"
    assert not shared.add("a", 2, 60)
    assert shared.has_key("a")
    assert shared.touch("a", 100)
    assert not shared.touch("none", 100)
    assert shared.delete("a")
    assert not shared.delete("a")
    with pytest.raises(ValueError, match="not found"):
        shared.incr("a")
    with pytest.raises(TypeError):
        shared.set("a", object(), 60)
    shared.set("a", 1, 0)
    assert shared.get("a") is None
    assert not shared.add("a", 1, -1)


def test_what_has_ended_is_not_there_and_is_forgotten(shared):
    shared.set("always", 1, None)
    shared.set("ended", 1, 60)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kit_remembered SET until = now() - interval '1 second' WHERE key LIKE '%%ended'"
        )
        cursor.execute("SELECT max(until) < now() + interval '31 days' FROM kit_remembered")
        assert cursor.fetchone() == (True,)
    assert shared.get("ended") is None
    assert shared.add("ended", 2, 60)
    shared.set("old", 1, 60)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kit_remembered SET until = now() WHERE key LIKE '%%old'")
    assert remembering.forget_ended() == 1
    assert shared.get("ended") == 2


def test_the_table_does_not_grow_without_end(shared):
    for number in range(20):
        shared.set(f"n{number}", number, 60 + number)
    assert remembering.forget_ended(most=5) == 15
    assert [shared.get(f"n{number}") for number in range(14, 20)] == [None, 15, 16, 17, 18, 19]


def test_a_limit_is_one_for_all_processes_and_keeps_no_address(shared):
    limit = limits.Limit("prova", 3, 60, "Basta così.")
    limit.spend("rosa@example.org")
    there = "from vivaio.kit.limits import Limit; Limit('prova', 3, 60, '').spend('rosa@example.org')"
    in_another_process(there)
    limit.spend("rosa@example.org")
    with pytest.raises(Refused, match="Basta così"):
        limit.spend("rosa@example.org")
    limit.spend("altri@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT json_agg(r)::text FROM kit_remembered r")
        assert "rosa" not in json.dumps(cursor.fetchone())


def invited(client, owner, email):
    """Invite by the page; how many letters left for that."""
    organisation = owner.memberships.first().organisation
    client.force_login(owner)
    before = OutgoingLetter.objects.count()
    wanted = {"email": email, "part": "member", "language": "it"}
    page = client.post(reverse("people:invite", args=[organisation.pk]), wanted, follow=True)
    sent = OutgoingLetter.objects.count() - before
    assert sent or "inviti" in page.content.decode()
    return sent


@pytest.mark.django_db
def test_nobody_s_mailbox_is_filled_with_invitations(client):
    owners = [MembershipFactory().person for _number in range(2)]
    for number in range(10):
        assert invited(client, owners[number % 2], "rosa@example.org") == 1
    assert invited(client, owners[0], "rosa@example.org") == 0
    assert invited(client, owners[0], "anna@example.org") == 1


@pytest.mark.django_db
def test_one_person_invites_so_many_an_hour(client):
    owner = MembershipFactory().person
    counts = [invited(client, owner, f"persona{number}@example.org") for number in range(32)]
    assert counts == [1] * 30 + [0] * 2
