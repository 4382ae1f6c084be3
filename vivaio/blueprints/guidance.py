"""What one can do on each of the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "blueprints",
    "kit",
    _(
        "The programme's set-up for another territory: a file to apply there, and a page on what to adapt. It holds no "
        "people, no answers and no amounts of this programme."
    ),
    "results",
)
