"""A programme that grows costs its pages no more queries, nor longer pages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.crowds import crowd
from tests.factories.experts import BankFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.experts.models import ExpertProfile, ExpertRequest
from vivaio.initiatives.models import Initiative

pytestmark = pytest.mark.django_db
OF_PROGRAMME = (
    *("initiatives:staff_list", "initiatives:diaries", "initiatives:stories", "initiatives:needs_programme"),
    *("experts:bank", "experts:listed", "experts:requests", "experts:matching"),
    *("funding:awards", "funding:claims", "funding:ledger"),
)
OF_INITIATIVE = ("initiative", "team", "needs", "plan", "diary", "contests")


def cost(client, address):
    with CaptureQueriesContext(connection) as met:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(met), len(response.content)


def test_pages_cost_the_same_with_five_and_with_three_hundred():
    programme = ProgrammeFactory()
    BankFactory(programme=programme)
    client = Client()
    client.force_login(holder(programme, "manager"))
    crowd(programme, 5, 5, 5)
    one = Initiative.objects.filter(programme=programme).first()
    addresses = [reverse(name, args=[programme.slug]) for name in OF_PROGRAMME]
    addresses += [reverse(f"initiatives:{name}", args=[one.pk]) for name in OF_INITIATIVE]
    profile = ExpertProfile.objects.filter(programme=programme).first()
    asked = ExpertRequest.objects.filter(initiative=one).first()
    addresses += [profile.get_absolute_url(), asked.get_absolute_url(), reverse("desk:home")]
    client.get(reverse("desk:home"))  # the session notes when it was last used
    before = {address: cost(client, address) for address in addresses}
    crowd(programme, 300, 300, 60)
    for address in addresses:
        queries, size = cost(client, address)
        assert queries <= before[address][0], address
        assert size < 400_000, address
