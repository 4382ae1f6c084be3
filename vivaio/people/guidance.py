"""What one can do on the pages of those who look after accounts (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "people",
    "accounts account",
    _(
        "The accounts of this installation. Look for a person to see how their account stands; what somebody "
        "may do in a programme is decided by their roles there."
    ),
    "people",
)
