"""What the pages of a programme cost as it grows. Run: python bench/scale.py [initiatives] [experts] [requests]

Each page is asked as a programme's manager, by Django's own client, with 5 of everything and again with as many as are
named: the queries must be the same. Processor time is Python's; the database's own process is counted beside it.
"""

import os
import sys
import time
from pathlib import Path

from installation import installed

# isort: split
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from tests.factories.crowds import crowd
from tests.factories.experts import BankFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.experts.models import ExpertProfile, ExpertRequest
from vivaio.initiatives.models import Initiative

OF_PROGRAMME = (
    *("initiatives:staff_list", "initiatives:diaries", "initiatives:stories", "initiatives:needs_programme"),
    *("experts:bank", "experts:listed", "experts:requests", "experts:matching"),
    *("funding:awards", "funding:claims", "funding:ledger"),
)
OF_INITIATIVE = ("initiative", "team", "needs", "plan", "diary", "contests")


def addresses(programme) -> dict[str, str]:
    one = Initiative.objects.filter(programme=programme).order_by("created_at", "pk").first()
    found = {name: reverse(name, args=[programme.slug]) for name in OF_PROGRAMME}
    found |= {name: reverse(f"initiatives:{name}", args=[one.pk]) for name in OF_INITIATIVE}
    profile = ExpertProfile.objects.filter(programme=programme).order_by("created_at", "pk").first()
    asked = ExpertRequest.objects.filter(initiative__programme=programme).order_by("created_at", "pk").first()
    found["experts:profile"] = reverse("experts:profile", args=[profile.pk])
    found["experts:request"] = reverse("experts:request", args=[asked.pk])
    return found | {"desk:home": reverse("desk:home")}


def server_seconds() -> float:
    """The processor that this connection's own process of the database has used; it runs on the same machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


def asked(client: Client, address: str) -> tuple[int, int, float, float, int]:
    """Status, queries, milliseconds of Python, of the database, and bytes; the second time it is asked."""
    client.get(address)
    with CaptureQueriesContext(connection) as met:
        server, own = server_seconds(), time.process_time()
        response = client.get(address)
        own, server = time.process_time() - own, server_seconds() - server
    return response.status_code, len(met) - 2, 1000 * own, 1000 * server, len(response.getvalue())


def main(initiatives: int, experts: int, requests: int) -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    given = {
        "ALLOWED_HOSTS": ["*"],
        "STAFF_SECOND_STEP": False,
        "STORAGES": settings.STORAGES | {"staticfiles": plain},
    }
    with installed(), override_settings(**given):
        programme = ProgrammeFactory()
        BankFactory(programme=programme)
        client = Client()
        client.force_login(holder(programme, "manager"))
        crowd(programme, 5, 5, 5)
        before = {name: asked(client, address) for name, address in addresses(programme).items()}
        crowd(programme, initiatives - 5, experts - 5, requests - 5)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"5 of each, then {initiatives} initiatives, {experts} experts, {requests} requests\n")
        print("| page | queries | then | Python, ms | then | database, ms | then | kB | then |")
        print("| --- | --: | --: | --: | --: | --: | --: | --: | --: |")
        for name, address in addresses(programme).items():
            was, now = before[name], asked(client, address)
            pairs = " | ".join(f"{old:.0f} | {new:.0f}" for old, new in zip(was[1:4], now[1:4], strict=True))
            status = "" if was[0] == now[0] == 200 else f" ({was[0]}, {now[0]})"
            grown = "" if was[1] >= now[1] else " **grew**"
            print(f"| {name}{status}{grown} | {pairs} | {was[4] // 1000} | {now[4] // 1000} |", flush=True)


if __name__ == "__main__":
    wanted = [int(word) for word in sys.argv[1:]]
    main(*(wanted or (5_000, 20_000, 300)))
