"""How long is kept what was done to many rows at once."""

from django.utils.translation import gettext_lazy as _

from vivaio.bulk import actions, queries
from vivaio.kit import retention

retention.register(
    retention.Kind(
        "bulk",
        title=_("Changes made to many rows at once"),
        since=_("after the rows were chosen"),
        then=_("The list of what was changed together goes; the rows and their records stay."),
        reason=_("It serves to undo a change, within a day, and to see what became of it."),
        days=30,
        due=queries.due,
        carry_out=actions.forget,
    )
)
