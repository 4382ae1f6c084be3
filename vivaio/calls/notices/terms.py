"""What a voucher buys, from whom and by when, as a notice keeps it and tells it.

Of suppliers the notice keeps the names alone: everybody reads it, and some codes are people's. Whose code was
corrected is kept by name.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from vivaio.calls import vouchers
from vivaio.calls.states import AwardKind, Purchase
from vivaio.kit import formats

ROWS = (
    ("buys", "purchases", _("What it may buy")),
    ("suppliers", "suppliers", _("From whom")),
    ("last_day", "day", _("Last day to claim it")),
    ("lasts_months", "months", _("Months to claim it")),
)
KINDS = frozenset(kind for _name, kind, _label in ROWS)


def may_have(award: Any) -> bool:
    """Whether an award is money to spend: a place buys nothing."""
    return bool(award.kind != AwardKind.PLACE)


def kept(rows: Sequence[Any]) -> list[str]:
    """What may be bought, or the names of the suppliers."""
    return [vouchers.without_codes(one["name"]) if isinstance(one, Mapping) else str(one) for one in rows]


def corrected(before: Sequence[Mapping[str, str]], after: Sequence[Mapping[str, str]]) -> list[str]:
    """The suppliers whose code is another, under the name that they had."""
    codes = set(zip(kept(before), (one["code"] for one in before), strict=True))
    names = {name for name, _code in codes}
    told = zip(kept(after), (one["code"] for one in after), strict=True)
    return [name for name, code in told if name in names and (name, code) not in codes]


def in_words(kind: str, value: str, marked: Collection[str] = ()) -> str:
    """A kept value as people read it; `marked` are the suppliers whose code was corrected."""
    if not value:
        return pgettext("term of a voucher", "not said")
    if kind == "day":
        return formats.day(dt.date.fromisoformat(value))
    if kind == "months":
        months = int(value)
        words = ngettext("%(n)s month from being awarded", "%(n)s months from being awarded", months)
        return words % {"n": formats.number(months)}
    if kind == "purchases":
        said = value.splitlines()
        return ", ".join(str(one.label) for one in Purchase if one.value in said)
    told = _t("%(name)s (tax code corrected)")
    return ", ".join(told % {"name": one} if one in marked else one for one in value.splitlines())
