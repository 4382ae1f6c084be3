"""Reads about tokens."""

from django.db.models import QuerySet

from vivaio.api.models import Token
from vivaio.kit import clock, tokens
from vivaio.people.models import Person


def tokens_of(person: Person) -> QuerySet[Token]:
    """The tokens that a person has not revoked, expired ones included, the newest first."""
    return Token.objects.filter(person=person, revoked_at=None).order_by("-created_at")


def working_tokens_of(person: Person) -> QuerySet[Token]:
    """The tokens of a person that open something."""
    return tokens_of(person).filter(expires_at__gt=clock.now())


def token_with(secret: str) -> Token | None:
    """The token that a caller holds, if it works and its owner's account is open."""
    found = Token.objects.select_related("person").filter(
        digest=tokens.digest(secret),
        revoked_at=None,
        expires_at__gt=clock.now(),
        person__is_active=True,
        person__erased_at=None,
    )
    return found.first()
