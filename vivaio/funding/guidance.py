"""What one can do on the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "funding",
    "ledger",
    _(
        "Every movement of the programme's money, line by line. Nothing is ever changed or deleted here: a mistake is "
        "reversed, and both stay readable. Filter by account, initiative, kind or period, and take away what you find."
    ),
    "money",
)
explain(
    "funding",
    "transaction",
    _(
        "What one transaction moved, from which account to which, when, who wrote it and why. "
        "Money that came in by mistake is reversed from here; awards and claims are undone on their own pages."
    ),
    "money",
)
explain(
    "funding",
    "receive",
    _(
        "Write what a funder paid in, with the act that says so. From that moment it may be awarded to initiatives."
        " It cannot be changed afterwards, only reversed."
    ),
    "money",
)
explain(
    "funding",
    "reverse",
    _(
        "The reversal writes the same lines with the opposite sign. "
        "It is possible once, with a reason, and only for money that is still free."
    ),
    "money",
)
