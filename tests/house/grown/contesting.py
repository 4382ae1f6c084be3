"""The small world's part about contests: entries of initiatives, pitch days, the screen, interest."""

import datetime as dt
from decimal import Decimal
from typing import Any

from tests.factories.applications import open_call
from tests.factories.attending import AudienceFactory, GuestFactory, keyed
from tests.factories.calls import AwardFactory
from tests.factories.funding import able
from tests.factories.jury import AssignmentFactory, PanelFactory, eligible, judging_call, scored
from tests.factories.people import PersonFactory
from tests.factories.pitching import PitchDayFactory, placed
from vivaio.initiatives.models import ContestEntry, Interest
from vivaio.initiatives.states import InterestKind
from vivaio.jury.models import Awarding, AwardStep, Ranking, RankingEntry
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
    _listened(world)
    _won(world)


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


def _listened(world: Any) -> None:
    """An audience with people in every state that a page tells of."""
    day = world.contest.panel.pitch_day
    world.contest_audience = AudienceFactory(day=day, places=world.rows + 5, online=True)
    for number in range(world.rows):
        world.contest_guest = GuestFactory(
            audience=world.contest_audience,
            name=f"Ospite del mondo {number}",
            email=f"mondo{number}@example.org",
        )
    keyed(world.contest_guest, "contest-guest-token")


def _won(world: Any) -> None:
    """A contest that is over: its winners are on stage, its ranking published, its prizes to be assigned."""
    call = world.contest_over = world.call(
        judging_call, "concorso-finito", kind="contest", disclosure="everyone"
    )
    panel, ranked = PanelFactory(call=call, state="closed"), []
    for number in range(world.rows):
        initiative, leader = able(programme=world.programme, title=f"Vincitrice {number}")
        made = eligible(call, organisation=initiative.organisation, created_by=leader)
        ContestEntry.objects.create(initiative=initiative, application=made)
        ranked.append(made)
    AwardFactory(
        call=call, key="voucher", kind="voucher", title="Voucher", amount=Decimal("1.00"), quantity=None
    )
    track = call.tracks.get()
    now = clock.now()
    ranking = Ranking.objects.create(
        call=call, track=track, state="published", published_at=now, public_until=now + dt.timedelta(days=30)
    )
    call.ranking_published_at, call.ranking_public_until = now, ranking.public_until
    call.save()
    day = PitchDayFactory(panel=panel, state="announced", screen="screen-over")
    placed(day)
    awarding = Awarding.objects.create(day=day, state="under_way")
    for place, one in enumerate(ranked):
        entry = RankingEntry.objects.create(
            ranking=ranking, application=one, order=place + 1, position=place + 1, score=80 - place,
            outcome="selected", proposed="selected", place="accepted",
        )  # fmt: skip
        step = AwardStep.objects.create(awarding=awarding, entry=entry, position=world.rows - place)
        step.revealed_at = now if place else None
        step.save()


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
    over = {"programme": world.programme.slug, "call": world.contest_over.slug}
    guest = {**here, "pk": world.contest_guest.pk}
    token = {"token": "contest-guest-token"}
    step = AwardStep.objects.filter(awarding__day__panel__call=world.contest_over).first()
    return {
        **{
            f"initiatives:programme_{name}": {"programme": world.programme.slug}
            for name in ("contests", "entries", "interest")
        },
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
        "jury:pitch_live": ahead,
        "jury:pitch_register": here,
        "jury:guest": token,
        "jury:guest_ics": token,
        "jury:guest_step": {**token, "step": "cancel"},
        "jury:audience": here,
        "jury:door": here,
        "jury:guest_came": guest,
        "jury:guest_remove": guest,
        "jury:awarding": over,
        "jury:awarding_prepare": over,
        "jury:awarding_shift": {**over, "pk": step.pk, "way": "earlier"},
        "jury:stage": over,
        "jury:stage_step": {**over, "step": "next"},
        "jury:awards": over,
        "jury:awards_lines": over,
        "funding:prizes": over,
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
        "jury:pitch_register": {"name": "Irma", "email": "irma@example.org", "way": "room", "noticed": "on"},
        "jury:audience": {"is_open": "on", "places": "900", "answer_hours": "12"},
        "jury:guest_came": {"came": "yes"},
        "jury:stage_step": {"shown": str(world.rows - 1)},
        "funding:prizes": {"voucher-document": "Delibera 9/2021"},
    }  # fmt: skip
