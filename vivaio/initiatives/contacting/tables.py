"""Contacts as lists: an initiative's, and a programme's without the people behind them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from vivaio.initiatives.contacting import queries
from vivaio.initiatives.states import ContactKind, ContactOrigin, ContactState
from vivaio.kit import clock, money
from vivaio.kit.formats import short_day
from vivaio.kit.tables import ChoiceFilter, Column, Table, YesNoFilter, tagged

TONES = {"open": "now", "won": "yes", "lost": "no", "dormant": "maybe"}


def state_tag(row: Any) -> Any:
    return tagged(row.get_state_display(), TONES[row.state])


def step(row: Any) -> str:
    """What is to be done: where no step is written but a day is, to be in touch by then."""
    return row.next_step or (_t("Get in touch") if row.next_due_on else "")


def due(row: Any) -> str:
    """The day of the next step, and whether it has passed."""
    if row.next_due_on is None:
        return ""
    day = short_day(row.next_due_on)
    return _t("%(day)s, late") % {"day": day} if row.is_late else day


def overdue(rows: QuerySet, answer: str) -> QuerySet:
    """What was to be done by a day that has passed."""
    late = {"next_due_on__lt": clock.today(), "state": ContactState.OPEN}
    return rows.filter(**late) if answer == "yes" else rows.exclude(**late)


def soon(rows: QuerySet, answer: str) -> QuerySet:
    """What is to be done within days, or was."""
    return rows.filter(queries.due()) if answer == "yes" else rows.exclude(queries.due())


def came(row: Any) -> str:
    return "" if row.amount is None else str(money.show(row.amount, row.currency))


KIND = Column("kind", _("Kind"), value="get_kind_display", order="kind")
STATE = Column("state", _("Outcome"), value="get_state_display", show=state_tag, order="state")
NEXT = Column("next_step", _("Next step"), value=step, note=due)
NEXT_DUE = Column("next_due_on", _("Next step by"), order="next_due_on", page=False)
ORIGIN = Column("origin", _("How it came"), value="get_origin_display", order="origin", page=False)
BEGUN = Column(
    "begun_on", _("First contact"), order="begun_on", phone=False, show=lambda row: short_day(row.begun_on)
)
OUTCOME = Column("outcome", _("What came of it"), page=False)
AMOUNT = Column("amount", _("Amount"), order="amount", figures=True, phone=False, show=came)
CURRENCY = Column("currency", _("Currency"), page=False)
FILTERS = [
    ChoiceFilter("kind", _("Kind"), ContactKind.choices),
    ChoiceFilter("state", _("Outcome"), ContactState.choices),
    ChoiceFilter("origin", _("How it came"), ContactOrigin.choices),
    YesNoFilter("due", _("Next step within a week or late"), narrow=soon),
    YesNoFilter("overdue", _("Next step late"), narrow=overdue),
]


class Contacts(Table):
    """The contacts of one initiative."""

    caption = _("Contacts")
    nouns = ngettext_lazy("%(n)d contact", "%(n)d contacts", "n")
    search = ("who", "next_step", "outcome")
    search_hint = _("Who, or what is to be done")
    filters = FILTERS
    cards = True
    columns = [
        Column(
            "who", _("Who"), order="who", href=lambda row: row.get_absolute_url(),
            note=lambda row: row.get_kind_display(),
        ),
        Column("kind", _("Kind"), value="get_kind_display", order="kind", page=False),
        STATE, NEXT, NEXT_DUE, BEGUN, AMOUNT, CURRENCY, ORIGIN, OUTCOME,
    ]  # fmt: skip
    default_order = "-begun_on"
    row_header = "who"


class ProgrammeContacts(Table):
    """Every contact of the programme's initiatives: who and what, never with whom one speaks there."""

    key = "initiatives.contacts"
    permission = "initiatives.read"
    caption = _("Contacts of the initiatives")
    nouns = ngettext_lazy("%(n)d contact", "%(n)d contacts", "n")
    search = ("who", "initiative__title", "outcome")
    search_hint = _("Who, or which initiative")
    filters = FILTERS
    cards = True
    columns = [
        Column("who", _("Who"), order="who", href=lambda row: row.get_absolute_url()),
        Column("initiative", _("Initiative"), value=lambda row: row.initiative.title, order="initiative__title"),
        KIND, STATE, NEXT, NEXT_DUE, BEGUN, AMOUNT, CURRENCY, ORIGIN, OUTCOME,
    ]  # fmt: skip
    default_order = "-begun_on"
    row_header = "who"
