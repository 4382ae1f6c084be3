"""Measure the finder among many entries, each person's filters on. Run: python bench/finder.py [entries]

Made vectors, in clusters as texts are (a thousand themes, and each text somewhere around its own), and made words used
as unevenly as a language's; 50 programmes, half of the entries public. A query is a vector near some entry's and two
to eight words of it. Encoding is not part of the time. Recall: how many of the ten nearest passages that the person may
see, by looking at every one, the vector part of the search finds.
"""

import os
import random
import statistics
import sys
import time
import uuid
from pathlib import Path

import numpy as np
from installation import installed

# isort: split
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.programmes import ProgrammeFactory, RoleHoldingFactory, holder
from vivaio.finder import audiences, encoding, queries
from vivaio.finder.queries import searching, statements

ENTRIES, PROGRAMMES, THEMES, VOCABULARY, QUERIES = 100_000, 50, 1_000, 12_000, 200
KINDS = ["news", "call", "document", "directory", "application", "expert"]
BATCH = 2_000


def vocabulary(drawn: random.Random) -> list[str]:
    syllables = [start + vowel for start in (*"bcdfglmnprstv", "tr", "st", "pr") for vowel in "aeiou"]
    return ["".join(drawn.choices(syllables, k=drawn.randint(2, 4))) for _ in range(VOCABULARY)]


def made_vectors(count: int) -> np.ndarray:
    """Around themes that are themselves not far apart, as those of the e5 family are."""
    made = np.random.default_rng(7)
    themes = made.normal(size=(THEMES, 384)) + 1.5 * made.normal(size=384)
    found = themes[made.integers(THEMES, size=count)] + 0.9 * made.normal(size=(count, 384))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def fill(entries: int, programmes: list, organisation: uuid.UUID) -> tuple[np.ndarray, list[str]]:
    """Entries of one passage each; the same on every run but for their identifiers."""
    drawn = random.Random(20201001)
    words, vectors, texts = vocabulary(drawn), made_vectors(entries), []
    weights = [1 / (rank + 10) for rank in range(len(words))]
    made_by = encoding.name()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX passage_meaning")
        for start in range(0, entries, BATCH):
            rows, parts = [], []
            for number in range(start, min(start + BATCH, entries)):
                text = " ".join(drawn.choices(words, weights, k=40))
                texts.append(text)
                programme, kind = programmes[number % PROGRAMMES], KINDS[number % len(KINDS)]
                audience = (
                    [audiences.PUBLIC]
                    if drawn.random() < 0.5
                    else audiences.complete({audiences.programme(programme.pk, "programme.read")})
                )
                if number % 5_000 == 1:
                    audience = [audiences.organisation(organisation)]
                row = str(uuid.uuid4())
                title = " ".join(drawn.choices(words, weights, k=4))
                rows.append((row, kind, str(uuid.uuid4()), str(programme.pk), title, text, audience))
                parts.append(
                    (
                        row,
                        text,
                        kind,
                        str(programme.pk),
                        audience,
                        statements.literal(vectors[number]),
                        made_by,
                    )
                )
            cursor.executemany(
                "INSERT INTO finder_written (id, created_at, updated_at, kind, subject, programme_id, language,"
                " title, context, address, arguments, anchor, audience, digest, words)"
                " SELECT v.id::uuid, now(), now(), v.kind, v.subject::uuid, v.programme::uuid, 'it', v.title, '',"
                " 'kit:help', '[]', '', v.audience::text[], '',"
                " setweight(to_tsvector('italian', v.title), 'A') || setweight(to_tsvector('italian', v.text), 'B')"
                " FROM (VALUES (%s, %s, %s, %s, %s, %s, %s))"
                " AS v (id, kind, subject, programme, title, text, audience)",
                rows,
            )
            cursor.executemany(
                "INSERT INTO finder_passage (written_id, position, text, kind, programme_id, audience, vector, encoder)"
                " VALUES (%s, 0, %s, %s, %s, %s, %s::halfvec, %s)",
                parts,
            )
    return vectors, texts


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def exact(tokens: list[str], vector: np.ndarray, programme: uuid.UUID | None) -> set[int]:
    """The ten nearest passages that the tokens open, by looking at every one."""
    only = statements.narrowed(tokens=True, kinds=False, programme=programme is not None)
    given = statements.given(tokens, None, programme) | {"vector": statements.literal(vector)}
    sql = f"SELECT id FROM finder_passage WHERE true{only} ORDER BY (vector <#> %(vector)s::halfvec) + 0 LIMIT 10"
    return {row[0] for row in statements.rows(sql, given)}


