"""The longlist as a list."""

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from vivaio.applications.standing import TONES
from vivaio.applications.states import ApplicationState, ProspectState
from vivaio.kit.tables import ChoiceFilter, Column, Table, tagged
from vivaio.people.states import Sector

NOBODY = "nobody"
PROSPECT_TONES = {
    ProspectState.INVITED: "maybe",
    ProspectState.OPENED: "maybe",
    ProspectState.INTERESTED: "now",
    ProspectState.APPLYING: "yes",
    ProspectState.DECLINED: "no",
}


def became_in_words(row: Any) -> str:
    """What became of it: its application's state, if there is one."""
    return str(ApplicationState(row.became).label) if row.became else ""


def became_tag(row: Any) -> Any:
    if not row.became:
        return ""
    tone = TONES[ApplicationState(row.became)]
    return tagged(became_in_words(row), tone)


def state_tag(row: Any) -> Any:
    tone = PROSPECT_TONES.get(ProspectState(row.state), "")
    return tagged(row.get_state_display(), tone)


def of_owner(rows: Any, value: str) -> Any:
    return rows.filter(owner=None) if value == NOBODY else rows.filter(owner=value)


class Longlist(Table):
    key = "applications.longlist"
    permission = "scouting.read"
    caption = _("Longlist")
    nouns = ngettext_lazy("%(n)d organisation", "%(n)d organisations", "n")
    search = ("name", "source", "area", "reason", "contact_name", "email")
    search_hint = _("Name, area, source")
    filters = [
        ChoiceFilter("state", _("State"), ProspectState.choices),
        ChoiceFilter("sector", _("Sector"), Sector.choices),
        ChoiceFilter("owner", _("Looked after by"), (), narrow=of_owner, everything=_("Anybody")),
    ]
    columns = [
        Column(
            "name",
            _("Name"),
            order="name",
            href=lambda row: row.get_absolute_url(),
            note=lambda row: " · ".join(str(part) for part in (row.get_sector_display(), row.area) if part),
        ),
        Column("source", _("Source"), order="source", phone=False),
        Column("reason", _("Why it is worth inviting"), page=False),
        Column("sector", _("Sector"), value="get_sector_display", page=False),
        Column("area", _("Area"), page=False),
        Column("kind", _("Kind"), value="get_kind_display", page=False),
        Column("website", _("Web site"), page=False),
        Column("contact_name", _("Person to write to"), page=False),
        Column("email", _("E-mail"), page=False),
        Column(
            "owner",
            _("Looked after by"),
            value=lambda row: str(row.owner or ""),
            order="owner__sort_name",
            phone=False,
        ),
        Column("state", _("State"), value="get_state_display", order="state", show=state_tag),
        Column("invited_at", pgettext_lazy("an organisation", "Invited"), order="invited_at", page=False),
        Column("opened_at", pgettext_lazy("an invitation", "Opened"), order="opened_at", page=False),
        Column("answered_at", pgettext_lazy("an invitation", "Answered"), order="answered_at", page=False),
        Column("became", _("Application"), value=became_in_words, show=became_tag, order="became"),
    ]
    default_order = "name"
    row_header = "name"


def owner_choices(people: Any) -> list[tuple[str, str]]:
    """Those who scout, and nobody."""
    return [(str(one.pk), str(one)) for one in people] + [(NOBODY, _t("Nobody yet"))]
