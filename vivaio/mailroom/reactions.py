"""How long letters are kept."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit import retention
from vivaio.mailroom import actions, queries

retention.register(
    retention.Kind(
        "letters",
        title=_("Letters"),
        since=_("after they were written"),
        then=_("Their words and addressee are erased; that a letter left, of which kind and when, stays."),
        reason=_("They prove what was communicated to whom, for as long as an outcome may be contested."),
        days=730,
        due=queries.outlived,
        carry_out=actions.erase,
    )
)
retention.register(
    retention.Kind(
        "account_letters",
        title=_("Letters of no programme"),
        since=_("after they were written"),
        then=_("Their words and addressee are erased; that a letter left, of which kind and when, stays."),
        reason=_(
            "They prove what an account was told: letters about accounts and organisations, daily digests."
        ),
        days=730,
        due=queries.outlived,
        carry_out=actions.erase,
        of_programme=False,
    )
)
retention.register(
    retention.Kind(
        "letter_refusals",
        title=_("Refusals of letters by addresses without an account"),
        since=_("after they were told"),
        then=_("The refusal is forgotten: the address may be written to again."),
        reason=_("A refusal can be kept only by whoever remembers it; the address itself is not readable."),
        days=1825,
        due=queries.old_refusals,
        carry_out=actions.forget_refusal,
        of_programme=False,
    )
)
