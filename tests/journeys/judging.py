"""The jury is formed, the applications are given out, and scored."""

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import expect

from tests.journeys.opening import CALL
from tests.journeys.players import Player, Stage
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.blueprints.demo.people import account, address
from vivaio.calls.models import Call
from vivaio.jury.actions import conflicts, panel, scoring
from vivaio.jury.models import Assignment, Juror
from vivaio.jury.states import AssignmentState

NAMES = ["Elena Vismara", "Davide Monti", "Lucia Fontana", "Karim Benali", "Silvia Galli", "Andrea Negri"]
NAMES += ["Beatrice Conti", "Tommaso Rizzi"]
READERS = 4
FOCUS = "() => [document.activeElement.name || '', document.activeElement.innerText || '']"


def jurors_are_invited(stage: Stage, call: Call, clara: Player) -> None:
    """The manager pastes a list, looks at what was understood, and sends the invitations."""
    stage.at(call.closes_at + dt.timedelta(hours=14))
    clara.open(f"{CALL}jury/")
    clara.follow("Invite many at once")
    lines = [f"{name} <{address(*name.split(' ', 1))}>" for name in NAMES]
    clara.field("One person a line").fill("\n".join([*lines, "nobody in particular"]))
    clara.press("Look at what was understood")
    clara.told("8 people can be invited.")
    clara.press("Send 8 invitations")
    assert Juror.objects.filter(panel__call=call).count() == len(NAMES)


def one_accepts_by_hand(stage: Stage, applicant: str) -> Player:
    """From the letter's link to an account, the seat, and the declaration of a conflict."""
    elena = stage.enter(address("Elena", "Vismara"), "Elena Vismara", "it")
    elena.open(elena.link_in("/jury/invitations/", "/jury/invitations/"))
    elena.follow("Create an account to accept")
    elena.sign_up()
    elena.press("Accept and go on to the conflicts of interest")
    elena.tick(applicant, exact=False)
    elena.press("Declare")
    return elena


def the_others_accept(call: Call) -> None:
    """Through the actions behind the same pages; nobody else has a conflict."""
    for name in NAMES[1:]:
        person = account(*name.split(" ", 1))
        juror = panel.accept(Juror.objects.get(panel__call=call, email=person.email), by=person)
        conflicts.declare_all(juror, [], by=person)


def applications_are_given_out(stage: Stage, call: Call, clara: Player, applicant: str) -> None:
    """Planned, looked at, given out: four readers each, nobody reads where they have a conflict."""
    stage.at(call.scoring_opens_at - dt.timedelta(hours=3))
    clara.open(f"{CALL}jury/assignment/")
    clara.field("Aim").select_option("fair")
    clara.press("Compute and look")
    clara.told("This is how it would be")
    assert not Assignment.objects.exists()
    clara.press("Give out the applications and write to 8 jurors")
    clara.told("The applications are given out, and whoever has something new to read gets a letter.")
    for application in Application.objects.filter(call=call, state=ApplicationState.ADMITTED):
        assert application.assignments.count() == READERS
    assert not Assignment.objects.filter(
        juror__email=address("Elena", "Vismara"), application__organisation__name=applicant
    ).exists()


def quality(call: Call) -> dict[Any, dict[str, int]]:
    """What every juror will give to each application, so that no two of a track have the same total.

    Of the cooperatives eleven reach the minimum of 60 (ten places and a reserve), of the spin-offs eight.
    """
    criteria = list(call.criteria.order_by("position"))
    totals = {}
    for values in itertools.product(range(1, 6), repeat=len(criteria)):
        total = sum(one.weight * (value - one.scale_min) for one, value in zip(criteria, values, strict=True))
        totals.setdefault(total / (criteria[0].scale_max - criteria[0].scale_min), values)
    high = [totals[total] for total in sorted(totals, reverse=True) if total >= 60]
    low = [totals[total] for total in sorted(totals, reverse=True) if total < 60]
    given = {}
    for track in call.tracks.all():
        good = 11 if track.key == "cooperatives" else 8
        rows = Application.objects.filter(track=track, state=ApplicationState.ADMITTED).order_by("number")
        for place, row in enumerate(rows):
            values = high[place] if place < good else low[place]
            given[row.pk] = dict(zip([one.key for one in criteria], values, strict=True))
    return given


def one_scores_by_keyboard(stage: Stage, call: Call, elena: Player, given: Mapping[Any, Any]) -> None:
    """Tab goes to the next criterion, the arrows change the score, and each is saved as it is given."""
    stage.at(call.scoring_opens_at + dt.timedelta(hours=2))
    elena.open(elena.link_in(f"/jury/{call.panel.pk}/", f"/jury/{call.panel.pk}/"))
    elena.leave_by(elena.page.locator("main .vv-next a.btn"))
    page = elena.page
    sheet = Assignment.objects.get(pk=page.url.rstrip("/").rsplit("/", 1)[-1])
    for key, value in given[sheet.application_id].items():
        tab_to(elena, f"score-{key}")
        page.keyboard.press("Space")
        for _step in range(value - 1):
            page.keyboard.press("ArrowRight")
        chosen = page.locator(f"[name='score-{key}']:checked")
        expect(chosen).to_have_value(str(value))
        expect(chosen).to_be_focused()
    tab_to(elena, "note")
    page.keyboard.type("Conosco il quartiere, non le persone.")
    expect(page.locator("[data-vv-saved]")).to_contain_text(elena.say("Saved at %(hour)s").split("%")[0])
    tab_to(elena, elena.say("Save and go to the next"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    elena.look()
    assert str(sheet.pk) not in page.url
    sheet.refresh_from_db()
    assert sheet.state == AssignmentState.DONE
    assert {score.criterion.key: score.value for score in sheet.scores.all()} == given[sheet.application_id]


def tab_to(player: Player, wanted: str) -> None:
    """Press Tab until the focus stands on a control of that name, or with those words."""
    for _press in range(80):
        player.page.keyboard.press("Tab")
        if wanted in player.page.evaluate(FOCUS):
            return
    raise AssertionError(f"Tab never reaches {wanted}")


def the_others_score(call: Call, given: Mapping[Any, Any]) -> None:
    """The other sheets, through the action behind the page."""
    criteria = {criterion.key: criterion.pk for criterion in call.criteria.all()}
    waiting = Assignment.objects.exclude(state__in=[AssignmentState.DONE, AssignmentState.RECUSED])
    for sheet in waiting.select_related("juror__person"):
        values = {criteria[key]: value for key, value in given[sheet.application_id].items()}
        scoring.save(sheet, values, by=sheet.juror.person)


def scoring_is_closed(clara: Player) -> None:
    """The manager looks at the progress and closes, saying why."""
    clara.open(f"{CALL}jury/progress/")
    clara.field("Why before its time?").fill("Every sheet is complete.")
    clara.press("Close the scoring")
