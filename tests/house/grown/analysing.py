"""The small world's part about the needs analysis of initiatives."""

import datetime as dt
from typing import Any

from tests.factories import analysing as made
from tests.factories.analysing import DimensionFactory, InterviewFactory, ProfileFactory, RoundFactory
from tests.factories.initiatives import InitiativeFactory
from vivaio.initiatives.states import RoundState
from vivaio.kit import clock

RATED = {"finance": 30, "communication": 80}


def build(world: Any) -> None:
    """Dimensions, rounds in each state, profiles at each point, interviews."""
    programme, initiative = world.programme, world.initiative
    world.needs_dimension = made.set_up(programme)[0]
    world.needs_coach = made.coached(initiative, world.people["community_manager"])
    world.needs_closed = RoundFactory(programme=programme, state=RoundState.CLOSED)
    world.needs_agreed = made.agreed(ProfileFactory(initiative=initiative, round=world.needs_closed), **RATED)
    world.needs_open = RoundFactory(programme=programme)
    world.needs_profile = ProfileFactory(initiative=initiative, round=world.needs_open)
    for side in ("team", "coach"):
        made.answered(world.needs_profile, side)
    world.needs_begun = ProfileFactory(initiative=initiative, round=RoundFactory(programme=programme))
    world.needs_handed = ProfileFactory(initiative=initiative, round=RoundFactory(programme=programme))
    made.answered(world.needs_handed, "team", ready=True)
    world.needs_compared = made.compared(
        ProfileFactory(initiative=initiative, round=RoundFactory(programme=programme))
    )
    world.needs_prepared = RoundFactory(programme=programme, state=RoundState.PREPARED)
    world.needs_free = DimensionFactory(programme=programme)
    world.needs_interview = InterviewFactory(
        initiative=initiative, recorded_by=world.people["community_manager"], present="Chi c’era"
    )
    for _number in range(world.rows):
        more = InitiativeFactory(programme=programme)
        made.agreed(ProfileFactory(initiative=more, round=world.needs_closed), **RATED)
        ProfileFactory(initiative=more, round=world.needs_open)
        InterviewFactory(initiative=initiative, recorded_by=world.people["community_manager"])
        DimensionFactory(programme=programme)
        RoundFactory(programme=programme, state=RoundState.CLOSED)


def places(world: Any) -> dict[str, dict[str, Any]]:
    """The arguments of each address that takes some."""
    given: dict[str, dict[str, Any]] = {}
    for name in (
        "needs_programme",
        "needs_change",
        "needs_setup",
        "needs_begin",
        "dimension_add",
        "round_add",
    ):
        given[name] = {"programme": world.programme.slug}
    given["dimension"] = {"pk": world.needs_dimension.pk}
    given["dimension_remove"] = {"pk": world.needs_free.pk}
    for name in ("feed", "feed_drop"):
        given[name] = {"pk": world.needs_dimension.pk, "question": "accounts"}
    for name in ("cohort", "round_edit", "round_close", "round_remind"):
        given[name] = {"pk": world.needs_open.pk}
    given["round_open"] = {"pk": world.needs_prepared.pk}
    given["round_reopen"] = {"pk": world.needs_closed.pk}
    for name in ("needs", "needs_coach", "interview_add"):
        given[name] = {"pk": world.initiative.pk}
    given["interview_correct"] = {"pk": world.needs_interview.pk}
    given["profile_agree"] = {"pk": world.needs_compared.pk}
    given["profile_pdf"] = {"pk": world.needs_agreed.pk}
    given["profile_begin"] = {"pk": world.needs_begun.pk, "side": "team"}
    given["profile_step"] = {"pk": world.needs_profile.pk, "side": "team", "step": 1}
    for name in ("profile_save", "profile_review", "profile_hand_in"):
        given[name] = {"pk": world.needs_profile.pk, "side": "team"}
    given["profile_take_back"] = {"pk": world.needs_handed.pk, "side": "team"}
    return {f"initiatives:{name}": kwargs for name, kwargs in given.items()}


def sent(world: Any) -> dict[str, dict[str, Any]]:
    """What a person who may would send; nothing where a press on a button is all."""
    due = f"{clock.now() + dt.timedelta(days=20):%Y-%m-%dT%H:%M}"
    points = {f"points-{name}": value for name, value in made.EVEN.items()}
    found: dict[str, dict[str, Any]] = {
        "needs_setup": {"form": "", "gap_below": 40, "strength_from": 70},
        "dimension_add": {"title": "Organizzazione", "field": ""},
        "dimension": {"title": "Finanza", "good": "I conti tornano.", "field": "finance"},
        "feed": {"weight": 2, **points},
        "round_add": {"title": "Alla fine", "due_at": due},
        "round_edit": {"title": "All'ingresso", "due_at": due},
        "round_open": {"due_at": due, "which": "all"},
        "needs_coach": {"coach": str(world.people["manager"].pk)},
        "interview_add": {"held_on": "2020-10-05", "present": "Tutti", "agreed": "Un piano."},
        "interview_correct": {"held_on": "2020-10-06", "present": "Tutti", "agreed": "Un altro piano."},
        "profile_agree": {"present": "Tutti", **agreed_in(world)},
        "profile_step": {"_wish": "save", "accounts": "fully"},
        "profile_save": {"json": {"changes": [{"path": "accounts", "value": "much", "revision": 0}]}},
    }
    return {f"initiatives:{name}": values for name, values in found.items()}


def agreed_in(world: Any) -> dict[str, int]:
    keys = world.programme.dimensions.values_list("key", flat=True)
    return {f"{what}-{key}": 10 for key in keys for what in ("points", "hours")}
