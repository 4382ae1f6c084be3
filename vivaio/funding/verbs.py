"""What happened here, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("funding.received", _("{actor} wrote money that came in, in the ledger."))
declare("funding.reversed", _("{actor} reversed a transaction of the ledger."))
