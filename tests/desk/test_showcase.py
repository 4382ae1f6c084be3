"""A programme's public page tells of each call where it stands."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.calls import CallFactory
from tests.factories.programmes import ProgrammeFactory
from vivaio.calls.states import CallState
from vivaio.kit import clock
from vivaio.kit.formats import day

pytestmark = pytest.mark.django_db


def test_the_other_calls_say_whether_they_open_close_or_are_closed():
    programme = ProgrammeFactory()
    now = clock.now()

    def call(opens, closes, **more):
        at = {
            "opens_at": now + dt.timedelta(days=opens),
            "closes_at": now + dt.timedelta(days=closes),
        }
        return CallFactory(programme=programme, **at, **more)

    call(-3, 5)  # the first to close stands at the top of the page
    still_open, ahead, closed = call(-2, 9), call(4, 20), call(-30, -8)
    call(-1, 12, state=CallState.WITHDRAWN)
    page = Client().get(reverse("desk:programme", args=[programme.slug])).content.decode()
    assert f"Si chiude {day(still_open.closes_at, programme.time_zone)}" in page
    assert f"Si apre {day(ahead.opens_at, programme.time_zone)}" in page
    assert f"Chiuso {day(closed.closes_at, programme.time_zone)}" in page
    assert page.count("Chiuso ") == 1
    assert "Ritirato" in page
