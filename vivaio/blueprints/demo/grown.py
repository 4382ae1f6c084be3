"""What comes after the ranking: a programme that accompanies eighteen initiatives, as it stands today."""

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.text import slugify

from vivaio.blueprints import actions as blueprints
from vivaio.blueprints.demo import contests, engaging, helping, learning, outcome, people, placing
from vivaio.blueprints.demo.registering import register
from vivaio.blueprints.queries import SHIPPED, written
from vivaio.initiatives.actions import moving, presenting
from vivaio.initiatives.models import (
    Contact,
    DiaryEntry,
    Initiative,
    Milestone,
    MilestoneStep,
    Passage,
    TeamMember,
)
from vivaio.initiatives.planning import actions as planning
from vivaio.initiatives.states import (
    ContactKind,
    ContactState,
    DiaryState,
    InitiativeState,
    MilestoneState,
    TeamPart,
    Visibility,
)
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.people.states import OrganisationKind
from vivaio.programmes.models import Programme

AFTER = Path(__file__).parent / "after.yaml"
SLUG = "miracolo-a-milano-dopo"
TITLE = {"it": "Miracolo a Milano: l'accompagnamento", "en": "Miracolo a Milano: the accompaniment"}
PLAN = (
    ("Dieci colloqui con chi userà il servizio", -40, MilestoneState.REACHED),
    ("Conti previsionali a tre anni", -9, MilestoneState.UNDER_WAY),
    ("Prova con le prime venti persone", 25, MilestoneState.PLANNED),
    ("Primo cliente che paga", 70, MilestoneState.PLANNED),
)
FIRST_NUMBER = 60
COOPERATIVES = 5  # the first of them enter the contest of the cooperatives, the others the second one


@lru_cache
def after() -> dict[str, Any]:
    """Who comes after the ranking, as written in its file."""
    return yaml.safe_load(AFTER.read_text(encoding="utf-8"))


def grow() -> Programme:
    """The second programme of the demo, with all that its rooms hold."""
    programme = accompany()
    staff = people.staff(programme)
    for one in after()["public"]:
        began(programme, staff["manager"], title=one["title"], summary=one["summary"])
    grown = [
        raised(programme, staff["manager"], one, FIRST_NUMBER + number)
        for number, one in enumerate(after()["invented"])
    ]
    for number, initiative in enumerate(grown):
        planned(initiative, number)
        told(initiative, number)
        met(initiative, number)
    helping.analyse(programme, grown, staff["community_manager"])
    helping.bank(programme, after()["experts"], staff["manager"])
    helping.ask(programme, grown[:8])
    engaging.engage(programme, grown[:8])
    helping.pay(programme, grown[:2], staff["manager"])
    placing.place(programme, grown[4:8], staff["community_manager"])
    learning.learn(programme, after()["practices"], grown, staff["manager"])
    shown(grown[:3], staff["manager"])
    contests.compete(programme, grown[:COOPERATIVES], grown[COOPERATIVES:-2], staff["manager"])
    outcome.measured_again(programme, grown[:6], staff["community_manager"])
    ended(grown, staff["manager"])
    outcome.told(programme, staff["manager"])
    return programme


def accompany() -> Programme:
    """Miracolo's own blueprint from its second phase on, without the selection; the contests are the demo's own."""
    data = yaml.safe_load((SHIPPED / "miracolo-a-milano.yaml").read_text(encoding="utf-8"))
    described = data["programme"]
    described |= {"slug": SLUG, "title": TITLE, "phases": described["phases"][1:]}
    described["starts_on"] = described["phases"][0]["starts_on"]
    start = clock.today() - dt.timedelta(weeks=12)
    today = described["starts_on"] + (clock.today() - start)
    kept = {name: data[name] for name in ("experts", "needs", "milestones", "placements", "money")}
    own = contests.written(today)
    calls = [one for one in data["calls"] if one.get("kind") == "practices"]
    wanted = {data["needs"]["form"], *(one["form"] for one in calls)}
    own["forms"] += [one for one in data["forms"] if one["key"] in wanted]
    own["calls"] += calls
    told = {"vivaio": data["vivaio"], "programme": described, **kept, **own}
    return blueprints.apply(written(told).encode(), by=None, start=start, demo=True).programme


def began(programme: Programme, manager: Person, **fields: Any) -> Initiative:
    """An initiative that is accompanied."""
    made = Initiative.objects.create(
        programme=programme,
        slug=slugify(fields["title"]),
        territory="Milano",
        state=InitiativeState.ACTIVE,
        **fields,
    )
    for state in (InitiativeState.ADMITTED, InitiativeState.ACTIVE):
        Passage.objects.create(initiative=made, to=state, by=manager)
    return made


