"""The secret in an invitation's link. Only its digest is kept, so that a stolen table opens no door."""

import hashlib
import secrets


def fresh() -> str:
    """A new secret, fit for a URL."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored in place of the secret."""
    return hashlib.sha256(token.encode()).hexdigest()
