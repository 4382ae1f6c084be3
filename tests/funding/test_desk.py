"""What awaits people about money stands on their home page."""

import pytest
from django.urls import reverse

from tests.factories.funding import awarded, invoiced
from vivaio.funding.actions import claims

pytestmark = pytest.mark.django_db


def test_claims_wait_for_who_looks_at_them_pays_them_corrects_them(client):
    award, leader, manager = awarded()
    sent_back = claims.submit(invoiced(award, leader, "1.00"), by=leader)
    claims.submit(invoiced(award, leader, "1.00"), by=leader)
    approved = claims.submit(invoiced(award, leader, "1.00"), by=leader)
    claims.send_back(sent_back, reason="Manca il CUP", by=manager)
    claims.approve(approved, by=manager)

    client.force_login(manager)
    page = client.get(reverse("desk:home")).content.decode()
    assert "Esaminare 1 richiesta di pagamento" in page
    assert "Pagare 1 richiesta approvata" in page
    client.force_login(leader)
    page = client.get(reverse("desk:home")).content.decode()
    assert "Manca il CUP" in page
    assert reverse("funding:claim_edit", args=[sent_back.pk]) in page
