"""Measure a public page that is kept for a moment against the same page made anew. Run: python bench/page_cache.py

Public pages of a programme, asked by readers without an account. Processor time of
the web process and the queries a page costs; the ratio is the figure to trust on a machine that does other work too.
"""

import statistics
import time

from installation import installed

# isort: split
from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.calls import CallFactory
from tests.factories.programmes import PhaseFactory, ProgrammeFactory
from tests.factories.publishing import DocumentFactory, NewsFactory
from vivaio.config import assets

ROUNDS, EACH = 5, 25


def pages() -> dict[str, str]:
    """A programme with what programmes have: phases, calls, news, documents."""
    programme = ProgrammeFactory(
        title="Miracolo a Milano", description="Un percorso per le cooperative. " * 20
    )
    for number in range(5):
        PhaseFactory(programme=programme, position=number)
        CallFactory(programme=programme)
        NewsFactory(programme=programme)
        DocumentFactory(programme=programme)
    return {
        "front door": reverse("desk:welcome"),
        "programme": reverse("desk:programme", args=[programme.slug]),
        "directory": reverse("exchange:directory", args=[programme.slug]),
    }


def asked(address: str, seconds_kept: int) -> tuple[float, int]:
    """Processor milliseconds that one answer costs, and its queries."""
    client = Client()
    with override_settings(PAGE_SECONDS=seconds_kept):
        assert client.get(address).status_code == 200
        begun = time.process_time()
        for _ in range(EACH):
            client.get(address)
        used = (time.process_time() - begun) / EACH * 1000
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
    return used, len(queries)


def main() -> None:
    with installed(), override_settings(ALLOWED_HOSTS=["*"]):
        assets.collect()
        found = pages()
        caches["pages"].clear()
        print("| page | made anew, ms | queries | kept, ms | queries | anew / kept |")
        print("| --- | --: | --: | --: | --: | --: |")
        for name, address in found.items():
            anew, kept = [], []
            for _ in range(ROUNDS):
                anew.append(asked(address, 0))
                kept.append(asked(address, 60))
            slow, quick = (statistics.median(used for used, _ in each) for each in (anew, kept))
            costs = f"{slow:.1f} | {anew[-1][1]} | {quick:.2f} | {kept[-1][1]} | {slow / quick:.0f}"
            print(f"| {name} | {costs} |", flush=True)


if __name__ == "__main__":
    main()
