"""Measure the search among many texts, with its indexes and without. Run: python bench/search.py [texts]

News of ten programmes, 200 words each, half of them in English too, in a made-up vocabulary whose words are as
unevenly used as a language's. Each search is asked several times, one with the indexes and one without in turn, and
the median counts; the ratio is the figure to trust on a machine that does other work too.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable

from installation import installed

# isort: split
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from tests.factories.programmes import ProgrammeFactory
from tests.factories.publishing import NewsFactory
from vivaio.desk.search import groups, words
from vivaio.publishing.models import News

TEXTS, WORDS, ROUNDS = 20_000, 200, 3
VOCABULARY = 12_000
# Real words, and in how many of the texts they stand.
PLANTED = {"lanterna": 0.0005, "cortile": 0.01, "quartiere": 0.2}
SEARCHES = [
    ("a word in 1 text of 2,000", "lanterna"),
    ("a word in 1 text of 100", "cortile"),
    ("two words, one of them in 1 text of 100", "cortile quartiere"),
    ("a word in 1 text of 5", "quartiere"),
    ("a title, misspelt", "assemblea dei portinaii"),
    ("words that are nowhere", "brughiera zolfanello"),
]


def made_up(drawn: random.Random) -> list[str]:
    """Words that Italian could have."""
    syllables = [start + vowel for start in (*"bcdfglmnprstv", "tr", "st", "pr") for vowel in "aeiou"]
    return ["".join(drawn.choices(syllables, k=drawn.randint(2, 4))) for _ in range(VOCABULARY)]


def fill(texts: int) -> None:
    """The same texts on every run."""
    drawn = random.Random(20201001)
    vocabulary = made_up(drawn)
    weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
    programmes = [ProgrammeFactory(title=f"Programma {number}") for number in range(10)]
    rows = []
    for number in range(texts):
        body = drawn.choices(vocabulary, weights, k=WORDS)
        body += [word for word, share in PLANTED.items() if drawn.random() < share]
        title = " ".join(drawn.choices(vocabulary, weights, k=4)) if number else "Assemblea dei portinai"
        english = {"title_en": title, "body_en": " ".join(body)} if number % 2 else {}
        rows.append(
            NewsFactory.build(
                programme=programmes[number % 10],
                slug=f"n-{number}",
                title=title,
                body=" ".join(body),
                i18n=english,
            )
        )
    News.objects.bulk_create(rows, batch_size=500)


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def seconds(search: Callable[[], object]) -> float:
    begun = time.perf_counter()
    search()
    return time.perf_counter() - begun


def measure(typed: str) -> tuple[float, float]:
    """Median seconds with the indexes and without."""

    def search() -> list[object]:
        with words.alike_enough():
            return list(groups.in_news(AnonymousUser(), typed)[: groups.SHOWN + 1])

    times: dict[str, list[float]] = {"on": [], "off": []}
    for _ in range(ROUNDS):
        for bitmaps, taken in times.items():  # such indexes are read in no other way
            run(f"SET enable_bitmapscan = {bitmaps}")
            taken.append(seconds(search))
    run("SET enable_bitmapscan = on")
    return statistics.median(times["on"]), statistics.median(times["off"])


def main(texts: int) -> None:
    with installed():
        print(f"{texts} texts written in {seconds(lambda: fill(texts)):.0f} s", file=sys.stderr)
        run("VACUUM ANALYZE publishing_news")
        print("| searched | with s | without s | without / with |\n| --- | --: | --: | --: |")
        for what, typed in SEARCHES:
            quick, slow = measure(typed)
            print(f"| {what} | {quick:.3f} | {slow:.3f} | {slow / quick:.0f} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TEXTS)
