"""What one can do on the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "experts",
    "bank",
    _(
        "Everybody who offers their competence, with what waits to be checked. "
        "Open a profile to check it, send it back with your words or decline it; "
        "initiatives find only those you have checked."
    ),
    "experts",
)
explain(
    "experts",
    "invite",
    _(
        "Write to somebody whose competence the initiatives lack. "
        "They get a personal link to apply, and you check their profile like any other."
    ),
    "experts",
)
