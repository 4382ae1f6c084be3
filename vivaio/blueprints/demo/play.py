"""The demo's past, played through the same actions that people use, with the clock at each moment."""

import datetime as dt
import random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from vivaio.applications import actions as applications
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.blueprints import actions as blueprints
from vivaio.blueprints.demo import barriers, grown, people, said, site, staged
from vivaio.blueprints.demo.registering import register
from vivaio.blueprints.queries import SHIPPED
from vivaio.calls.models import Call, Track
from vivaio.jury.actions import assignment, conflicts, panel, scoring
from vivaio.jury.models import Assignment, Juror, Panel
from vivaio.jury.states import AssignmentState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.people.states import OrganisationKind
from vivaio.programmes.models import Programme
from vivaio.questionnaires.changes import Change

ZONE = ZoneInfo("Europe/Rome")
OPENING = dt.date(2020, 7, 30)
SCORING = dt.date(2020, 9, 17)
QUALITIES = (4.6, 4.3, 4.2, 4.1, 4.0, 3.8, 3.6, 3.6, 3.4, 3.3, 3.3, 3.2, 2.8, 2.7, 2.6, 2.0)


def play() -> Programme:
    """Load the programmes: Miracolo's jury at work, and what comes after. Run again, it does nothing."""
    known = Programme.objects.filter(slug="miracolo-a-milano").first()
    if known is not None:
        return known
    with transaction.atomic():
        shift = weeks_since(SCORING)
        opening = OPENING + shift
        challenge = dt.date(2018, 9, 10) + days_until(dt.date(2019, 10, 31), 12)
        hub = dt.date(2016, 12, 1) + days_until(dt.date(2018, 10, 1), 20)
        with at(opening - dt.timedelta(days=7), 9):
            miracolo = apply("miracolo-a-milano", opening)
            apply("milano-sei-l-altro", None)
            apply("socialimakers", challenge)
            apply("hub-innovazione-inclusiva", hub)
            staff = people.staff(miracolo)
            for programme in Programme.objects.exclude(pk=miracolo.pk):
                people.staff(programme)
        call = Call.objects.select_related("programme").get(programme=miracolo, slug="selezione")
        receive(call, opening)
        decide(call, staff["secretary"])
        judge(call, staff["manager"])
        site.furnish(call, staff["manager"])
        grown.grow()
        staged.select(staff)
        site.privacy()
        barriers.meet(staff["administrator"])
    return miracolo


