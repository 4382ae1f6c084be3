"""The small world's part about the ledger, vouchers, prizes, grants and claims."""

from typing import Any

from tests.factories.funding import awarded, funded, invoiced
from tests.factories.initiatives import InitiativeFactory, TeamMemberFactory
from tests.factories.people import OrganisationFactory
from tests.factories.programmes import holder
from vivaio.funding.actions import claims
from vivaio.funding.models import Transaction
from vivaio.initiatives.states import TeamPart


def build(world: Any) -> None:
    """Rows of `world.rows` each, hung on the world by names that begin like this module's subject."""
    manager, leader = holder(world.programme, "manager"), world.people["applicant"]
    for number in range(world.rows):
        funded("10000.00", world.programme, manager, funder=f"Fondazione {number}")
    world.money_in = Transaction.objects.filter(programme=world.programme).first()
    organisation = OrganisationFactory(kind="cooperative", vat_number="00000000123", tax_code="00000000123")
    world.money_initiative = InitiativeFactory(programme=world.programme, organisation=organisation)
    TeamMemberFactory(initiative=world.money_initiative, person=leader, part=TeamPart.LEADER)
    for number in range(world.rows):
        world.money_award, _leader, _by = awarded(
            "1000.00", world.programme, manager, world.money_initiative, title=f"Voucher {number}"
        )
    world.claim_draft = invoiced(world.money_award, leader, "1.00")
    for _number in range(world.rows):
        world.claim_sent_back = claims.submit(invoiced(world.money_award, leader, "1.00"), by=leader)
        claims.send_back(world.claim_sent_back, reason="Manca il CUP", by=manager)
        world.claim_approved = claims.submit(invoiced(world.money_award, leader, "1.00"), by=leader)
        claims.approve(world.claim_approved, by=manager)
        world.claim_waiting = claims.submit(invoiced(world.money_award, leader, "1.00"), by=leader)


def places(world: Any) -> dict[str, dict[str, Any]]:
    """The arguments of each address that takes some."""
    here, award = {"programme": world.programme.slug}, {"pk": world.money_award.pk}
    waiting = {"pk": world.claim_waiting.pk}
    return {
        **{
            f"funding:{name}": here
            for name in ("ledger", "receive", "awards", "award_new", "claims", "terms")
        },
        **{f"funding:{name}": {"pk": world.money_in.pk} for name in ("transaction", "reverse")},
        **{f"funding:{name}": award for name in ("award", "revoke", "claim_new")},
        **{f"funding:{name}": waiting for name in ("claim", "claim_file")},
        "funding:of_initiative": {"pk": world.money_initiative.pk},
        "funding:claim_edit": {"pk": world.claim_sent_back.pk},
        "funding:discard": {"pk": world.claim_draft.pk},
        "funding:pay": {"pk": world.claim_approved.pk},
        "funding:answer": waiting | {"answer": "refuse"},
        "funding:step": waiting | {"step": "approve"},
    }


def sent(world: Any) -> dict[str, dict[str, Any]]:
    """What a person who may would send; nothing where a press on a button is all."""
    typed = {
        "funder": "Comune",
        "amount": "10,00",
        "happened_on": "2020-09-01",
        "document": "D 1",
        "reason": "Avvio",
    }
    award = {
        "initiative": str(world.money_initiative.pk),
        "kind": "prize",
        "title": "Premio",
        "amount": "1,00",
        "document": "D 2",
    }
    return {
        "funding:receive": typed,
        "funding:reverse": {"reason": "Errore"},
        "funding:award_new": award,
        "funding:terms": {"two_people": "on", "remind_days": "20"},
        "funding:revoke": {"reason": "Rinuncia"},
        "funding:claim_new": {"payee_name": "Studio Bianchi", "save": "yes"},
        "funding:claim_edit": {
            "payee_name": "Studio Verdi",
            "payee_code": "00743110157",
            "invoice_number": "FT 99/2021",
            "save": "yes",
        },
        "funding:pay": {"paid_on": "2021-04-01", "reference": "Mandato 1"},
        "funding:answer": {"reason": "Non è una consulenza"},
    }
