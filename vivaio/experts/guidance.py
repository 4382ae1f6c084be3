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
explain(
    "experts",
    "requests",
    _(
        "What the initiatives ask for. "
        "Open a request to refine it, open it for matching and see who fits; their own words are kept."
    ),
    "experts",
)
explain(
    "experts",
    "matching",
    _(
        "One computation gives every open request the experts who fit it, within their free hours. "
        "Nothing leaves before you send it: keep a pair with a lock, rule one out, compute again."
    ),
    "experts",
)
