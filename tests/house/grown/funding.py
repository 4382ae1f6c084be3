"""The small world's part about the ledger, vouchers, prizes, grants and claims."""

from typing import Any

from tests.factories.funding import funded
from vivaio.funding.models import Transaction


def build(world: Any) -> None:
    """Rows of `world.rows` each, hung on the world by names that begin like this module's subject."""
    for number in range(world.rows):
        funded("10000.00", world.programme, world.people["manager"], funder=f"Fondazione {number}")
    world.money_in = Transaction.objects.filter(programme=world.programme).first()


def places(world: Any) -> dict[str, dict[str, Any]]:
    """The arguments of each address that takes some."""
    here = {"programme": world.programme.slug}
    row = {"pk": world.money_in.pk}
    return {
        **{f"funding:{name}": here for name in ("ledger", "receive")},
        **{f"funding:{name}": row for name in ("transaction", "reverse")},
    }


def sent(world: Any) -> dict[str, dict[str, Any]]:
    """What a person who may would send; nothing where a press on a button is all."""
    typed = {
        "funder": "Comune",
        "amount": "10,00",
        "happened_on": "2020-09-01",
        "document": "D 1",
        "reason": "Sostegno",
    }
    return {"funding:receive": typed, "funding:reverse": {"reason": "Errore"}}
