"""The passages' vectors, made in the background. Until one has its vector, it is found by its words."""

from django.db import connection, transaction

from vivaio.finder import encoding, queries
from vivaio.finder.models import Passage
from vivaio.finder.queries.statements import literal

AT_ONCE = 16


def encode(most: int = 10_000) -> int:
    """Make the vectors that are missing, at most so many; how many were made.

    Raises `EncoderMissing` if the encoder cannot be had.
    """
    made = 0
    while made < most and (count := _some(min(AT_ONCE, most - made))):
        made += count
    return made


@transaction.atomic
def _some(count: int) -> int:
    """A few passages that nobody else has in hand. Raises what `encode` raises."""
    rows: list[Passage] = list(
        queries.waiting().select_for_update(of=("self",), skip_locked=True).select_related("written")[:count]
    )
    if not rows:
        return 0
    vectors = encoding.passages([f"{row.written.title}. {row.text}".strip() for row in rows])
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE finder_passage AS p SET vector = v.vector, encoder = %s "
            "FROM unnest(%s::bigint[], %s::halfvec[]) AS v (id, vector) WHERE p.id = v.id",
            [encoding.name(), [row.pk for row in rows], [literal(vector) for vector in vectors]],
        )
    return len(rows)
