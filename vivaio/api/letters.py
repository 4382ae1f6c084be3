"""What is told by letter about tokens."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.api.models import Token, Webhook
from vivaio.api.scopes import SCOPES
from vivaio.kit.formats import day
from vivaio.mailroom.categories import ACCOUNT, STAFF
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.programmes.queries import holders


def owner(token: Token) -> Iterable[Recipient]:
    """Whose token it is."""
    yield Recipient.of(token.person)


def about_token(token: Token, recipient: Recipient) -> dict[str, Any]:
    """What it may be used for and until when; never the token itself."""
    with override(recipient.language):
        return {
            "token": token,
            "scopes": [str(SCOPES[scope]) for scope in SCOPES if scope in token.scopes],
            "until": day(token.expires_at),
            "link": f"{settings.BASE_URL}{reverse('api:tokens')}",
        }


token_made = Letter(
    "api.token_made",
    title=_("A personal token was made"),
    category=ACCOUNT,
    recipients=owner,
    context=about_token,
    programme=lambda token: None,
)


def those_who_set_up(webhook: Webhook) -> Iterable[Recipient]:
    """Whoever sets the programme up."""
    for person in holders(webhook.programme_id, "programme.edit"):
        yield Recipient.of(person)


def about_webhook(webhook: Webhook, recipient: Recipient) -> dict[str, Any]:
    """Which address no longer answers, and the page where it is switched on again."""
    with override(recipient.language):
        path = reverse("api:webhook", args=[webhook.programme.slug, webhook.pk])
        return {"url": webhook.url, "programme": str(webhook.programme), "link": f"{settings.BASE_URL}{path}"}


webhook_failed = Letter(
    "api.webhook_failed",
    title=_("A webhook was switched off"),
    category=STAFF,
    recipients=those_who_set_up,
    context=about_webhook,
)
