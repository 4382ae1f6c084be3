"""The small world's part about contests: entries of initiatives, pitch days, the screen, interest."""

from typing import Any

from tests.factories.applications import open_call
from tests.factories.jury import AssignmentFactory, PanelFactory, eligible, judging_call, scored
from tests.factories.people import PersonFactory
from tests.factories.pitching import PitchDayFactory, placed
from vivaio.initiatives.models import ContestEntry, Interest
from vivaio.initiatives.states import InterestKind
from vivaio.kit import clock


def build(world: Any) -> None:
    """A contest whose day was announced, with the juror on its jury; another whose day is being prepared."""
    world.contest = _contest(world, "concorso", state="announced", board_hidden=False)
    world.contest_ahead = _contest(world, "concorso-dopo", state="preparing", seed="7 12 44")
    person = world.people["juror"]  # whose role is there already
    seat = world.contest.panel.jurors.create(
        person=person, email=person.email, state="accepted", capacity=60, conflicts_declared_at=clock.now()
    )
    world.contest_application = world.mine(eligible, world.contest)
    for application in world.contest.applications.all():
        made = AssignmentFactory(juror=seat, application=application)
        if application != world.contest_application:
            scored(made)
    _entered(world)
    placed(world.contest.panel.pitch_day)
    placed(world.contest_ahead.panel.pitch_day)


def _entered(world: Any) -> None:
    """The initiative is in the contest, with interest that waits; the juror may take one in another entrant."""
    applications = list(world.contest.applications.exclude(pk=world.contest_application.pk))
    world.contest_open = world.call(open_call, "concorso-aperto", kind="contest")
    entry = ContestEntry.objects.create(
        initiative=world.initiative,
        application=world.contest_application,
        entered_by=world.people["applicant"],
    )
    for application in applications:
        world.contest_other = ContestEntry.objects.create(
            initiative=world.other_initiative, application=application
        )
        world.contest_interest = Interest.objects.create(
            entry=entry, person=PersonFactory(), kind=InterestKind.INVEST, message="Parliamone."
        )
        open_call(programme=world.programme, form=world.version, kind="contest")


def _contest(world: Any, slug: str, **day: Any) -> Any:
    call = world.call(judging_call, slug, kind="contest", reviews_each=1)
    for _number in range(world.rows):
        eligible(call)
    PitchDayFactory(panel=PanelFactory(call=call), screen=f"screen-{slug}", **day)
    return call


def places(world: Any) -> dict[str, dict[str, Any]]:
    """The arguments of each address that takes some."""
    here = {"programme": world.programme.slug, "call": world.contest.slug}
    ahead = {"programme": world.programme.slug, "call": world.contest_ahead.slug}
    panel, screen = {"panel": world.contest.panel.pk}, {"screen": world.contest.panel.pitch_day.screen}
    own = {"application": world.contest_application.pk}
    slot = world.contest_ahead.panel.pitch_day.slots.last()
    return {
        "initiatives:contests": {"pk": world.initiative.pk},
        "initiatives:enter_contest": {"pk": world.initiative.pk},
        "initiatives:answer_interest": {"pk": world.contest_interest.pk, "answer": "accept"},
        "initiatives:entrants": panel,
        "initiatives:interest": {"pk": world.contest_other.pk},
        "jury:pitch": ahead,
        "jury:pitch_draw": ahead,
        "jury:pitch_shift": {**ahead, "pk": slot.pk, "way": "earlier"},
        "jury:pitch_announce": ahead,
        "jury:pitch_take_back": here,
        "jury:pitch_conclude": here,
        "jury:pitch_show": here,
        "jury:pitch_new_screen": here,
        "jury:pitch_public": here,
        "jury:pitch_public_ics": here,
        "jury:pitch_team": own,
        "jury:pitch_team_ics": own,
        "jury:pitch_juror": panel,
        "jury:pitch_juror_ics": panel,
        "jury:pitch_board": screen,
        "jury:pitch_board_lines": screen,
    }


def sent(world: Any) -> dict[str, dict[str, Any]]:
    """What a person who may would send; nothing where a press on a button is all."""
    return {
        "jury:pitch": {
            "starts_at": "2031-05-06T10:00", "place": "Sala Alessi", "slot_minutes": "7", "pause_minutes": "3",
        },
        "initiatives:enter_contest": {"track": str(world.contest_open.tracks.first().pk)},
        "initiatives:interest": {"kind": "invest", "message": "Parliamone."},
        "jury:pitch_draw": {"seed": "11 22 33"},
        "jury:pitch_show": {"shown": "no"},
    }  # fmt: skip
