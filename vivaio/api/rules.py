"""Who may make and revoke which tokens. None means yes; words mean why not."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from vivaio.api import queries
from vivaio.api.models import Token
from vivaio.api.scopes import SCOPES
from vivaio.people import second_step
from vivaio.people.models import Person

MOST_TOKENS = 20
MOST_DAYS = 365


def begin(person: Person) -> str | None:
    """A program gets in with a token alone, so its owner proves themselves as their roles ask, and not too often."""
    if not person.is_active:
        return _("This account is closed.")
    if missing := second_step.missing(person):
        return missing
    if queries.working_tokens_of(person).count() >= MOST_TOKENS:
        return _("You have %(most)s tokens, and that is as many as one may have: revoke one first.") % {
            "most": MOST_TOKENS
        }
    return None


def make(person: Person, name: str, scopes: Collection[str], days: int) -> str | None:
    """A token has a name, opens something that there is, and ends within a year."""
    if refused := begin(person):
        return refused
    if not name.strip():
        return _("Give the token a name: it tells you later which program uses it.")
    if not scopes:
        return _("Choose at least one thing that the token may be used for.")
    if not set(scopes) <= set(SCOPES) or not 1 <= days <= MOST_DAYS:
        return _("This choice is not offered: reload the page.")
    return None


def revoke(token: Token, person: Person) -> str | None:
    """One's own, once."""
    if token.person_id != person.pk:
        return _("You may only revoke your own tokens.")
    if token.revoked_at is not None:
        return _("This token is revoked already.")
    return None
