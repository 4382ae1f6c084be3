"""A button pressed twice in the same instant: what it does is done once, and the second press is told so."""

from collections import Counter
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import transaction

from tests.house import addresses
from tests.house.asking import client_of
from tests.house.world import World
from tests.together import at_once
from vivaio.journal.models import Record
from vivaio.mailroom.models import OutgoingLetter as Letter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PRESSED = {
    "applications:review": "applicant",
    "applications:withdraw": "applicant",
    "applications:integration": "applicant",
    "applications:request_integration": "manager",
    "jury:recuse": "juror",
    "jury:close": "manager",
    "jury:adopt": "manager",
    "jury:publish": "manager",
    "jury:accept_place": "applicant",
    "jury:decline_place": "applicant",
    "jury:accept": "nobody",
    "programmes:accept": "nobody",
    "people:invitation": "nobody",
    "calls:act": "manager",
    "programmes:bulk_carry_out": "manager",
}


def test_what_is_pressed_twice_is_done_once():
    with transaction.atomic():
        world = World(rows=1)
    places, sent = addresses.all_of(world), addresses.sent(world) | MORE
    wrong: dict[str, Any] = {}
    for name, role in PRESSED.items():
        clients = [client_of(world, role) for _ in range(2)]
        before, letters = written(), posted()
        answers = at_once(
            *[lambda one=one, name=name: one.post(places[name], sent.get(name) or {}) for one in clients]
        )
        done, queued = written() - before, posted() - letters
        statuses = sorted(answer.status_code for answer in answers)
        if statuses[-1] == 500 or not done or max(done.values()) > 1 or max(queued.values(), default=0) > 1:
            wrong[name] = (statuses, dict(done), dict(queued))
        elif name not in AGAIN and not any(told(answer) for answer in answers):
            wrong[name] = (statuses, "the second press is not told", done)
    assert wrong == {}, "\n".join(f"{name}: {what}" for name, what in wrong.items())


# The second press asks for what is so by now: it is answered like the first.
AGAIN = ("jury:recuse", "people:invitation", "programmes:accept", "programmes:bulk_carry_out")
MORE: dict[str, Any] = {
    "applications:review": {"declared": "on", "noticed": "on"},
    "jury:publish": {"confirmed": "yes"},
    "calls:act": {"reason": "Mancano i fondi."},
}


def written() -> Counter:
    return Counter(f"{verb} {subject}" for verb, subject in Record.objects.values_list("verb", "subject_id"))


def posted() -> Counter:
    return Counter(
        " ".join(map(str, row))
        for row in Letter.objects.values_list("letter", "subject_id", "recipient_email")
    )


def told(answer: Any) -> bool:
    """Whether this press met a refusal: in a message, or with a status of its own."""
    return answer.status_code >= 400 or any(m.level_tag == "error" for m in get_messages(answer.wsgi_request))
