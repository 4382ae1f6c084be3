"""The demo's two contests: one is over, with its verdict and its voucher; on the other's pitch day scores arrive now.

Organisations, jurors and scores are invented. People, sheets and scores come in by the hundred and are written at once;
what managers and teams decide goes through the actions that they use.
"""

import datetime as dt
import random
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from vivaio.applications import actions as applications
from vivaio.applications.models import Application
from vivaio.blueprints.demo import helping, people
from vivaio.calls.models import Call, Criterion
from vivaio.funding.actions import prizes
from vivaio.funding.queries import prizes as won
from vivaio.initiatives.contesting import actions as contesting
from vivaio.initiatives.models import Initiative
from vivaio.jury.actions import assignment, panel, places, ranking, scoring
from vivaio.jury.attending import actions as attending
from vivaio.jury.models import Assignment, Guest, Juror, Panel, PitchDay, Score
from vivaio.jury.pitching import actions as pitching
from vivaio.jury.states import AssignmentState, GuestState, JurorState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.models import Programme, RoleHolding
from vivaio.questionnaires.changes import Change

TOLD = Path(__file__).parent / "contests.yaml"
QUALITY = (4.5, 4.1, 3.9, 3.4, 3.0)
LISTENERS = (
    "Ines Porta",
    "Samuele Riva",
    "Noemi Galbo",
    "Aldo Ferri",
    "Yara Hadid",
    "Pia Monti",
    "Ettore Lai",
)


@lru_cache
def told() -> dict[str, Any]:
    """The contests as written in their file."""
    return yaml.safe_load(TOLD.read_text(encoding="utf-8"))


def written(today: dt.date) -> dict[str, Any]:
    """The sections of a blueprint; `today` is the day of the blueprint's own calendar that becomes today."""
    calls = [called(one, today) for one in told()["calls"]]
    return {"forms": list(told()["forms"]), "calls": calls}


def called(one: dict[str, Any], today: dt.date) -> dict[str, Any]:
    """One contest with its dates, its track and what both share."""
    instants = {name: f"{today + dt.timedelta(days=days)}T09:00" for name, days in one["days"].items()}
    track = one["track"] | {"places": 1, "minimum_score": 40}
    plain = {name: one[name] for name in ("slug", "title", "summary")}
    return deepcopy(
        {**told()["shared"], **plain, **instants, "tracks": [track]}
    )  # a blueprint repeats, never refers


def compete(
    programme: Programme, cooperatives: list[Initiative], others: list[Initiative], by: Person
) -> tuple[Call, Call]:
    """Both contests, as they stand today: the one that is over, the one on which scores arrive."""
    first, second = Call.objects.filter(programme=programme, kind="contest").order_by("opens_at")
    chance = random.Random(2021)  # noqa: S311 invented scores, the same at every run
    entered(first, cooperatives, by)
    over = judged(first, by, first.scoring_opens_at + dt.timedelta(days=2))
    scored(over, chance, share=1.0)
    concluded(first, over, by)
    entered(second, others, by)
    now = judged(second, by, clock.now() - dt.timedelta(minutes=25))
    scored(now, chance, share=0.4)
    pitching.show(PitchDay.objects.get(panel=now), True, live=True, by=by)
    listened(PitchDay.objects.get(panel=now), by)
    return first, second


def entered(call: Call, initiatives: list[Initiative], by: Person) -> None:
    """Each initiative enters, hands in its dossier, and is found eligible."""
    track = call.tracks.get()
    for number, initiative in enumerate(initiatives):
        leader = helping.led_by(initiative)
        with clock.rehearsing(call.opens_at + dt.timedelta(days=3, hours=number)):
            application = contesting.enter(initiative, track, by=leader).application
            answers = {"title": initiative.title, "pitch": initiative.summary}
            applications.save(application, [Change(*one) for one in answers.items()], by=leader)
            applications.submit(application, by=leader, declared=True, noticed=True)
    with clock.rehearsing(call.closes_at + dt.timedelta(hours=8)):
        for application in Application.objects.filter(call=call):
            applications.admit(application, by=by)


