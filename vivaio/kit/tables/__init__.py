"""Lists that can be searched, filtered, sorted, turned page by page and taken away as CSV or XLSX.

    class Applications(Table):
        caption = _("Applications")
        nouns = ngettext_lazy("%(n)d application", "%(n)d applications", "n")
        search = ("title", "organisation__name")
        filters = [ChoiceFilter("state", _("State"), State.choices)]
        columns = [
            Column("number", _("Number"), order="number"),
            Column("title", _("Title"), order="title", href=lambda row: row.get_absolute_url()),
        ]
        default_order = "number"

    def index(request):
        table = Applications(queries.visible_to(request.user), request.GET)
        return tables.respond(request, table, "applications/index.html", {"call": call})

and in the page `<c-table :table="table">what an empty list teaches</c-table>`. Two queries, whatever the
number of rows. A page, sort or filter that does not exist is taken as none.

A list with a `key` lets people choose its columns; with the `permission` that its page asks for, they save views of it
(`kit.tables.shelf`).
What is done to many rows at once is told in `kit.tables.bulk` and `vivaio.programmes.bulk`.
"""

from vivaio.kit.tables.columns import Column
from vivaio.kit.tables.drawing import escaped, tagged
from vivaio.kit.tables.filters import ChoiceFilter, YesNoFilter
from vivaio.kit.tables.responses import respond
from vivaio.kit.tables.shelf import View, shelf
from vivaio.kit.tables.table import Table, lists

__all__ = [
    "ChoiceFilter",
    "Column",
    "Table",
    "View",
    "YesNoFilter",
    "escaped",
    "lists",
    "respond",
    "shelf",
    "tagged",
]
