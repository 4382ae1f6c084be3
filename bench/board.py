"""Measure the board of a pitch day: forty phones score while a hundred watchers ask again. Run: python bench/board.py

Ten entrants, each scored by all forty jurors within two minutes; every watcher asks every three seconds with the mark
of the answer before. The clock of the bench is simulated: events are played one after the other as fast as they go, so
that what is told is processor time, which other work on the machine does not change, and not the wall clock.
"""

import heapq
import random
import statistics
import time
from collections import Counter

from installation import installed

# isort: split
from django.core.cache import caches
from django.test import Client, override_settings
from django.urls import reverse

from tests.factories.jury import AssignmentFactory, JurorFactory, PanelFactory, eligible, judging_call
from tests.factories.pitching import PitchDayFactory, placed
from vivaio.config import assets
from vivaio.jury.actions import scoring
from vivaio.jury.models import Assignment, PitchDay

ENTRANTS, JURORS, WATCHERS = 10, 40, 100
EVERY, MINUTES_EACH, MEASURED = (
    3.0,
    5,
    2,
)  # seconds between two questions; minutes for each entrant; entrants played


def prepared() -> tuple[PitchDay, list[list[Assignment]]]:
    """The day, announced, its board shown; the sheets, entrant by entrant."""
    panel = PanelFactory(call=judging_call(kind="contest", disclosure="everyone"))
    entrants = [eligible(panel.call, title=f"Iniziativa {number}") for number in range(ENTRANTS)]
    jurors = [JurorFactory(panel=panel) for _number in range(JURORS)]
    sheets = [[AssignmentFactory(juror=one, application=entrant) for one in jurors] for entrant in entrants]
    return placed(PitchDayFactory(panel=panel, state="announced", board_hidden=False)), sheets


def events(sheets: list[list[Assignment]]) -> list[tuple[float, int, object]]:
    """What happens when: a juror gives one score (a phone saves each by itself), a watcher asks."""
    chance, order = random.Random(1), 0
    found: list[tuple[float, int, object]] = []
    for place, entrant in enumerate(sheets[:MEASURED]):
        for sheet in entrant:
            for criterion in sheet.juror.panel.call.criteria.all():
                at = (place + chance.random()) * MINUTES_EACH * 60
                found.append((at, order := order + 1, (sheet, criterion.pk, chance.randint(1, 5))))
    for watcher in range(WATCHERS):
        at = chance.random() * EVERY
        while at < MEASURED * MINUTES_EACH * 60:
            found.append((at, order := order + 1, watcher))
            at += EVERY
    heapq.heapify(found)
    return found


def timed(work) -> float:
    """Processor milliseconds."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def play(day: PitchDay, sheets: list[list[Assignment]]) -> None:
    """Play it, and tell what it cost."""
    address, client = reverse("jury:pitch_board_lines", args=[day.screen]), Client()
    marks: dict[int, str] = {}
    costs: dict[int, list[float]] = {200: [], 304: []}
    saves: list[float] = []
    answers: Counter[int] = Counter()
    queue = events(sheets)
    while queue:
        _at, _order, what = heapq.heappop(queue)
        if isinstance(what, int):
            begun = time.process_time()
            headers = {"If-None-Match": marks[what]} if what in marks else {}
            answer = client.get(address, headers=headers)
            costs[answer.status_code].append((time.process_time() - begun) * 1000)
            marks[what] = answer["ETag"]
            answers[answer.status_code] += 1
        else:
            sheet, criterion, value = what
            person = sheet.juror.person
            saves.append(timed(lambda s=sheet, c=criterion, v=value, p=person: scoring.save(s, {c: v}, by=p)))
    told(costs, saves, answers)


def told(costs: dict[int, list[float]], saves: list[float], answers: Counter[int]) -> None:
    """The table."""
    every = costs[200] + costs[304]
    seconds = MEASURED * MINUTES_EACH * 60
    rows = {
        "polls": f"{len(every):,}",
        "answered 304": f"{answers[304] / len(every):.0%}",
        "processor ms a poll, mean": f"{statistics.mean(every):.2f}",
        "processor ms a poll, p95": f"{statistics.quantiles(every, n=20)[18]:.2f}",
        "of a 304": f"{statistics.mean(costs[304]):.2f}",
        "of a 200": f"{statistics.mean(costs[200]):.2f}",
        "scores saved": f"{len(saves):,}",
        "processor ms a score, mean": f"{statistics.mean(saves):.1f}",
        "share of one processor": f"{(sum(every) + sum(saves)) / 10 / seconds:.1f}%",
    }
    print("| | |\n| --- | --: |")
    for name, value in rows.items():
        print(f"| {name} | {value} |", flush=True)


def main() -> None:
    with installed(), override_settings(ALLOWED_HOSTS=["*"]):
        assets.collect()
        caches["pages"].clear()
        play(*prepared())


if __name__ == "__main__":
    main()
