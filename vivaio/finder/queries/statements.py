"""The statements that people wait for, written out: building them from parts costs more than running them.

Nothing that anybody typed is part of their text: `only` and `query` are made here, values travel beside.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from vivaio.finder.encoding import encoders
from vivaio.finder.encoding.encoders import Vectors

# PostgreSQL's knowledge of words, by language; of others it knows none and takes them as they stand.
CONFIGURATIONS = {
    "it": "italian",
    "en": "english",
    "de": "german",
    "hu": "hungarian",
    "fr": "french",
    "es": "spanish",
}
OTHERWISE = "simple"
# How many candidates each way of finding gives, and how many matches of the words are weighed for that.
CANDIDATES, WEIGHED = 80, 600
# How much of the words must be alike for a title to be meant though nothing in it matches: “soccorso istrutorio”.
ALIKE = "0.55"
# Where so many things have the words as they were typed, they were not misspelt.
MISSPELT_BELOW = 3
SETTINGS = f"""
SELECT set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.ef_search', '60', true),
    set_config('hnsw.max_scan_tuples', '40000', true),
    set_config('pg_trgm.word_similarity_threshold', '{ALIKE}', true);
"""
ROW = "id, kind, subject, programme_id, language"


def configuration(language: str) -> str:
    return CONFIGURATIONS.get(language, OTHERWISE)


def strict(text: str = "%(text)s") -> str:
    """All the words, in any of the languages: what stands there letter by letter is meant in each of them."""
    return " || ".join(
        f"websearch_to_tsquery('{one}', {text})" for one in (*CONFIGURATIONS.values(), OTHERWISE)
    )


def loose(language: str, text: str = "%(text)s") -> str:
    """At least one of the words, in one language: across languages it misleads."""
    return f"replace(plainto_tsquery('{configuration(language)}', {text})::text, '&', '|')::tsquery"


def plain(text: str = "%(text)s") -> str:
    """At least one of the words as it stands, but for those that say nothing in one of the languages, and numbers.

    Between languages names, acronyms and terms of the trade are the same (“REACH”, “crowdfunding”); no stem is.
    """
    empty = " OR ".join(f"ts_lexize('{one}_stem', word) = '{{}}'" for one in CONFIGURATIONS.values())
    return f"""(SELECT string_agg(plainto_tsquery('{OTHERWISE}', word)::text, ' | ')::tsquery
        FROM unnest(tsvector_to_array(to_tsvector('{OTHERWISE}', {text}))) AS word
        WHERE length(word) > 1 AND word !~ '^[[:digit:][:punct:]]+$' AND ({empty}) IS NOT TRUE)"""  # noqa: S608


def narrowed(*, tokens: bool, kinds: bool, programme: bool) -> str:
    """What every way of finding is held to, inside its own scan of the index."""
    parts = ["audience && %(tokens)s::text[]"] if tokens else []
    parts += ["kind = ANY(%(kinds)s)"] if kinds else []
    parts += ["programme_id = %(programme)s"] if programme else []
    return "".join(f" AND {part}" for part in parts)


def by_words(query: str, only: str, place: str, field: str = "words") -> str:
    return f"""SELECT '{place}' AS way, {ROW}, NULL::bigint AS passage, ts_rank({field}, {query}) AS score
        FROM (SELECT {ROW}, {field} FROM finder_written WHERE {field} @@ ({query}){only} LIMIT {WEIGHED}) AS met
        ORDER BY score DESC, id LIMIT {CANDIDATES}"""  # noqa: S608


def by_likeness(only: str) -> str:
    """Only where `words` found next to nothing: looking for what is nearly right costs more than all the rest."""
    return f"""SELECT 'alike' AS way, {ROW}, NULL::bigint AS passage, word_similarity(%(text)s, title) AS score
        FROM finder_written WHERE (SELECT count(*) FROM words) < {MISSPELT_BELOW} AND %(text)s <%% title{only}
        ORDER BY score DESC, id LIMIT 30"""  # noqa: S608


def by_meaning(only: str) -> str:
    return f"""SELECT 'meaning' AS way, w.id, w.kind, w.subject, w.programme_id, w.language,
            near.id AS passage, near.score
        FROM (SELECT id, written_id, -(vector <#> %(vector)s::halfvec) AS score FROM finder_passage
            WHERE encoder = %(encoder)s{only} ORDER BY vector <#> %(vector)s::halfvec LIMIT {CANDIDATES}) AS near
        JOIN finder_written w ON w.id = near.written_id ORDER BY near.score DESC"""  # noqa: S608


def literal(vector: Sequence[float] | Vectors) -> str:
    """A vector as PostgreSQL reads it."""
    return "[" + ",".join(f"{value:.5g}" for value in vector) + "]"


def rows(statement: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What a statement answers; where it is several, the last of them."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        while cursor.nextset():
            pass
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def given(
    tokens: Collection[str] | None, kinds: Collection[str] | None, programme: UUID | None
) -> dict[str, Any]:
    """The values of `narrowed`, and whose vectors can be compared."""
    return {
        "tokens": list(tokens or ()),
        "kinds": list(kinds or ()),
        "programme": programme,
        "encoder": encoders.name(),
    }