def raised(programme: Programme, manager: Person, one: dict[str, Any], number: int) -> Initiative:
    """An invented initiative, with its organisation and its team of two."""
    team = [people.account(*name.split(" ", 1)) for name in one["people"]]
    made = began(
        programme,
        manager,
        title=one["title"],
        summary=one["summary"],
        sectors=[one["sector"]],
        organisation=register(one["org"], one.get("kind", OrganisationKind.COOPERATIVE), team[0], number),
    )
    for person, part in zip(team, (TeamPart.LEADER, TeamPart.MEMBER), strict=True):
        TeamMember.objects.create(initiative=made, person=person, part=part)
    return made


def planned(initiative: Initiative, number: int) -> None:
    """The programme's milestones, of which two are reached; four of its own: one late for some, the others ahead."""
    leader = helping.led_by(initiative)
    for one in planning.take_over(initiative, by=leader):
        if one.due_on < clock.today():
            planning.reach(one, on=one.due_on - dt.timedelta(days=number % 4), by=leader)
    for position, (title, days, state) in enumerate(PLAN, start=len(PLAN)):
        due = clock.today() + dt.timedelta(days=days + number + number % 3 * 4)
        ended_on = due if state == MilestoneState.REACHED else None
        made = Milestone.objects.create(
            initiative=initiative, title=title, position=position, due_on=due, first_due_on=due,
            state=state, ended_on=ended_on, person=leader,
        )  # fmt: skip
        if state != MilestoneState.PLANNED:
            MilestoneStep.objects.create(milestone=made, led_to=state, person=made.person)


def told(initiative: Initiative, number: int) -> None:
    """Two entries of the diary."""
    entries = (
        ("I primi colloqui", "Abbiamo ascoltato dieci persone: **la sera** conta più del prezzo.", 35),
        ("Una giornata di prove", "Sei persone hanno provato. Domani cambiamo il primo passo.", 6),
    )
    for title, text, days in entries:
        DiaryEntry.objects.create(
            initiative=initiative, author=helping.led_by(initiative), title=title, text=text, state=DiaryState.KEPT,
            told_on=clock.today() - dt.timedelta(days=days + number), visibility=Visibility.PROGRAMME,
        )  # fmt: skip


def met(initiative: Initiative, number: int) -> None:
    """An open contact, and one that came to good or to nothing."""
    by, today = helping.led_by(initiative), clock.today()
    Contact.objects.create(
        initiative=initiative, kind=ContactKind.CUSTOMER, who="Condominio Sette Scale", recorded_by=by,
        begun_on=today - dt.timedelta(days=20), next_step="Mandare il preventivo",
        next_due_on=today + dt.timedelta(days=3 + number),
    )  # fmt: skip
    good = number % 2 == 0
    Contact.objects.create(
        initiative=initiative, kind=ContactKind.PARTNER, who="Officina del Ponte (dimostrativa)", recorded_by=by,
        begun_on=today - dt.timedelta(days=50), ended_on=today - dt.timedelta(days=10),
        state=ContactState.WON if good else ContactState.LOST,
        outcome="Ci prestano due banchi." if good else "Cercavano altro.",
    )  # fmt: skip


def shown(initiatives: list[Initiative], manager: Person) -> None:
    """Two public pages on line, and one that waits."""
    for number, initiative in enumerate(initiatives):
        by = helping.led_by(initiative)
        texts = {
            "lead": {"it": initiative.summary},
            "text": {"it": "Siamo partiti da **dieci colloqui**. Oggi proviamo con i primi vicini di casa."},
        }
        presenting.write(initiative, texts=texts, by=by)
        asked = presenting.ask(initiative, declared=True, by=by)
        if number < 2:
            presenting.approve(initiative, revision=asked.revision, by=manager)


def ended(initiatives: list[Initiative], manager: Person) -> None:
    """One has become an enterprise, one has closed with its reason."""
    spun, closed = initiatives[-2:]
    enterprise = register(
        "Radice Comune Impresa", OrganisationKind.COMPANY, helping.led_by(spun), FIRST_NUMBER + 30
    )
    moving.spin_off(spun, enterprise=enterprise, on=clock.today() - dt.timedelta(days=8), by=manager)
    reason = "Il gruppo si è diviso: chi resta torna al lavoro di prima."
    moving.move(closed, InitiativeState.CLOSED, reason=reason, by=manager)