def server_seconds() -> float:
    """The processor that this connection's own process of the database has used; it runs on the same machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


def measure(name: str, person, asked: list[tuple[str, np.ndarray]], programme: uuid.UUID | None) -> None:
    tokens = queries.tokens_of(person)
    times, recalls = [], []
    server, own = server_seconds(), time.process_time()
    for text, vector in asked:
        begun = time.perf_counter()
        queries.search(person, text, near_vector=vector, programme=programme)
        times.append(1000 * (time.perf_counter() - begun))
    server, own = (
        1000 * (now - was) / len(asked)
        for now, was in ((server_seconds(), server), (time.process_time(), own))
    )
    for text, vector in asked[:100]:
        met = searching.candidates(text, vector, tokens, programme=programme)
        found = {one.passage for one in searching.sorted_by_score(met, "meaning")[:10]}
        true = exact(tokens, vector, programme)
        recalls.append(len(found & true) / len(true) if true else 1)
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    figures = f"{p50:.1f} | {p95:.1f} | {server:.1f} | {own:.1f} | {statistics.mean(recalls):.3f}"
    print(f"| {name} | {figures} |", flush=True)


def main(entries: int) -> None:
    with installed():
        programmes = [ProgrammeFactory(title=f"Programma {number}") for number in range(PROGRAMMES)]
        member = MembershipFactory()
        begun = time.perf_counter()
        vectors, texts = fill(entries, programmes, member.organisation_id)
        filled = time.perf_counter()
        run("SET maintenance_work_mem = '512MB'")
        run(
            "CREATE INDEX passage_meaning ON finder_passage USING hnsw (vector halfvec_ip_ops)"
            " WITH (m = 16, ef_construction = 96)"
        )
        run("VACUUM ANALYZE finder_passage")
        run("VACUUM ANALYZE finder_written")
        ended = time.perf_counter()
        print(
            f"{entries} entries in {filled - begun:.0f} s, index in {ended - filled:.0f} s", file=sys.stderr
        )
        drawn, made = random.Random(3), np.random.default_rng(3)
        asked = []
        for number in drawn.sample(range(entries), QUERIES):
            near = vectors[number] + 0.03 * made.normal(size=384)
            near = (near / np.linalg.norm(near)).astype(np.float32)
            asked.append((" ".join(drawn.sample(texts[number].split(), drawn.randint(1, 6))), near))
        for person in (member.person, PersonFactory(is_administrator=True)):
            for text, vector in asked[:20]:  # what every process has read already when people come
                queries.search(person, text, near_vector=vector)
        print("| who looks | p50 ms | p95 ms | processor of the database, ms | of Python, ms | recall@10 |")
        print("| --- | --: | --: | --: | --: | --: |")
        measure("anyone", AnonymousUser(), asked, None)
        measure("a member of an organisation that has 20 of its own", member.person, asked, None)
        manager = holder(programmes[0], "manager")
        measure("a programme's manager", manager, asked, None)
        for programme in programmes[1:10]:
            RoleHoldingFactory(programme=programme, role="manager", person=manager)
        measure("a manager of ten programmes", manager, asked, None)
        measure("the same, in one programme of fifty", manager, asked, programmes[3].pk)
        measure("the administrator", PersonFactory(is_administrator=True), asked, None)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES)
