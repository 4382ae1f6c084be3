"""What a person looks for: by words, by words nearly right, and by meaning, fused; each result says why it is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from vivaio.finder import marking
from vivaio.finder.encoding import name as encoder
from vivaio.finder.encoding import queries_or_none
from vivaio.finder.encoding.encoders import Vectors
from vivaio.finder.queries import statements
from vivaio.finder.queries.audience import tokens_of
from vivaio.methods.fusion import reciprocal_rank_fusion
from vivaio.people.models import Person

LONGEST, SHORTEST = 300, 2
# Titles nearly right are looked for when what was typed could be one.
LONGEST_TITLE = 60
# From so many words on it is a sentence, whose words need not all stand in what is meant, and no title misspelt.
SENTENCE = 4
# Of what is near in meaning, the encoder says how near. Nine of ten pairs of texts that have nothing to do with each
# other lie below the first (docs/performance.md); below that, or below this share of the best, a match is weak. Half
# of such pairs lie far below the last: it is no match at all.
NEAR, SHARE, LEAST = 0.07, 0.6, 0.03
# Words that all stand there say more than nearness does; a few of them, in one language, less (docs/performance.md).
WEIGHTS = {"words": 1.5, "alike": 1.0, "loose": 0.3, "meaning": 1.0}
Key = tuple[str, UUID, UUID | None]


@dataclass(frozen=True)
class Candidate:
    """One row that one way of finding met."""

    way: str
    written: UUID
    key: Key
    language: str
    passage: int | None
    score: float


@dataclass(frozen=True)
class Result:
    """One thing found. `ways` says why: `words`, `alike`, `loose`, `meaning`; `marked` is where, the words marked."""

    kind: str
    subject: UUID
    programme: UUID | None
    language: str
    title: str
    context: str
    address: str
    arguments: list[str]
    anchor: str
    score: float
    ways: frozenset[str]
    marked: SafeString
    weak: bool = False

    @property
    def by_meaning_alone(self) -> bool:
        return self.ways == {"meaning"}

    @cached_property
    def href(self) -> str:
        page = reverse(self.address, args=self.arguments)
        return f"{page}#{self.anchor}" if self.anchor else page


@dataclass(frozen=True)
class Found:
    """What a search found. `keys` is all of it, the best first, `results` the stretch that was asked for.

    `weaker`: how many more are there by a weak nearness in meaning alone; with them, where they were asked for.
    `words_alone`: there is an encoder, but it did not answer in time.
    """

    results: list[Result] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    words_alone: bool = False
    weaker: int = 0


def cleaned(typed: str) -> str:
    """What was typed, as far as it can be searched for."""
    return " ".join(typed.replace("\0", " ").split())[:LONGEST]


def search(
    person: Person,
    text: str,
    *,
    kinds: Collection[str] | None = None,
    programme: UUID | None = None,
    language: str = "it",
    limit: int = 20,
    offset: int = 0,
    near_vector: Vectors | None = None,
    tokens: Collection[str] | None = None,
    weak: bool = False,
) -> Found:
    """What the person may find of what speaks of `text`, the best first.

    `kinds` and `programme` narrow it; `near_vector` is the text's vector where it is known already, `tokens` the
    person's where they are, `weak` whether weak matches are wanted too, behind the others.
    """
    text = cleaned(text)
    if len(text) < SHORTEST:
        return Found()
    vector = near_vector
    if vector is None and (made := queries_or_none([text])) is not None:
        vector = made[0]
    held = tokens_of(person) if tokens is None else tokens
    found = candidates(text, vector, held, kinds=kinds, programme=programme, language=language)
    near = near_enough(found)
    strong = {one.key for one in near}
    weaker = [one for one in found if one.key not in strong]
    ranked = fused(near)
    if weak:
        ranked += fused(weaker)
    chosen = ranked[offset : offset + limit]
    results = told(chosen, near + weaker, text, language, strong)
    missed = vector is None and bool(encoder())
    return Found(results, [key for key, _score in ranked], missed, len({one.key for one in weaker}))


def candidates(
    text: str,
    vector: Vectors | None,
    tokens: Collection[str],
    *,
    kinds: Collection[str] | None = None,
    programme: UUID | None = None,
    language: str = "it",
) -> list[Candidate]:
    """What each way of finding met, way by way, the best first: one statement."""
    only = statements.narrowed(tokens=True, kinds=kinds is not None, programme=programme is not None)
    parts = ["SELECT * FROM words"]
    sentence = len(text.split()) >= SENTENCE
    if len(text) <= LONGEST_TITLE and not (sentence and vector is not None):
        parts.append(statements.by_likeness(only))
    if vector is None and sentence:
        own = f"{only} AND language = %(language)s"
        parts.append(statements.by_words(statements.loose(language), own, "loose"))
        others = f"{only} AND language <> %(language)s"
        parts.append(statements.by_words(statements.plain(), others, "loose", "plain"))
    if vector is not None:
        parts.append(statements.by_meaning(only))
    given = statements.given(tokens, kinds, programme) | {"text": text, "language": language}
    given["vector"] = None if vector is None else statements.literal(vector)
    words = statements.by_words(statements.strict(), only, "words")
    asked = f"WITH words AS MATERIALIZED ({words}) " + " UNION ALL ".join(f"({part})" for part in parts)
    rows = statements.rows(statements.SETTINGS + asked, given)
    return [
        Candidate(way, written, (kind, subject, place), tongue, passage, score)
        for way, written, kind, subject, place, tongue, passage, score in rows
        if way != "meaning" or score > LEAST
    ]


def near_enough(met: Sequence[Candidate]) -> list[Candidate]:
    """Without what is merely less far than the rest."""
    best = max((one.score for one in met if one.way == "meaning"), default=0.0)
    least = max(NEAR, SHARE * best)
    return [one for one in met if one.way != "meaning" or one.score >= least]


def fused(found: Sequence[Candidate]) -> list[tuple[Key, float]]:
    """One ranking of things, each at the place of the best of its rows."""
    ways = [way for way in WEIGHTS if any(one.way == way for one in found)]
    rankings = [list(dict.fromkeys(one.key for one in sorted_by_score(found, way))) for way in ways]
    return reciprocal_rank_fusion(rankings, weights=[WEIGHTS[way] for way in ways])


def sorted_by_score(found: Iterable[Candidate], way: str) -> list[Candidate]:
    return sorted((one for one in found if one.way == way), key=lambda one: -one.score)


def shown(met: Sequence[Candidate], language: str) -> Candidate:
    """Which of a thing's rows is shown: where the words stand if they do, in the reader's language if it can be."""
    order = list(WEIGHTS)
    return min(met, key=lambda one: (order.index(one.way), one.language != language, -one.score))


TOLD = """
SELECT w.id, w.title, w.context, w.address, w.arguments, w.anchor, ts_headline(
    c.configuration::regconfig,
    coalesce(p.text, (SELECT string_agg(text, ' ' ORDER BY position) FROM finder_passage WHERE written_id = w.id), ''),
    {query},
    'StartSel="' || chr(2) || '", StopSel="' || chr(3) || '", MaxWords=34, MinWords=18, MaxFragments=1'
) FROM unnest(%(rows)s::uuid[], %(passages)s::bigint[], %(configurations)s::text[]) AS c (id, passage, configuration)
JOIN finder_written w ON w.id = c.id LEFT JOIN finder_passage p ON p.id = c.passage
"""


def told(
    chosen: Sequence[tuple[Key, float]],
    found: Iterable[Candidate],
    text: str,
    language: str,
    strong: Collection[Key],
) -> list[Result]:
    """The chosen things with what is shown of them: one statement."""
    met: dict[Key, list[Candidate]] = {key: [] for key, _score in chosen}
    for one in found:
        if one.key in met:
            met[one.key].append(one)
    picked = {key: shown(several, language) for key, several in met.items()}
    if not picked:
        return []
    query = f"({statements.strict()} || {statements.loose(language)})"
    given: dict[str, Any] = {
        "text": text,
        "rows": [one.written for one in picked.values()],
        "passages": [one.passage for one in picked.values()],
        "configurations": [statements.configuration(one.language) for one in picked.values()],
    }
    rows = {row[0]: row[1:] for row in statements.rows(TOLD.format(query=query), given)}
    results = []
    for key, score in chosen:
        one = picked[key]
        if one.written not in rows:
            continue  # it went while we looked
        title, context, address, arguments, anchor, headline = rows[one.written]
        ways = frozenset(each.way for each in met[key])
        listed = marking.listed(arguments)
        results.append(
            Result(
                *key,
                one.language,
                title,
                context,
                address,
                listed,
                anchor,
                score,
                ways,
                marking.marked(headline),
                key not in strong,
            )
        )
    return results
