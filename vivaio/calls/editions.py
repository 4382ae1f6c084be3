"""What public pages are made from: `kit.keeping` keeps a page for as long as that is the same."""

import hashlib
from typing import Any

from django.db import connection
from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Least

from vivaio.kit import clock
from vivaio.kit.keeping import Edition, Editions
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

# The first programme of `programmes.public`, written out: building the statement cost most of what a kept page costs.
VERSION = (
    "SELECT id, public_version FROM programmes_programme WHERE slug = %s AND state IN ('published', 'closed')"
)


def _mark(programme: str = "", slug: str = "", **_others: Any) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(VERSION, [programme or slug])
        found = cursor.fetchone()
    return f"{found[0]}:{found[1]}" if found else None


def _of_programme(programme: str = "", slug: str = "", **_others: Any) -> Edition | None:
    rows = _editions(programmes.public().filter(slug=programme or slug))
    found = rows.values_list("pk", "public_version", "deadline").first()
    return Edition(f"{found[0]}:{found[1]}", found[2]) if found else None


def _mark_of_all(**_others: Any) -> str:
    return _digest(list(programmes.public().order_by("pk").values_list("pk", "public_version")))


def _of_all(**_others: Any) -> Edition:
    rows = list(_editions(programmes.public()).order_by("pk").values_list("pk", "public_version", "deadline"))
    return Edition(_digest([row[:2] for row in rows]), min((row[2] for row in rows if row[2]), default=None))


def _digest(rows: list[tuple[Any, ...]]) -> str:
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _editions(rows: QuerySet[Programme]) -> QuerySet[Any]:
    """The programmes with the next instant at which one of their calls opens, closes, or leaves the line."""
    now = clock.now()
    instants = ("opens_at", "questions_until", "closes_at", "ranking_public_until")
    ahead = [Min(f"calls__{name}", filter=Q(**{f"calls__{name}__gt": now})) for name in instants]
    return rows.annotate(deadline=Least(*ahead))


OF_PROGRAMME = Editions(_of_programme, _mark)  # pages of one programme: its version, its calls' next deadline
OF_ALL = Editions(_of_all, _mark_of_all)  # pages that show every programme
