"""What happened here, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("api.token_made", _("{actor} made a personal token."))
declare("api.token_revoked", _("A personal token was revoked."))
