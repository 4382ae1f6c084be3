"""What one can do on the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "api",
    "webhooks webhook webhook_remove",
    _(
        "Other programs that are told what happens in this programme. Register an address, choose what it is told,"
        " and copy its secret. The page of each shows what was sent and what came back."
    ),
    "programme",
)
