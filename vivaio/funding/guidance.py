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
explain(
    "funding",
    "awards",
    _(
        "Vouchers, prizes and grants of the programme, with what is left of each. The figures above say where all the "
        "money stands: each opens its lines of the ledger. An award needs money that came in before."
    ),
    "money",
)
explain(
    "funding",
    "award_new",
    _(
        "Choose the initiative, the amount, what it may buy and from whom. Only what is free can be awarded, only to "
        "a legal entity; the team gets a letter. At the end of its last day what was not claimed goes back by itself."
    ),
    "money",
)
explain(
    "funding",
    "revoke",
    _(
        "What is left of the award goes back to what is free. Claims that were handed in go on; "
        "the team reads your reason."
    ),
    "money",
)
explain(
    "funding",
    "claims",
    _(
        "What teams ask to be paid. Open a claim to read the invoice, approve it, send it back to be corrected "
        "or refuse it with a reason. You cannot decide on a claim of your own team."
    ),
    "money",
)
explain(
    "funding",
    "answer",
    _(
        "Write words that the team can act on: they stand on the claim and in a letter. The ledger follows by itself."
    ),
    "money",
)
explain(
    "funding",
    "pay",
    _(
        "Write the payment once the bank has made it, with its reference. "
        "If the programme wants two people, whoever approved the claim does not pay it."
    ),
    "money",
)
explain(
    "funding",
    "terms",
    _(
        "Decide whether payments need two people, and when teams are told that an award expires. It holds from now on."
    ),
    "money",
)
explain(
    "funding",
    "prizes",
    _(
        "The published ranking says who has won which prize of the contest. Write the act and the terms once, look at "
        "what each winner still lacks, and assign all prizes with one button."
    ),
    "money",
)
