"""The list of accounts, for the installation's administrator."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from vivaio.kit.formats import moment
from vivaio.kit.tables import Column, Table, YesNoFilter


class Accounts(Table):
    caption = _("Accounts")
    nouns = ngettext_lazy("%(n)d account", "%(n)d accounts", "n")
    search = ("given_name", "family_name", "email")
    search_hint = _("Name or address")
    filters = [YesNoFilter("secured", _("Second step"))]
    columns = [
        Column(
            "name",
            _("Name"),
            value=str,
            order="sort_name",
            href=lambda row: reverse("people:account", args=[row.pk]),
            note=lambda row: row.email,
        ),
        Column("secured", _("Second step"), value=lambda row: _("yes") if row.secured else _("no")),
        Column("last_login", _("Last sign-in"), value=lambda row: moment(row.last_login), order="last_login"),
    ]
    default_order = "name"
    row_header = "name"
