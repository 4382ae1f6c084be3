"""The list of the audience, and the one at the door."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.jury.states import GuestState, Way
from vivaio.kit.tables import ChoiceFilter, Column, Table

NOUNS = ngettext_lazy("%(n)d person", "%(n)d people", "n")
BEFORE = (
    Column("name", _("Name"), order="name", note=lambda row: row.email),
    Column("state", _("State"), value="get_state_display", template="jury/attending/state_cell.html"),
    Column("way", _("How"), value="get_way_display", phone=False),
    Column("language", _("Language"), value="get_language_display", order="language", phone=False),
)
AFTER = (
    Column("email", _("E-mail"), page=False),
    Column("created_at", _("Asked at"), order="created_at", page=False),
    Column("came_at", _("Came at"), order="came_at", phone=False),
    Column("act", _("What to do"), template="jury/attending/act_cell.html", export=False),
)


class Guests(Table):
    """Everybody who registered, for whoever reads of the jury: without needs."""

    caption = _("Audience")
    nouns = NOUNS
    search = ("name", "email")
    search_hint = _("Name or e-mail")
    filters = [
        ChoiceFilter("state", _("State"), GuestState.choices),
        ChoiceFilter("way", _("How"), Way.choices),
    ]
    columns = [*BEFORE, *AFTER]
    default_order = "name"
    row_header = "name"


class GuestsWithNeeds(Guests):
    """The same for those who look after the day."""

    columns = [*BEFORE, Column("needs", pgettext_lazy("audience", "Needs")), *AFTER]


class Door(Table):
    """Who is expected in the room: one tap for each who comes in."""

    caption = _("Who is expected")
    nouns = NOUNS
    search = ("name", "email")
    search_hint = _("Name or e-mail")
    columns = [
        Column("name", _("Name"), order="name"),
        Column("needs", pgettext_lazy("audience", "Needs")),
        Column("came", _("Here"), value="came_at", template="jury/attending/came_cell.html"),
    ]
    default_order = "name"
    row_header = "name"
    exports = ()
    per_page = 100
