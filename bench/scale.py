"""What the pages of a programme cost as it grows.

    python bench/scale.py [initiatives] [experts] [requests] [engagements] [sessions of each]

Each page is asked as a programme's manager, as an expert with a hundredth of all engagements, and as who leads an
initiative, by Django's own client: with 5 of everything, then with as many as are named. The queries must be the same.
Processor time is Python's; the database's own process is counted beside it.
"""

import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from installation import installed

# isort: split
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from tests.factories.experts import BankFactory
from tests.factories.pages_at_scale import grow, of_expert, of_manager, of_team
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.experts.actions import matching
from vivaio.experts.states import Objective
from vivaio.programmes.models import Programme

SIZES = (5_000, 20_000, 300, 10_000, 10)
Cost = tuple[int, int, float, float, int]


def server_seconds() -> float:
    """The processor that this connection's own process of the database has used; it runs on the same machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


def asked(client: Client, address: str) -> Cost:
    """Status, queries, milliseconds of Python, of the database, and bytes; the second time it is asked."""
    client.get(address)
    with CaptureQueriesContext(connection) as met:
        server, own = server_seconds(), time.process_time()
        response = client.get(address)
        own, server = time.process_time() - own, server_seconds() - server
    return response.status_code, len(met) - 2, 1000 * own, 1000 * server, len(response.getvalue())


def readers(programme: Programme) -> Iterator[tuple[str, Client, dict[str, str]]]:
    """Who reads, and what."""
    manager = holder(programme, "manager")
    (expert, theirs), (leader, teams) = of_expert(programme), of_team(programme)
    for who, person, pages in (
        ("", manager, of_manager(programme)),
        ("expert, ", expert, theirs),
        ("team, ", leader, teams),
    ):
        client = Client()
        client.force_login(person)
        yield who, client, pages


def costs(programme: Programme) -> dict[str, Cost]:
    return {
        f"{who}{name}": asked(client, address)
        for who, client, pages in readers(programme)
        for name, address in pages.items()
    }


def main(*sizes: int) -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    given = {
        "ALLOWED_HOSTS": ["*"],
        "STAFF_SECOND_STEP": False,
        "STORAGES": settings.STORAGES | {"staticfiles": plain},
    }
    with installed(), override_settings(**given):
        programme = ProgrammeFactory()
        BankFactory(programme=programme)
        grow(programme, 5, 5, 5, 5, 3)
        before = costs(programme)
        begun = time.process_time()
        grow(programme, *(many - 5 for many in sizes[:4]), sizes[4])
        print(f"grown in {time.process_time() - begun:.0f} s of processor", flush=True)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        names = ("initiatives", "experts", "requests", "engagements", "sessions of each")
        print(
            "5 of each, then " + ", ".join(f"{n} {name}" for n, name in zip(sizes, names, strict=True)), "\n"
        )
        print("| page | queries | then | Python, ms | then | database, ms | then | kB | then |")
        print("| --- | --: | --: | --: | --: | --: | --: | --: | --: |")
        for name, now in costs(programme).items():
            was = before[name]
            pairs = " | ".join(f"{old:.0f} | {new:.0f}" for old, new in zip(was[1:4], now[1:4], strict=True))
            status = "" if was[0] == now[0] == 200 else f" ({was[0]}, {now[0]})"
            grown = "" if was[1] >= now[1] else " **grew**"
            print(f"| {name}{status}{grown} | {pairs} | {was[4] // 1000} | {now[4] // 1000} |", flush=True)
        matched(programme)


def matched(programme: Programme) -> None:
    """Every open request matched at once, by each goal."""
    manager, seen = holder(programme, "manager"), ""
    for objective in Objective.values:
        server, own = server_seconds(), time.process_time()
        found = matching.compute(programme, objective=objective, sends_next=False, seen=seen, by=manager)
        own, server = time.process_time() - own, server_seconds() - server
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"match all, {objective}: {found.proposals.count()} pairs, {found.unserved} places left, "
            f"proved: {found.proved}; {own:.1f} s of Python, {server:.1f} s of the database, {peak} MB at the peak",
            flush=True,
        )
        seen = str(found.pk)


if __name__ == "__main__":
    main(*([int(word) for word in sys.argv[1:]] or SIZES))
