"""What is told by letter about tokens."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.api.models import Token
from vivaio.api.scopes import SCOPES
from vivaio.kit.formats import day
from vivaio.mailroom.categories import ACCOUNT
from vivaio.mailroom.letters import Letter, Recipient


def owner(token: Token) -> Iterable[Recipient]:
    """Whose token it is."""
    person = token.person
    yield Recipient(person.email, person.full_name, person.language, person.pk)


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
