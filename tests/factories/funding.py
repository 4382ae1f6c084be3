"""Money for tests, written by the room's own actions: the ledger takes nothing else."""

import datetime as dt
from decimal import Decimal

from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.funding.actions import ledger


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
