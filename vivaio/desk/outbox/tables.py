"""The letters as lists."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.kit import formats
from vivaio.kit.tables import ChoiceFilter, Column, Table
from vivaio.mailroom.letters import REGISTRY, title_of
from vivaio.mailroom.states import State

TONES = {
    State.HELD: "maybe",
    State.QUEUED: "",
    State.SENDING: "",
    State.SENT: "yes",
    State.FAILED: "no",
    State.TO_VERIFY: "now",
    State.CANCELLED: "",
    State.WAITING: "",
    State.GATHERED: "yes",
    State.UNWANTED: "",
    State.SHOWN: "",
}


def kinds() -> list[tuple[str, str]]:
    """The letters that rooms declare, by title."""
    return sorted(((name, str(letter.title)) for name, letter in REGISTRY.items()), key=lambda pair: pair[1])


class Letters(Table):
    """Letters of one programme; give it `slug`."""

    key = "desk.letters"
    permission = "letters.read"
    caption = _("Letters")
    nouns = ngettext_lazy("%(n)d letter", "%(n)d letters", "n")
    search = ("recipient_name", "recipient_email", "subject")
    search_hint = _("Name, address or subject")
    filters = (ChoiceFilter("letter", _("Kind"), kinds),)
    default_order = "-created"
    keep = ("state",)
    per_page = 25

    def __init__(self, rows: Any, data: Any, slug: str):
        super().__init__(rows, data)
        self.columns = (
            Column(
                "subject",
                _("Letter"),
                href=lambda row: reverse("desk:letter", args=[slug, row.pk]),
                note=lambda row: title_of(row.letter),
            ),
            Column(
                "recipient",
                pgettext_lazy("letter", "To"),
                value=lambda row: row.recipient_name or row.recipient_email,
                order="recipient_name",
                note=lambda row: row.recipient_email if row.recipient_name else None,
            ),
            Column("recipient_email", _("Address"), page=False),
            Column("state", _("State"), value="get_state_display", template="desk/outbox/state.html"),
            Column(
                "created",
                pgettext_lazy("letter", "Written"),
                value="created_at",
                order="created_at",
                show=lambda row: formats.short_day(row.created_at),
                phone=False,
            ),
            Column(
                "sent_at",
                pgettext_lazy("letter", "Sent"),
                order="sent_at",
                show=lambda row: formats.short_day(row.sent_at),
                phone=False,
            ),
            Column("reason", _("Reason"), page=False),
            Column("message_id", _("Message-ID"), page=False),
        )


class HeldLetters(Letters):
    """The letters of a held batch, to be read before they leave."""

    key = ""
    nouns = ngettext_lazy("%(n)d letter held", "%(n)d letters held", "n")
    filters = ()
    default_order = "recipient"
    keep = ()
    row_header = "recipient"

    def __init__(self, rows: Any, data: Any, slug: str):
        super().__init__(rows, data, slug)
        kept = ("subject", "recipient", "recipient_email")
        self.columns = tuple(column for column in self.columns if column.key in kept)
