"""The programme's initiatives as its staff lists them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from vivaio.initiatives.analysing import queries as needs
from vivaio.initiatives.states import TONES, InitiativeState, Origin
from vivaio.kit.tables import ChoiceFilter, Column, Table, tagged
from vivaio.people.states import Sector


def in_sector(rows: QuerySet, sector: str) -> QuerySet:
    return rows.filter(sectors__contains=[sector])


def lacking(rows: QuerySet, field: str) -> QuerySet:
    """Those whose profile, as it was agreed last, has a gap in a field of competence."""
    return rows.filter(pk__in=needs.lacking(field).values("profile__initiative"))


def sector_names(row: Any) -> str:
    names = dict(Sector.choices)
    return ", ".join(str(names.get(code, code)) for code in row.sectors)


def state_tag(row: Any) -> Any:
    return tagged(row.get_state_display(), TONES[row.state])


class Initiatives(Table):
    key = "initiatives.initiatives"
    permission = "initiatives.read"
    caption = _("Initiatives")
    nouns = ngettext_lazy("%(n)d initiative", "%(n)d initiatives", "n")
    search = ("title", "organisation__name", "summary", "territory")
    search_hint = _("Title, organisation or place")
    filters = [
        ChoiceFilter("state", _("State"), InitiativeState.choices),
        ChoiceFilter("sector", _("Sector"), Sector.choices, narrow=in_sector),
        ChoiceFilter("track", _("Track"), (), field="track_title"),
        ChoiceFilter("origin", _("Comes from"), Origin.choices),
        ChoiceFilter("lacks", _("Gap in the needs analysis"), (), narrow=lacking),
    ]
    columns = [
        Column(
            "title",
            _("Title"),
            order="title",
            href=lambda row: row.get_absolute_url(),
            note=lambda row: row.organisation.name if row.organisation else "",
        ),
        Column("state", _("State"), value="get_state_display", show=state_tag, order="state"),
        Column("leader", _("Leader"), value=lambda row: row.leader_name or "", phone=False),
        Column("team", _("Team"), value="team_size", order="team_size", figures=True, phone=False),
        Column("track", _("Track"), value="track_title", order="track_title", phone=False),
        Column(
            "organisation",
            _("Organisation"),
            value=lambda row: str(row.organisation or ""),
            order="organisation__name",
            page=False,
        ),
        Column("sectors", _("Sectors"), value=sector_names, page=False),
        Column("territory", _("Territory"), page=False),
        Column("origin", _("Comes from"), value="get_origin_display", page=False),
        Column("origin_told", _("Which lab, or what led to it"), page=False),
        Column("created_at", _("Since"), order="created_at", page=False),
    ]
    default_order = "title"
    row_header = "title"
