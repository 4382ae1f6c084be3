"""What one can do on each of the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "bulk",
    "runs run take_back",
    _(
        "Look at what would change, row by row, before you confirm: what cannot be done stands there with its reason. "
        "For a day you, or who runs the programme, can undo it. What has gone out, such as a letter, stays out."
    ),
    "many",
)
