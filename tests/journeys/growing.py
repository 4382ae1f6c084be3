"""From the ranking: eighteen places were accepted, and their initiatives begin."""

import datetime as dt

from playwright.sync_api import expect

from tests.factories.applications import handed_in
from tests.factories.people import MembershipFactory, OrganisationFactory, declared
from tests.journeys.players import Player, Stage
from vivaio.applications.states import ApplicationState
from vivaio.blueprints import actions as blueprints
from vivaio.blueprints.demo import people
from vivaio.blueprints.demo.registering import vat_number
from vivaio.blueprints.queries import SHIPPED
from vivaio.calls.models import Call
from vivaio.initiatives.models import Initiative
from vivaio.jury.models import Ranking, RankingEntry
from vivaio.jury.states import Outcome, PlaceState, RankingState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.models import Programme, RoleHolding

PROGRAMME = "/programmes/miracolo-a-milano/"
PLACES = {"cooperatives": 10, "spin-offs": 8}


def after_the_ranking(stage: Stage) -> Programme:
    """The programme as the first journey leaves it: the ranking is published, eighteen took their place."""
    content = (SHIPPED / "miracolo-a-milano.yaml").read_bytes()
    start = clock.today() - dt.timedelta(weeks=11)
    programme = blueprints.apply(content, by=None, start=start, demo=True).programme
    call = Call.objects.get(programme=programme, slug="selezione")
    cast = people.cast()["cooperatives"] + people.cast()["spin_offs"]
    for track in call.tracks.order_by("position"):
        ranking = Ranking.objects.create(
            call=call,
            track=track,
            state=RankingState.PUBLISHED,
            published_at=clock.now(),
            adopted_at=clock.now(),
        )
        for order in range(PLACES[track.key]):
            placed(ranking, cast.pop(0), order, vat_number(order + 20 * track.position))
    return programme


def placed(ranking: Ranking, entry: dict[str, str], order: int, code: str) -> None:
    """An organisation of the cast, selected, its place accepted."""
    person = people.account(*entry["person"].split(" ", 1))
    organisation = OrganisationFactory(name=entry["org"], tax_code=code, vat_number=code)
    MembershipFactory(organisation=organisation, person=person)
    made = handed_in(
        ranking.call, track=ranking.track, organisation=organisation, created_by=person, title=entry["title"],
        state=ApplicationState.ADMITTED,
    )  # fmt: skip
    declared(organisation)
    RankingEntry.objects.create(
        ranking=ranking, application=made, order=order, position=order + 1, score=90 - order,
        outcome=Outcome.SELECTED, place=PlaceState.ACCEPTED,
    )  # fmt: skip


def of_the_staff(stage: Stage, programme: Programme, role: str, name: str, language: str = "en") -> Player:
    """Somebody who holds a role of the programme, signed in."""
    person = people.account(*name.split(" ", 1))
    RoleHolding.objects.get_or_create(programme=programme, person=person, role=role)
    return signed_in(stage, person, language)


def signed_in(stage: Stage, person: Person, language: str = "it") -> Player:
    """Somebody who has an account already."""
    player = stage.enter(person.email, str(person), language)
    player.sign_in()
    return player


def eighteen_are_born(clara: Player, programme: Programme) -> None:
    """The manager lets them be born with one button; pressed again there is nothing left to do."""
    clara.open(f"{PROGRAMME}initiatives/manage/")
    clara.press("Let them be born")
    assert Initiative.objects.filter(programme=programme).count() == sum(PLACES.values())
    expect(clara.button("Let them be born")).to_have_count(0)
    clara.told("La portineria leggera")


def leader_of(initiative: Initiative) -> Person:
    """Who leads the team."""
    return initiative.team.get(part="leader").person


def a_leader_finds_it(stage: Stage, initiative: Initiative) -> Player:
    """From the desk to the initiative's own page, where its plan begins and its diary is written."""
    leader = signed_in(stage, leader_of(initiative))
    leader.open("/initiatives/")
    leader.follow(initiative.title)
    leader.open(f"/initiatives/{initiative.pk}/plan/")
    leader.open(f"/initiatives/{initiative.pk}/diary/")
    return leader
