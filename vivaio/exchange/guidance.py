"""What one can do on the staff's page here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "exchange",
    "followed",
    _(
        "The introductions that were asked for through the programme's directory, and what became of them. "
        "Whoever was asked answers alone; here you see where a word from you may help."
    ),
    "people",
)
