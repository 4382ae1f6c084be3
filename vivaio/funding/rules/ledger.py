"""Who may write in the ledger, and why not."""

from decimal import Decimal

from django.utils.translation import gettext as _

from vivaio.funding.models import Transaction
from vivaio.funding.queries import ledger as queries
from vivaio.funding.states import TransactionKind
from vivaio.kit import money
from vivaio.people.models import Person
from vivaio.programmes import rules as programmes
from vivaio.programmes.models import Programme


def manage(programme: Programme, person: Person | None) -> str | None:
    """Whether the person looks after the programme's money; a rehearsal has none."""
    if programme.is_rehearsal:
        return _("This is a rehearsal: it has no money, and its ledger stays empty.")
    return programmes.may(person, "funding.manage", programme)


def receive(programme: Programme, amount: Decimal, person: Person | None) -> str | None:
    """Money comes in as an amount above zero."""
    refused = manage(programme, person)
    if refused is None and amount <= 0:
        return _("Write an amount above zero.")
    return refused


def reversible(transaction: Transaction) -> str | None:
    """Money that came in is reversed here, once; what an award or a claim moved is undone on its own page."""
    if transaction.kind == TransactionKind.REVERSAL:
        return _("A reversal is not reversed: write the right transaction anew.")
    if transaction.kind != TransactionKind.RECEIVED:
        return _("This moved with an award or a claim: undo it on their page, and the ledger follows.")
    if Transaction.objects.filter(reverses=transaction).exists():
        return _("This transaction has been reversed already.")
    return None


def reverse(transaction: Transaction, reason: str, person: Person | None) -> str | None:
    """Only what is still free can leave again; the reason is part of the ledger."""
    refused = manage(transaction.programme, person) or reversible(transaction)
    if refused:
        return refused
    if not reason.strip():
        return _("Write why: the reason stays in the ledger.")
    entered = sum(line.amount for line in queries.lines_of(transaction) if line.amount > 0)
    currency = queries.currency_of(transaction)
    free = queries.free(transaction.programme, currency)
    if entered > free:
        return _(
            "Of this money only %(free)s is still free: the rest is awarded. Take awards back first."
        ) % {"free": money.show(free, currency)}
    return None