def judged(call: Call, by: Person, day: dt.datetime) -> Panel:
    """Forty jurors, each with every entrant to score; the pitch day, its order drawn and announced."""
    with clock.rehearsing(call.scoring_opens_at + dt.timedelta(hours=1)):
        jury = panel.ensure(call, by=by)
        seated(jury, by)
        assignment.apply(assignment.plan(jury, by=by), by=by)
        values = {
            "starts_at": day, "place": "Sala dimostrativa", "link": "", "slot_minutes": 10, "pause_minutes": 5,
            "by_track": False,
        }  # fmt: skip
        prepared = pitching.prepare(jury, values, by=by)
        pitching.draw(prepared, "17 23 41 56 78", by=by)
        pitching.announce(prepared, by=by)
    return Panel.objects.select_related("call__programme").get(pk=jury.pk)


def seated(jury: Panel, by: Person) -> None:
    """The forty, who have accepted and declared that they have no conflict."""
    names = told()["jurors"]
    known = [people.account(given, family) for family in names["family"] for given in names["given"]]
    at = clock.now()
    Juror.objects.bulk_create(
        Juror(
            panel=jury, person=one, email=one.email, given_name=one.given_name, family_name=one.family_name,
            state=JurorState.ACCEPTED, capacity=10, invited_by=by, language="it", answered_at=at,
            conflicts_declared_at=at,
        )
        for one in known
    )  # fmt: skip
    RoleHolding.objects.bulk_create(
        [RoleHolding(programme=jury.call.programme, person=one, role="juror") for one in known],
        ignore_conflicts=True,
    )


def scored(jury: Panel, chance: random.Random, *, share: float) -> None:
    """The sheets of a part of the entrants in the order of the day: around their quality, each juror in their way."""
    criteria = list(Criterion.objects.filter(call=jury.call))
    sheets = list(
        Assignment.objects.filter(juror__panel=jury).order_by("application__pitch_slot__position", "pk")
    )
    by_entrant = {one.application_id: one for one in sheets}
    quality = dict(zip(sorted(by_entrant, key=str), QUALITY, strict=False))
    done = sheets[: round(len(sheets) * share)]
    Score.objects.bulk_create(
        Score(
            assignment=sheet,
            criterion=one,
            value=max(1, min(5, round(chance.gauss(quality[sheet.application_id], 0.7)))),
        )
        for sheet in done
        for one in criteria
    )
    for sheet in done:
        sheet.state = AssignmentState.DONE
        sheet.scored_at = sheet.completed_at = sheet.updated_at = clock.now()
    Assignment.objects.bulk_update(done, ["state", "scored_at", "completed_at", "updated_at"])


def concluded(call: Call, jury: Panel, by: Person) -> None:
    """The day ends, the scoring closes, a person adopts the verdict; the winner accepts and receives the voucher."""
    with clock.rehearsing(call.scoring_opens_at + dt.timedelta(days=2, hours=3)):
        pitching.conclude(PitchDay.objects.get(panel=jury), by=by)
        scoring.close(jury, reason="Tutti hanno votato.", by=by)
        for one in ranking.compute(call, by=by):
            ranking.adopt(one, by=by)
        places.publish(call, by=by)
        for winner in won.winners(call):
            places.tell([winner.pk])
            places.accept(winner, by=winner.application.created_by)
    prizes.assign(call, terms={"voucher": {"document": "Atto dimostrativo C/1"}}, by=by)


def listened(day: PitchDay, by: Person) -> None:
    """A small audience: some are in the room, one waits."""
    given = {"is_open": True, "places": len(LISTENERS) - 1, "online": True, "answer_hours": 2}
    audience = attending.set_up(day, given, by=by)
    for number, name in enumerate(LISTENERS):
        waits = number == len(LISTENERS) - 1
        Guest.objects.create(
            audience=audience, name=name, email=people.address(*name.split(" ", 1)), notice="1",
            state=GuestState.WAITING if waits else GuestState.COMING, queued_at=clock.now(),
            came_at=clock.now() if number < 4 else None,
        )  # fmt: skip
