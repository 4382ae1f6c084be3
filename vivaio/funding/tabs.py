"""The tab and the card about money on an initiative's page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vivaio.funding.queries.awards import moved_on
from vivaio.funding.states import AccountKind
from vivaio.initiatives import cards, tabs
from vivaio.initiatives.readers import Reader
from vivaio.kit import money


def reads_money(reader: Reader) -> bool:
    """The team, and whoever sees the programme's money."""
    return reader.of_team or reader.may("funding.read")


tabs.register(
    tabs.Tab("funding", gettext_lazy("Grants and vouchers"), "funding:of_initiative", 60, reads_money)
)


def annotations() -> dict[str, Any]:
    """What the card tells; nothing where no money was ever awarded."""
    return {
        "funding_left": moved_on(AccountKind.COMMITTED, "initiative"),
        "funding_paid": moved_on(AccountKind.PAID, "initiative"),
    }


def shown(initiative: Any, reader: Reader) -> cards.CardView | None:
    """What is left to claim and what was paid."""
    if initiative.funding_left is None or not reads_money(reader):
        return None
    currency = initiative.programme.currency
    return cards.CardView(
        title=_("Grants and vouchers"),
        facts=[
            (_("still to claim"), money.show(initiative.funding_left, currency)),
            (_("paid"), money.show(initiative.funding_paid or 0, currency)),
        ],
        href=reverse("funding:of_initiative", args=[initiative.pk]),
        link=_("Open them"),
    )


cards.register(cards.Card("funding", 60, shown, annotations))
