"""Measure whether a request finds the expert it was written for, in any language. Run: python bench/crosslanguage.py

`crosslanguage.txt` holds 36 profiles, each in one of three languages, and what is asked of each of them in all three;
every request is asked twice, as it stands and inside a letter's usual sentences: 216 requests. Who was written for whom
is all that counts as relevant. It goes the product's whole way: index, encoder of the settings, statements, fusion.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import numpy as np
from installation import installed

# isort: split
from tests.factories.programmes import ProgrammeFactory
from vivaio.finder import actions, audiences, encoding, sources
from vivaio.finder.queries import searching, statements
from vivaio.methods.fusion import reciprocal_rank_fusion
from vivaio.programmes.models import Programme

LANGUAGES = ("it", "en", "de")
LETTERS = {
    "it": "Buongiorno, siamo una piccola realtà del territorio. {} Potete suggerirci qualcuno che ci segua?",
    "en": "Hello, we are a small local organisation. {} Could you suggest somebody who would help us?",
    "de": "Guten Tag, wir sind eine kleine Initiative. {} Können Sie uns jemanden nennen, der uns begleitet?",
}
WAYS: dict[str, dict[str, float]] = {
    "words alone: all of them": {"words": 1},
    "words alone: all, then some": {"words": 1.5, "loose": 0.3},
    "meaning alone": {"meaning": 1},
    "both, some words weighing as much": {"words": 1, "loose": 1, "meaning": 1},
    "both, some words at 0.5": {"words": 1.5, "loose": 0.5, "meaning": 1},
    "both, some words at 0.3": {"words": 1.5, "loose": 0.3, "meaning": 1},
    "both, as the product: all words or none": {"words": 1.5, "meaning": 1},
}


def read() -> list[tuple[str, str, tuple[str, ...]]]:
    """Of each expert the language, the profile, and the three requests."""
    lines = [
        line
        for line in (Path(__file__).parent / "crosslanguage.txt").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    groups = [lines[start : start + 4] for start in range(0, len(lines), 4)]
    return [(head[:2], head[3:], tuple(asked)) for head, *asked in groups]


def entries(row: Programme) -> list[sources.Entry]:
    text = sources.Text(row.place, row.title, (row.description,))
    return [sources.Entry(row.pk, (text,), frozenset({audiences.PUBLIC}), "kit:help")]


def place_of(ranked: list[UUID], wanted: UUID) -> int:
    return ranked.index(wanted) + 1 if wanted in ranked else 0


def figures(places: list[int]) -> str:
    mrr = np.mean([1 / place if place else 0 for place in places])
    return f"{mrr:.3f} | {np.mean([0 < place <= 10 for place in places]):.3f}"


def ranking(met: list[searching.Candidate], weights: dict[str, float]) -> list[UUID]:
    lists = [
        list(dict.fromkeys(one.key[1] for one in searching.sorted_by_score(met, way))) for way in weights
    ]
    return [found for found, _score in reciprocal_rank_fusion(lists, weights=list(weights.values()))]


def main() -> None:
    with installed():
        experts = read()
        sources.register(sources.Source("profile", "Profiles", Programme.objects.all, entries))
        people = [
            ProgrammeFactory(title=f"N. {number}", place=language, description=profile)
            for number, (language, profile, _asked) in enumerate(experts)
        ]
        actions.catch_up("profile")
        actions.encode()
        asked = [
            (language, template.format(request), person.pk, own)
            for (own, _profile, requests), person in zip(experts, people, strict=True)
            for language, request in zip(LANGUAGES, requests, strict=True)
            for template in ("{}", LETTERS[language])
        ]
        vectors = encoding.passages([text for _language, text, _wanted, _own in asked], asked=True)
        found = [
            candidates(text, vector, language)
            for (language, text, _wanted, _own), vector in zip(asked, vectors, strict=True)
        ]
        print(f"{len(asked)} requests, {len(people)} profiles, {encoding.name()}", file=sys.stderr)
        print("| found by | MRR | success@10 | MRR within a language | MRR across languages |")
        print("| --- | --: | --: | --: | --: |")
        for name, weights in WAYS.items():
            places = [place_of(ranking(met, weights), one[2]) for met, one in zip(found, asked, strict=True)]

            def some(wanted: Callable[[int], bool], places: list[int] = places) -> str:
                return figures([place for number, place in enumerate(places) if wanted(number)]).split(" | ")[
                    0
                ]

            within = some(lambda number: asked[number][0] == asked[number][3])
            across = some(lambda number: asked[number][0] != asked[number][3])
            print(f"| {name} | {figures(places)} | {within} | {across} |", flush=True)


def candidates(text: str, vector: np.ndarray, language: str) -> list[searching.Candidate]:
    """Every way of finding, those too that the product leaves aside where there is a vector."""
    given = {"tokens": [audiences.PUBLIC], "kinds": ["profile"], "language": language}
    met = searching.candidates(text, vector, given["tokens"], kinds=["profile"], language=language)
    only = statements.narrowed(tokens=True, kinds=True, programme=False) + " AND language = %(language)s"
    rows = statements.rows(
        statements.by_words(statements.loose(language), only, "loose"), given | {"text": text}
    )
    loose = [searching.Candidate(*row[:2], (row[2], row[3], row[4]), *row[5:]) for row in rows]
    return [*met, *loose]


if __name__ == "__main__":
    main()
