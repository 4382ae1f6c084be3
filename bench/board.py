"""Measure the board of a pitch day while phones score and watchers ask again.
Run: python bench/board.py [jurors] [watchers] [entrants played] [minutes for each]

Ten entrants; those who are played are scored by all jurors within their minutes; every watcher asks every three seconds
with the mark of the answer before.

The clock of the bench is simulated: events are played one after the other as fast as they go, so that what is told is
processor time, which other work on the machine does not change, and not the wall clock.
"""

import heapq
import random
import statistics
import sys
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

ENTRANTS = 10
EVERY = 3.0  # seconds between two questions of one watcher
SETTING = (40, 100, 2, 2)


def prepared(jurors: int) -> tuple[PitchDay, list[list[Assignment]]]:
    """The day, announced, its board shown; the sheets, entrant by entrant."""
    panel = PanelFactory(call=judging_call(kind="contest", disclosure="everyone"))
    entrants = [eligible(panel.call, title=f"Iniziativa {number}") for number in range(ENTRANTS)]
    seats = [JurorFactory(panel=panel) for _number in range(jurors)]
    sheets = [[AssignmentFactory(juror=one, application=entrant) for one in seats] for entrant in entrants]
    return placed(PitchDayFactory(panel=panel, state="announced", board_hidden=False)), sheets


def events(sheets: list[list[Assignment]], watchers: int, minutes: int) -> list[tuple[float, int, object]]:
    """What happens when: a juror gives one score (a phone saves each by itself), a watcher asks."""
    chance, order = random.Random(1), 0
    found: list[tuple[float, int, object]] = []
    for place, entrant in enumerate(sheets):
        for sheet in entrant:
            for criterion in sheet.juror.panel.call.criteria.all():
                at = (place + chance.random()) * minutes * 60
                found.append((at, order := order + 1, (sheet, criterion.pk, chance.randint(1, 5))))
    for watcher in range(watchers):
        at = chance.random() * EVERY
        while at < len(sheets) * minutes * 60:
            found.append((at, order := order + 1, watcher))
            at += EVERY
    heapq.heapify(found)
    return found


def timed(work) -> float:
    """Processor milliseconds."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def play(day: PitchDay, sheets: list[list[Assignment]], watchers: int, minutes: int) -> None:
    """Play these entrants' sheets, and tell what it cost."""
    address, client = reverse("jury:pitch_board_lines", args=[day.screen]), Client()
    marks: dict[int, str] = {}
    costs: dict[int, list[float]] = {200: [], 304: []}
    saves: list[float] = []
    answers: Counter[int] = Counter()
    queue = events(sheets, watchers, minutes)
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
    told(costs, saves, answers, len(sheets) * minutes * 60)


def told(costs: dict[int, list[float]], saves: list[float], answers: Counter[int], seconds: int) -> None:
    """The table."""
    every = costs[200] + costs[304]
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


def main(jurors: int, watchers: int, played: int, minutes: int) -> None:
    with installed(), override_settings(ALLOWED_HOSTS=["*"]):
        assets.collect()
        caches["pages"].clear()
        day, sheets = prepared(jurors)
        play(day, sheets[:played], watchers, minutes)


if __name__ == "__main__":
    main(*([int(word) for word in sys.argv[1:]] or SETTING))
