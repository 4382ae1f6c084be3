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
