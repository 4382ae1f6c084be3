"""Money of two invented funders, vouchers, and what became of claims: paid, waiting, refused."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from vivaio.blueprints.demo.helping import led_by
from vivaio.calls.models import Call
from vivaio.calls.states import Purchase
from vivaio.funding.actions import awards, claims, ledger
from vivaio.funding.models import Award, Claim
from vivaio.initiatives.models import Initiative
from vivaio.kit import clock, files
from vivaio.people.models import Person
from vivaio.programmes.models import Programme

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
BOUGHT = (
    (Purchase.CONSULTANCY, "1200.00", "Piano economico a tre anni"),
    (Purchase.TRAINING, "800.00", "Due giornate sui prezzi, per quattro persone"),
    (Purchase.CONSULTANCY, "450.00", "Affitto della sala, tre mesi"),
)
REFUSED = "L’affitto della sala non è consulenza né formazione: il voucher non lo paga."


def receive(programme: Programme, manager: Person) -> None:
    """What the two funders have given."""
    for letter, amount in (("A", "60000.00"), ("B", "25000.00")):
        ledger.receive(
            programme, funder=f"Ente finanziatore {letter} (dimostrativo)", amount=Decimal(amount),
            document=f"Atto dimostrativo {letter}/1", reason="Sostegno all’accompagnamento",
            on=clock.today() - dt.timedelta(days=70), by=manager,
        )  # fmt: skip


def give(programme: Programme, initiative: Initiative, manager: Person) -> None:
    """A voucher by hand: what it buys, on which terms, until when."""
    values = {
        "kind": "voucher",
        "title": "Voucher per la formazione",
        "document": "Atto dimostrativo V/1",
        "amount": Decimal("2000.00"),
        "buys": [Purchase.TRAINING],
        "conditions": "Per chi lavora o fa volontariato nell’iniziativa. Le spese di viaggio restano fuori.",
        "expires_at": clock.now() + dt.timedelta(days=150),
    }
    awards.award(programme, initiative, values=values, by=manager)


def spend(call: Call, manager: Person, secretary: Person) -> None:
    """The winner of a contest spends its voucher: one claim is paid, one waits, one was refused with its reason."""
    award = Award.objects.select_related("initiative").get(application__call=call)
    by = led_by(award.initiative)
    paid, _waiting, wrong = (
        claims.submit(invoiced(award, number, *one, by), by=by) for number, one in enumerate(BOUGHT)
    )
    paid = claims.approve(paid, by=manager)
    claims.pay(paid, paid_on=clock.today(), reference="Mandato dimostrativo 1", by=secretary)
    claims.refuse(wrong, reason=REFUSED, by=manager)


def invoiced(award: Award, number: int, buys: str, amount: str, purpose: str, by: Person) -> Claim:
    """A claim with its invoice, of the supplier whom the call names."""
    supplier = award.suppliers[0]
    values: dict[str, Any] = {
        "payee_name": supplier["name"],
        "payee_code": supplier["code"],
        "payee_iban": "IT60X0542811101000000123456",
        "invoice_number": f"DEMO {number + 1}",
        "invoice_on": clock.today() - dt.timedelta(days=5 - number),
        "amount": Decimal(amount),
        "vat": Decimal("0.00"),
        "buys": buys,
        "purpose": purpose,
    }
    file = files.check(SimpleUploadedFile("fattura.pdf", PDF, "application/pdf"))
    return claims.begin(award, values=values, file=file, by=by)
