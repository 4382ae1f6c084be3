"""What a condition on de minimis aid promises: under which regime, how much is granted, what happens at the ceiling."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vivaio.calls.states import AidRegime
from vivaio.kit import clock, formats
from vivaio.methods.deminimis import Ceiling, Span, ceiling_on

LONG_NAMES: dict[str, Any] = {
    AidRegime.GENERAL: gettext_lazy("general, Regulation (EU) 2023/2831"),
    AidRegime.SGEI: gettext_lazy("services of general economic interest, Regulation (EU) 2023/2832"),
    AidRegime.AGRICULTURE: gettext_lazy(
        "agriculture, Regulation (EU) No 1408/2013 as amended by Regulation (EU) 2024/3118"
    ),
    AidRegime.FISHERY: gettext_lazy("fishery and aquaculture, Regulation (EU) No 717/2014"),
}
SPANS: dict[Span, Any] = {
    Span.DAYS: pgettext_lazy("de minimis", "in the three years before the grant, counted day by day"),
    Span.FISCAL_YEARS: pgettext_lazy("de minimis", "in the fiscal year of the grant and the two before it"),
}


@dataclass(frozen=True)
class AidTerms:
    """The terms as the parameters of a condition hold them; what is written wrongly in a file counts as not said."""

    regime: AidRegime
    amount: Decimal | None = None
    question: str = ""
    reduces: bool = False

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> "AidTerms":
        regime = parameters.get("regime")
        known = AidRegime(regime) if regime in AidRegime.values else AidRegime.GENERAL
        return cls(
            known,
            amount_of(parameters.get("amount")),
            str(parameters.get("question") or ""),
            parameters.get("reduces") is True,
        )

    def ceiling(self, day: dt.date | None = None) -> Ceiling:
        """The ceiling that holds on a day, else today."""
        return ceiling_on(self.regime.value, day or clock.today())


def amount_of(value: Any) -> Decimal | None:
    """An amount as parameters and answers hold it, in whole cents; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        return None
    try:
        amount = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount < Decimal(10) ** 12 else None


def in_words(parameters: Mapping[str, Any]) -> str:
    """The promise, for whoever reads the call."""
    terms = AidTerms.of(parameters)
    said = [
        _("De minimis aid (%(regime)s): a single undertaking may receive up to %(ceiling)s %(span)s.")
        % {
            "regime": LONG_NAMES[terms.regime],
            "ceiling": formats.money(terms.ceiling().amount, "EUR"),
            "span": SPANS[terms.ceiling().span],
        }
    ]
    if terms.question:
        said.append(_("What counts is the amount that the application asks for."))
    elif terms.amount is not None:
        said.append(_("Expected aid: %(amount)s.") % {"amount": formats.money(terms.amount, "EUR")})
    if terms.reduces:
        said.append(_("Where it would exceed the ceiling, the aid may be reduced to what remains."))
    said.append(
        _(
            "Undertakings declare the aid they have received; whoever carries out no economic activity says so."
        )
    )
    return " ".join(said)
