"""What was sent to an address, as a list."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from vivaio.api.states import DeliveryState
from vivaio.kit.formats import moment
from vivaio.kit.tables import ChoiceFilter, Column, Table, tagged

TONES = {DeliveryState.WAITING: "maybe", DeliveryState.DELIVERED: "yes", DeliveryState.GIVEN_UP: "no"}


def state_tag(row: Any) -> Any:
    tone = TONES[DeliveryState(row.state)]
    return tagged(row.get_state_display(), tone)


def answered(row: Any) -> str:
    """Status and first words of the answer."""
    return f"{row.status or ''} {row.answer}".strip()[:120]


class Deliveries(Table):
    caption = _("Deliveries")
    nouns = ngettext_lazy("%(n)d delivery", "%(n)d deliveries", "n")
    search = ("verb",)
    search_hint = _("Event")
    filters = [ChoiceFilter("state", _("State"), DeliveryState.choices)]
    columns = [
        Column("verb", _("Event"), order="verb"),
        Column("state", _("State"), value="get_state_display", order="state", show=state_tag),
        Column("answer", _("Answer"), value=answered, phone=False),
        Column("attempts", _("Attempts"), figures=True, phone=False),
        Column(
            "tried_at",
            _("Last attempt"),
            order="tried_at",
            show=lambda row: moment(row.tried_at),
            phone=False,
        ),
        Column("again", _("Send again"), value="", template="api/webhooks/again.html"),
    ]
    default_order = "-tried_at"
    row_header = "verb"