def weeks_since(day: dt.date) -> dt.timedelta:
    """Whole weeks that bring the opening of the scoring to the latest of its weekdays, one to seven days ago."""
    return dt.timedelta(days=(clock.today("Europe/Rome") - dt.timedelta(days=1) - day).days // 7 * 7)


def days_until(day: dt.date, ahead: int) -> dt.timedelta:
    """Whole weeks that bring `day` to about `ahead` days from now."""
    return dt.timedelta(days=((clock.today("Europe/Rome") - day).days + ahead) // 7 * 7)


def at(day: dt.date, hour: int, minute: int = 0) -> Any:
    """The clock at a moment in Milan, never in the future."""
    moment = dt.datetime.combine(day, dt.time(hour, minute), tzinfo=ZONE)
    return clock.rehearsing(min(moment, clock.now()))


def apply(name: str, start: dt.date | None) -> Programme:
    """One of the programmes that come with the product."""
    content = (SHIPPED / f"{name}.yaml").read_bytes()
    return blueprints.apply(content, by=None, start=start, demo=True).programme


def receive(call: Call, opening: dt.date) -> None:
    """Twenty-seven organisations apply; one more only begins, and one takes its application back."""
    tracks = {track.key: track for track in call.tracks.all()}
    entries = [(tracks["cooperatives"], one) for one in people.cast()["cooperatives"]]
    entries += [(tracks["spin-offs"], one) for one in people.cast()["spin_offs"]]
    last = call.closes_at.astimezone(ZONE).date()
    for number, (track, entry) in enumerate(entries):
        day = last - dt.timedelta(days=(len(entries) - number) // 2)
        with at(day, 9 + number % 12, 7 * number % 60):
            hand_in(track, entry, number)
    with at(last - dt.timedelta(days=1), 18):
        begin_only(tracks["cooperatives"], "Ago e Vento", "Lidia Corti", "Sartoria sul ponte", 31)
        applications.withdraw(
            begin_only(tracks["cooperatives"], "Tre Gradini", "Renzo Vico", "Scale aperte", 32),
            by=Person.objects.get(email=people.address("Renzo", "Vico")),
        )


def begin(track: Track, entry: dict[str, Any], number: int) -> tuple[Application, Person]:
    """An organisation registers and begins its application."""
    given, family = entry["person"].split(" ", 1)
    person = people.account(given, family)
    organisation = register(entry["org"], entry.get("kind", OrganisationKind.COOPERATIVE), person, number)
    application = applications.start(track, by=person, organisation=organisation)
    answers = {
        "title": entry["title"],
        "context": entry["context"],
        "innovation_kind": entry["kinds"],
        "project": entry["project"],
        "sector": entry["sector"],
        "standing": "difficulty" if number % 3 == 0 else "held_up",
        "redesign": "I servizi in presenza e il modo in cui raggiungiamo le persone più sole."
        if number % 3 == 0
        else "",
        "milan": "yes",
    }
    changes = [Change(path, value) for path, value in answers.items() if value]
    applications.save(application, changes, by=person)
    return application, person


def hand_in(track: Track, entry: dict[str, Any], number: int) -> Application:
    """An organisation registers, writes and hands in."""
    application, person = begin(track, entry, number)
    return applications.submit(application, by=person, declared=True, noticed=True)


def begin_only(track: Track, org: str, person: str, title: str, number: int) -> Application:
    """A draft that nobody handed in."""
    entry = {
        "org": org,
        "person": person,
        "title": title,
        "sector": "community_services",
        "kinds": ["new_service"],
        "context": "Siamo ai primi passi.",
        "project": "Ne stiamo ancora parlando.",
    }
    return begin(track, entry, number)[0]


def decide(call: Call, secretary: Person) -> None:
    """The secretary looks at the applications the day after the closing, and finds them eligible."""
    with at(call.closes_at.astimezone(ZONE).date() + dt.timedelta(days=1), 10):
        for application in Application.objects.filter(call=call, state=ApplicationState.SUBMITTED):
            applications.admit(application, by=secretary)


def judge(call: Call, manager: Person) -> None:
    """The jury is invited, accepts, declares its conflicts and is about half way through its scores."""
    day = call.closes_at.astimezone(ZONE).date()
    with at(day, 12):
        jury = panel.ensure(call, by=manager)
        seats = [seat(jury, one, manager) for one in people.cast()["jurors"]]
    with at(day + dt.timedelta(days=1), 17):
        for juror in seats:
            conflicts.declare_all(juror, [], by=juror.person)
    with at(day + dt.timedelta(days=2), 9, 30):
        assignment.apply(assignment.plan(jury, objective="fair", by=manager), by=manager)
    with at(day + dt.timedelta(days=2), 20):
        fourth = Assignment.objects.filter(juror=seats[0]).order_by("position")[3]
        conflicts.declare(seats[0], fourth.application, reason="Mia sorella ci lavora.", by=seats[0].person)
    score(call, Panel.objects.get(pk=jury.pk))


def seat(jury: Panel, one: dict[str, str], manager: Person) -> Juror:
    """A juror is invited and accepts."""
    person = people.account(one["given"], one["family"])
    juror = panel.invite(
        jury,
        email=person.email,
        given_name=one["given"],
        family_name=one["family"],
        capacity=15,
        language="it",
        by=manager,
    )
    return panel.accept(juror, by=person)


def score(call: Call, jury: Panel) -> None:
    """Each juror scores some of their applications: around their quality, more or less severely."""
    chance = random.Random(2020)  # noqa: S311 invented scores, the same at every run
    words = random.Random(2021)  # noqa: S311 and the words that go with them
    criteria = list(call.criteria.order_by("position"))
    qualities = {
        row.pk: QUALITIES[position % len(QUALITIES)]
        for track in call.tracks.all()
        for position, row in enumerate(Application.objects.filter(track=track).order_by("number"))
    }
    start = call.scoring_opens_at.astimezone(ZONE)
    for number, juror in enumerate(jury.jurors.select_related("person").order_by("created_at")):
        mine = (
            Assignment.objects.filter(juror=juror).exclude(state=AssignmentState.RECUSED).order_by("position")
        )
        done = 5 if number == 0 else len(mine) * (4 + number) // 12
        severity = chance.uniform(-0.5, 0.4)
        for place, sheet in enumerate(mine[:done]):
            quality = qualities[sheet.application_id] + severity
            values = {
                criterion.pk: max(1, min(5, round(chance.gauss(quality, 0.6)))) for criterion in criteria
            }
            moment = start + dt.timedelta(hours=1 + place, minutes=5 * number)
            with clock.rehearsing(min(moment, clock.now())):
                scoring.save(sheet, values, comments=said.comments(values, criteria, words), by=juror.person)
