"""Secrets that travel in a letter: the letter carries the token, the row its digest."""

import hashlib
import secrets


def new_token() -> tuple[str, str]:
    """An unguessable token for a link, and the digest to store."""
    token = secrets.token_urlsafe(32)
    return token, digest(token)


def digest(token: str) -> str:
    """What is stored of a token, and looked up when it comes back."""
    return hashlib.sha256(token.encode()).hexdigest()
