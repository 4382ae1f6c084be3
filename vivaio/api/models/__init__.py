"""Personal tokens and how often callers ask; where else a programme's events are sent."""

from vivaio.api.models.tokens import Allowance, Token
from vivaio.api.models.webhooks import Delivery, Webhook

__all__ = ["Allowance", "Delivery", "Token", "Webhook"]
