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
