"""What is near to a text in meaning: for matching. Something is as near as the best of its passages, not their mean."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from vivaio.finder.encoding import queries_or_none
from vivaio.finder.encoding.encoders import Vectors
from vivaio.finder.queries import statements
from vivaio.finder.queries.audience import tokens_of
from vivaio.people.models import Person


@dataclass(frozen=True)
class Near:
    """One thing, and which of its passages met which of the texts.

    `asked` is the number of the text, from 0. `score` is the cosine of the two vectors; where `by_words`, for want of
    an encoder, the weight of the words in common, from 0 to 1.
    """

    kind: str
    subject: UUID
    programme: UUID | None
    score: float
    passage: str
    asked: int
    by_words: bool = False


MEANT = """
SELECT v.place, w.kind, w.subject, w.programme_id, near.score, coalesce(nullif(near.text, ''), w.title)
FROM unnest(%(vectors)s::halfvec[]) WITH ORDINALITY AS v (vector, place), LATERAL (
    SELECT written_id, text, -(vector <#> v.vector) AS score FROM finder_passage
    WHERE encoder = %(encoder)s{only} ORDER BY vector <#> v.vector LIMIT %(most)s
) AS near JOIN finder_written w ON w.id = near.written_id
"""
SAID = """
SELECT %(place)s, w.kind, w.subject, w.programme_id, ts_rank(w.words, {query}, 32) AS score,
    coalesce(nullif(p.text, ''), w.title)
FROM (SELECT id, kind, subject, programme_id, {field} AS words, title FROM finder_written
    WHERE {field} @@ {query} AND language {of} %(language)s{only} LIMIT 2000) AS w
LEFT JOIN LATERAL (SELECT text FROM finder_passage WHERE written_id = w.id
    ORDER BY ts_rank(to_tsvector('{configuration}', text), {query}) DESC LIMIT 1) AS p ON true
ORDER BY score DESC LIMIT %(most)s
"""


def nearest(
    asked: Sequence[str] | Vectors,
    *,
    kinds: Collection[str],
    person: Person | None = None,
    tokens: Collection[str] | None = None,
    programme: UUID | None = None,
    language: str = "it",
    limit: int = 20,
) -> list[Near]:
    """The things nearest to any of the texts (or to their vectors), each once, the nearest first.

    `person`, or `tokens`, says whose eyes look; without either everything is looked at, for work that no person
    sees as it is. `language` is that of the texts: it counts where there is no encoder and words alone serve. What is
    written in another is then met by names, acronyms and terms that are the same in both.
    """
    if len(asked) == 0:
        return []
    held = tokens_of(person) if person is not None else tokens
    only = statements.narrowed(tokens=held is not None, kinds=True, programme=programme is not None)
    given = statements.given(held, kinds, programme) | {"most": limit * 6 + 20, "language": language}
    texts = [one for one in asked if isinstance(one, str)]
    vectors = queries_or_none(texts) if texts else asked
    if vectors is not None:
        given["vectors"] = [statements.literal(vector) for vector in vectors]  # type: ignore[arg-type]
        rows = statements.rows(statements.SETTINGS + MEANT.format(only=only), given)
        return _best(rows, limit, by_words=False)
    said = _said(language, only)
    found = [
        row
        for place, text in enumerate(texts, start=1)
        for row in statements.rows(said, {**given, "text": text, "place": place})
    ]
    return _best(found, limit, by_words=True)


def _said(language: str, only: str) -> str:
    """What says it in the language, by its stems, and what says it in others, by the words that are the same there."""
    own = {"field": "words", "of": "=", "configuration": statements.configuration(language)}
    others = {"field": "plain", "of": "<>", "configuration": statements.OTHERWISE}
    parts = (
        SAID.format(query=statements.loose(language), only=only, **own),
        SAID.format(query=statements.plain(), only=only, **others),
    )
    return " UNION ALL ".join(f"({part})" for part in parts)


def _best(
    rows: Sequence[tuple[int, str, UUID, UUID | None, float, str]], limit: int, *, by_words: bool
) -> list[Near]:
    """Each thing once, as the best of its passages."""
    best: dict[tuple[str, UUID, UUID | None], Near] = {}
    for place, kind, subject, programme, score, passage in sorted(
        rows, key=lambda row: (-row[4], str(row[2]))
    ):
        best.setdefault(
            (kind, subject, programme), Near(kind, subject, programme, score, passage, place - 1, by_words)
        )
    return list(best.values())[:limit]
