"""What happened here, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("api.token_made", _("{actor} made a personal token."))
declare("api.token_revoked", _("A personal token was revoked."))
declare("api.webhook_registered", _("{actor} registered a webhook."))
declare("api.webhook_switched", _("{actor} switched a webhook on or off."))
declare("api.webhook_removed", _("{actor} removed a webhook."))
declare("api.webhook_failed", _("{actor} switched a webhook off after long failure."))
declare("api.webhook_sent_again", _("{actor} had an event sent again."))
