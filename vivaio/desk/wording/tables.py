"""What was sent for a call, as a list."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vivaio.desk.outbox.tables import Letters, kinds
from vivaio.kit.tables import ChoiceFilter
from vivaio.mailroom.states import State


class CallLetters(Letters):
    """The letters of one call."""

    key = ""
    filters = (
        ChoiceFilter("letter", _("Kind"), kinds),
        ChoiceFilter("state", _("State"), State.choices),
    )
    keep = ()

    def __init__(self, rows: Any, data: Any, slug: str, sent: set[str]):
        super().__init__(rows, data, slug)
        chosen = ChoiceFilter("letter", _("Kind"), [pair for pair in kinds() if pair[0] in sent])
        self.filters = (chosen, *self.filters[1:])
