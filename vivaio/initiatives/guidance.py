"""What one can do on the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.analysing import guidance as analysing
from vivaio.kit.guidance import explain

__all__ = ["analysing"]

explain(
    "initiatives",
    "staff_list",
    _(
        "The initiatives that the programme accompanies, born from the applications that were selected or founded "
        "by hand. Open one to see its team and how it grows."
    ),
    "initiatives",
)
explain(
    "initiatives",
    "found",
    _(
        "Here you found an initiative that does not come from a call. Whoever is to lead it gets a letter; once they "
        "accept, they invite the others of their team."
    ),
    "initiatives",
)
explain(
    "initiatives",
    "move",
    _(
        "Here you change how the initiative stands: the team gets a letter, and the history keeps your words. "
        "What was closed by mistake is taken up again the same way."
    ),
    "initiatives",
)
