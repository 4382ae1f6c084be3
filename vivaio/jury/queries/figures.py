"""The jury's work in figures: one statement, which passes over the assignments once and brings none of them along.

It is asked again when anything was done in the programme, not at every look.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from vivaio.applications.states import ApplicationState
from vivaio.journal.unchanged import ASK, kept
from vivaio.jury.models import Panel
from vivaio.jury.states import AssignmentState, ConflictState, JurorState


@dataclass(frozen=True)
class OfJuror:
    """What a seated juror has of applications before the jury."""

    given: int = 0
    done: int = 0
    recused: int = 0
    barred: int = 0


@dataclass(frozen=True)
class OfTrack:
    """Applications before the jury, those that wait for a decision, and how many have enough jurors, enough scores."""

    admitted: int = 0
    undecided: int = 0
    enough: int = 0
    complete: int = 0


@dataclass(frozen=True)
class Lacking:
    """An application short of readers: how many it has, whoever it was given to, seated jurors in conflict."""

    pk: UUID
    number: int
    title: str
    readers: int
    taken: list[UUID]
    barred: list[UUID]


@dataclass(frozen=True)
class Figures:
    """Of each seated juror and of each track, by their keys.

    `lacking` holds the first applications that are short of readers, where they were asked for.
    """

    jurors: Mapping[UUID, OfJuror]
    tracks: Mapping[UUID, OfTrack]
    lacking: list[Lacking]


# Only what is counted leaves the statement: a line for each juror and for each track.
COUNTED = """
WITH given AS MATERIALIZED (
    SELECT a.juror_id, a.application_id, count(*) AS readings,
        count(*) FILTER (WHERE a.state = %(recused)s) AS recused,
        count(*) FILTER (WHERE a.state = %(done)s) AS done
    FROM jury_assignment a
    JOIN jury_juror j ON j.id = a.juror_id
    JOIN applications_application p ON p.id = a.application_id
    WHERE j.panel_id = %(panel)s AND j.state = %(seated)s AND p.state = %(admitted)s
    GROUP BY GROUPING SETS ((a.juror_id), (a.application_id))
)
SELECT 'juror', juror_id, readings - recused, done, recused, 0, NULL::jsonb
    FROM given WHERE juror_id IS NOT NULL
UNION ALL
SELECT 'barred', c.juror_id, count(*), 0, 0, 0, NULL
    FROM jury_conflict c
    JOIN jury_juror j ON j.id = c.juror_id
    JOIN applications_application p ON p.id = c.application_id
    WHERE j.panel_id = %(panel)s AND c.state = %(standing)s AND p.state = %(admitted)s
    GROUP BY c.juror_id
UNION ALL
SELECT 'track', p.track_id,
        count(*) FILTER (WHERE p.state = %(admitted)s),
        count(*) FILTER (WHERE p.state = ANY(%(waiting)s)),
        count(*) FILTER (WHERE given.readings - given.recused >= %(wanted)s),
        count(*) FILTER (WHERE given.done >= %(wanted)s), NULL
    FROM applications_application p LEFT JOIN given ON given.application_id = p.id
    WHERE p.call_id = %(call)s
    GROUP BY p.track_id
"""
SHORT = """
UNION ALL (
    SELECT 'short', p.id, p.number, coalesce(given.readings - given.recused, 0), 0, 0, jsonb_build_object(
        'title', p.title,
        'taken', ARRAY(SELECT a.juror_id FROM jury_assignment a WHERE a.application_id = p.id),
        'barred', ARRAY(
            SELECT c.juror_id FROM jury_conflict c JOIN jury_juror j ON j.id = c.juror_id
            WHERE c.application_id = p.id AND c.state = %(standing)s AND j.state = %(seated)s
        )
    )
    FROM applications_application p LEFT JOIN given ON given.application_id = p.id
    WHERE p.call_id = %(call)s AND p.state = %(admitted)s
        AND coalesce(given.readings - given.recused, 0) < %(wanted)s
    ORDER BY p.number, p.id LIMIT %(short)s
)
"""


def figures_of(panel: Panel, *, short: int = 0) -> Figures:
    """The figures of a jury as they stand, with so many of the applications that are short of readers.

    A jury read for a page brings the number of its programme's newest record along (`newest_record`).
    """
    name = f"jury.figures:{panel.pk}:{panel.call.reviews_each}:{short}"
    newest = getattr(panel, "newest_record", ASK)
    return kept(name, panel.call.programme_id, lambda: _figures(panel, short), newest)


def _figures(panel: Panel, short: int) -> Figures:
    told: dict[str, dict[UUID, tuple[Any, ...]]] = defaultdict(dict)
    for kind, key, *counts in _counted(panel, short):
        told[kind][key] = tuple(counts)
    jurors = {}
    for key in told["juror"].keys() | told["barred"].keys():
        given, done, recused, *_none = told["juror"].get(key, (0, 0, 0))
        jurors[key] = OfJuror(given, done, recused, told["barred"].get(key, (0,))[0])
    tracks = {key: OfTrack(*counts[:4]) for key, counts in told["track"].items()}
    return Figures(jurors, tracks, _lacking(told["short"]))


def _lacking(told: Mapping[UUID, tuple[Any, ...]]) -> list[Lacking]:
    found = []
    for key, (number, readers, *_none, more) in told.items():
        said = json.loads(more)
        taken, barred = ([UUID(one) for one in said[name]] for name in ("taken", "barred"))
        found.append(Lacking(key, number, said["title"], readers, taken, barred))
    return sorted(found, key=lambda one: (one.number, str(one.pk)))


def _counted(panel: Panel, short: int) -> list[tuple[Any, ...]]:
    asked: dict[str, Any] = {
        "panel": panel.pk,
        "call": panel.call_id,
        "wanted": panel.call.reviews_each,
        "short": short,
        "seated": JurorState.ACCEPTED.value,
        "admitted": ApplicationState.ADMITTED.value,
        "waiting": [ApplicationState.SUBMITTED.value, ApplicationState.INTEGRATION.value],
        "recused": AssignmentState.RECUSED.value,
        "done": AssignmentState.DONE.value,
        "standing": ConflictState.STANDING.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTED + SHORT if short else COUNTED, asked)
        return list(cursor.fetchall())
