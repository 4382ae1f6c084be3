"""Making and ending tokens, and counting what callers ask."""

import datetime as dt
from collections.abc import Collection

from django.db import connection, transaction

from vivaio.api import letters, queries, rules
from vivaio.api.models import Allowance, Token
from vivaio.journal import actions as journal
from vivaio.kit import clock, tokens
from vivaio.kit.rules import require
from vivaio.people.models import Person

PREFIX = "vivaio_"  # so that whoever finds one in a file knows what it is
NOTED_EVERY = dt.timedelta(minutes=1)
KEPT_SECONDS = 24 * 60 * 60

COUNT = """
    INSERT INTO api_allowance AS kept (caller, "window", used) VALUES (%s, %s, 1)
    ON CONFLICT (caller) DO UPDATE
        SET used = CASE WHEN kept."window" = excluded."window" THEN kept.used + 1 ELSE 1 END,
            "window" = excluded."window"
    RETURNING used
"""


@transaction.atomic
def make_token(name: str, scopes: Collection[str], days: int, *, by: Person) -> Token:
    """Make a token; its `secret` is told now and never again. Raises `Refused`."""
    by = Person.objects.select_for_update().get(pk=by.pk)
    require(rules.make, by, name, scopes, days)
    secret, _digest = tokens.new_token()
    secret = f"{PREFIX}{secret}"
    token = Token.objects.create(
        person=by,
        name=name.strip(),
        digest=tokens.digest(secret),
        ending=secret[-4:],
        scopes=sorted(set(scopes)),
        expires_at=clock.now() + dt.timedelta(days=days),
    )
    token.secret = secret
    journal.record("api.token_made", token, by=by)
    letters.token_made.enqueue(token)
    return token


@transaction.atomic
def revoke_token(token: Token, *, by: Person) -> None:
    """From the next request on it opens nothing."""
    token = Token.objects.select_for_update().get(pk=token.pk)
    require(rules.revoke, token, by)
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at", "updated_at"])
    journal.record("api.token_revoked", token, by=by)


@transaction.atomic
def end_tokens(person: Person) -> None:
    """The account closes: its tokens go with it, names included."""
    for token in queries.tokens_of(person).select_for_update():
        journal.record("api.token_revoked", token)
    Token.objects.filter(person=person).delete()


def note_use(token: Token) -> None:
    """When it was last used, to the minute."""
    now = clock.now()
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)


def count(caller: str, window: int) -> int:
    """Count one more request of this caller; how many it made in this window, over all processes."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [caller, window])
        row = cursor.fetchone()
    return int(row[0]) if row else 1


def forget_callers(now: int) -> None:
    """Drop the counts of those who have not asked for a day."""
    Allowance.objects.filter(window__lt=now - KEPT_SECONDS).delete()
