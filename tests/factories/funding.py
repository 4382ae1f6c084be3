"""Money for tests, written by the room's own actions: the ledger takes nothing else."""

import datetime as dt
import secrets
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.initiatives import led
from tests.factories.people import OrganisationFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.funding.actions import awards, claims, ledger
from vivaio.kit import files

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def funded(amount="10000.00", programme=None, by=None, **told):
    """A programme with money that came in, and who wrote it."""
    programme = programme or ProgrammeFactory()
    by = by or holder(programme, "manager")
    told = {
        "funder": "Fondazione di Comunità",
        "document": "Delibera 12/2020",
        "reason": "Sostegno ai contest",
    } | told
    told = {"on": dt.date(2020, 9, 1)} | told
    ledger.receive(programme, amount=Decimal(amount), by=by, **told)
    return programme, by


def able(**fields):
    """An initiative that may receive money, and who leads it."""
    number = f"{secrets.randbelow(10**11):011d}"
    organisation = OrganisationFactory(kind="cooperative", vat_number=number, tax_code=number)
    return led(organisation=organisation, **fields)


def awarded(amount="5000.00", programme=None, by=None, initiative=None, **values):
    """A voucher out of money that came in: the award, who leads its team, who awarded it."""
    programme, by = (programme, by) if programme else funded("100000.00")
    initiative, leader = (initiative, None) if initiative else able(programme=programme)
    values = {"kind": "voucher", "title": "Voucher del primo contest", "document": "Delibera 3/2021"} | values
    made = awards.award(programme, initiative, values=values | {"amount": Decimal(amount)}, by=by)
    return made, leader, by


def invoiced(award, by, amount="1000.00", **values):
    """A complete claim, not handed in."""
    given = {
        "payee_name": "Studio Bianchi",
        "payee_code": "RSSMRA80A01H501U" if award.kind == "placement" else "00743110157",
        "payee_iban": "IT60X0542811101000000123456",
        "invoice_number": f"FT {secrets.token_hex(4)}",
        "invoice_on": dt.date(2021, 3, 1),
        "amount": Decimal(amount),
        "vat": Decimal("0.00"),
        "purpose": "Consulenza sui brevetti",
    } | values
    file = files.check(SimpleUploadedFile("fattura.pdf", PDF, "application/pdf"))
    return claims.begin(award, values=given, file=file, by=by)
