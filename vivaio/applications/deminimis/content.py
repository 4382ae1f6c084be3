"""What a declaration says, row by row: read as far as it can be read, and what is wrong with it in words."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vivaio.applications.models import AidDeclaration
from vivaio.applications.states import AidActivity, AidReceived, AidRelation, SingleUndertaking
from vivaio.calls.states import AidRegime
from vivaio.kit import money
from vivaio.methods.deminimis import Aid

LINKED = ("key", "name", "tax_code", "relation")
AID = ("of", "body", "act", "regime", "on", "amount", "code")
MOST_ROWS = 60
LONGEST = 300
OF_OTHERS = (AidRelation.MERGED, AidRelation.SPLIT)
OLDEST = dt.date(1990, 1, 1)


@dataclass(frozen=True)
class Content:
    """What is declared, as it was typed."""

    activity: str = ""
    single: str = ""
    received: str = ""
    linked: Sequence[Mapping[str, str]] = field(default_factory=list)
    aids: Sequence[Mapping[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, declaration: AidDeclaration | None) -> "Content":
        if declaration is None:
            return cls()
        return cls(
            declaration.activity, declaration.single, declaration.received, declaration.linked,
            declaration.aids,
        )  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """What is missing or cannot be read, and the field where it is mended."""

    words: str
    anchor: str


def nothing_received() -> Content:
    """The declaration of an undertaking that stands alone and has received nothing."""
    return Content(AidActivity.UNDERTAKING, SingleUndertaking.ALONE, AidReceived.NONE)


def kept(rows: Iterable[Mapping[str, Any]], names: Sequence[str]) -> list[dict[str, str]]:
    """The rows as they are stored: only what is known, as texts without signs that nothing can keep."""
    return [
        {name: " ".join(str(row.get(name) or "").replace("\0", "").split())[:LONGEST] for name in names}
        for row in list(rows)[:MOST_ROWS]
    ]


def day_of(typed: str) -> dt.date | None:
    """A day as it is stored; None for what is none."""
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        return None


def amount_of(typed: str) -> Decimal | None:
    """An amount as it is stored or typed; None for what is none, or not above zero."""
    try:
        amount = money.parse(typed)
    except ValidationError:
        return None
    return amount if amount > 0 else None


def aids_of(content: Content) -> list[Aid]:
    """The aid that can be counted: none where there is no economic activity, nor rows that cannot be read."""
    if content.activity == AidActivity.NONE or content.received == AidReceived.NONE:
        return []
    found = []
    for row in content.aids:
        on, amount = day_of(row["on"]), amount_of(row["amount"])
        if on and amount and row["regime"] in AidRegime.values:
            found.append(Aid(on, row["regime"], amount))
    return found


def problems(content: Content, today: dt.date) -> list[Problem]:
    """All that stands between the declaration and its signature."""
    if not content.activity:
        return [Problem(_("Say whether the applicant carries out an economic activity."), "id_activity_0")]
    if content.activity == AidActivity.NONE:
        return []
    return [*_of_single(content), *_of_aids(content, today)]


def _of_single(content: Content) -> list[Problem]:
    found = []
    linked = [row for row in content.linked if row["relation"] not in OF_OTHERS]
    if not content.single:
        found.append(Problem(_("Say whether it forms a single undertaking with others."), "id_single_0"))
    elif content.single == SingleUndertaking.LINKED and not linked:
        words = _("Write the undertakings with which it forms a single one, or say that it has no relation.")
        found.append(Problem(words, "id_single_0"))
    elif content.single == SingleUndertaking.ALONE and linked:
        words = _(
            "It has no relation with others, you say, yet “%(name)s” is written: remove one of the two."
        )
        found.append(Problem(words % {"name": linked[0]["name"] or linked[0]["tax_code"]}, "id_single_0"))
    for n, row in enumerate(content.linked):
        said = {"n": n + 1, "name": f" ({row['name']})" if row["name"] else ""}
        if not row["name"]:
            found.append(Problem(_("Undertaking %(n)d: write its name.") % said, f"id_linked-{n}-name"))
        if not row["tax_code"]:
            words = _("Undertaking %(n)d%(name)s: write its tax code.") % said
            found.append(Problem(words, f"id_linked-{n}-tax_code"))
        if row["relation"] not in AidRelation.values:
            words = _("Undertaking %(n)d%(name)s: choose the relation.") % said
            found.append(Problem(words, f"id_linked-{n}-relation"))
    return found


def _of_aids(content: Content, today: dt.date) -> list[Problem]:
    if not content.received:
        return [Problem(_("Say whether de minimis aid was received in this period."), "id_received_0")]
    if content.received == AidReceived.NONE:
        words = _("No aid was received, you say, yet aid is written below: remove one of the two.")
        return [Problem(words, "id_received_0")] if content.aids else []
    if not content.aids:
        words = _("Write the aid that was received, one row for each, or say that there was none.")
        return [Problem(words, "id_received_0")]
    found = [one for n, row in enumerate(content.aids) for one in _of_aid(content, n, row, today)]
    codes = Counter(row["code"].upper() for row in content.aids if row["code"])
    for n, row in enumerate(content.aids):
        if codes[row["code"].upper()] > 1:
            words = _("Aid %(n)d: the code %(code)s stands twice. Remove one of the rows, or mend the code.")
            found.append(Problem(words % {"n": n + 1, "code": row["code"]}, f"id_aids-{n}-code"))
            break
    return found


def _of_aid(content: Content, n: int, row: Mapping[str, str], today: dt.date) -> list[Problem]:
    owners = {"", *(one["key"] for one in content.linked)}
    day, number = day_of(row["on"]), {"n": n + 1}
    checks = (
        ("of", row["of"] in owners, _("Aid %(n)d: choose who received it.")),
        ("body", row["body"], _("Aid %(n)d: write who granted it.")),
        ("act", row["act"], _("Aid %(n)d: write the measure, or the act that granted it.")),
        ("regime", row["regime"] in AidRegime.values, _("Aid %(n)d: choose the regime.")),
        ("on", day, _("Aid %(n)d: write the day of the grant, as it stands in the act.")),
        ("on", not day or day <= today, _("Aid %(n)d: the day of the grant lies ahead. Mend it.")),
        ("on", not day or day >= OLDEST, _("Aid %(n)d: look at the year of the grant again.")),
        ("amount", amount_of(row["amount"]), _("Aid %(n)d: write the amount, like 12500 or 12.500,00.")),
    )
    return [Problem(words % number, f"id_aids-{n}-{name}") for name, holds, words in checks if not holds]


def names_of(content: Content, applicant: str) -> dict[str, str]:
    """Who may have received an aid, by the key that its row names."""
    return {"": applicant} | {row["key"]: row["name"] or row["tax_code"] for row in content.linked}
