"""A programme that grows costs its pages no more queries, nor longer pages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.experts import BankFactory
from tests.factories.pages_at_scale import grow, of_expert, of_manager, of_team
from tests.factories.programmes import ProgrammeFactory, holder

pytestmark = pytest.mark.django_db


def cost(client, address):
    with CaptureQueriesContext(connection) as met:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(met), len(response.content)


def signed_in(person):
    client = Client()
    client.force_login(person)
    client.get(reverse("desk:home"))  # the session notes when it was last used
    return client


def test_pages_cost_the_same_with_five_and_with_a_hundred():
    programme = ProgrammeFactory()
    BankFactory(programme=programme)
    grow(programme, 5, 5, 5, 5, 3)
    readers = [
        (holder(programme, "manager"), of_manager(programme)),
        of_expert(programme),
        of_team(programme),
    ]
    asked = [(signed_in(person), address) for person, pages in readers for address in pages.values()]
    before = [cost(client, address) for client, address in asked]
    grow(programme, 100, 100, 60, 100, 4)
    for (client, address), (queries, _size) in zip(asked, before, strict=True):
        now, size = cost(client, address)
        assert now <= queries, address
        assert size < 400_000, address
