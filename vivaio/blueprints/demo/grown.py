"""What comes after the ranking: a programme that accompanies eighteen initiatives, as it stands today."""

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify

from vivaio.blueprints import actions as blueprints
from vivaio.blueprints.demo import (
    analysing,
    contests,
    engaging,
    helping,
    learning,
    living,
    outcome,
    paying,
    people,
    placing,
)
from vivaio.blueprints.demo.registering import group, register, vat_number
from vivaio.blueprints.queries import SHIPPED, written
from vivaio.initiatives.actions import constituting, moving, presenting
from vivaio.initiatives.models import (
    Initiative,
    Milestone,
    MilestoneStep,
    Passage,
    TeamMember,
)
from vivaio.initiatives.planning import actions as planning
from vivaio.initiatives.states import (
    InitiativeState,
    MilestoneState,
    TeamPart,
)
from vivaio.kit import clock, files
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
NEW = (OrganisationKind.STARTUP, OrganisationKind.SPINOFF)
ALONE, GROUP = 3, 4  # who goes on by itself by now; who is an informal group that becomes an association


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
    manager, community = staff["manager"], staff["community_manager"]
    for number, initiative in enumerate(grown):
        planned(initiative, number)
    living.tell(grown, community)
    living.meet(grown)
    analysing.analyse(programme, grown, community)
    helping.bank(programme, after()["experts"], manager)
    at_work = [one for number, one in enumerate(grown[:-2]) if number != ALONE]
    helping.ask(programme, at_work, after()["requests"], community)
    engaging.engage(programme, community)
    paying.receive(programme, manager)
    paying.give(programme, grown[1], manager)
    placing.place(programme, grown[4:8], community)
    learning.learn(programme, after()["practices"], grown, manager)
    shown(grown[:3], manager)
    proved(grown[GROUP])
    cooperatives = [one for one in grown[:-2] if one.organisation.kind == OrganisationKind.COOPERATIVE]
    new = [one for one in grown[:-2] if one.organisation.kind in NEW]
    over, now = contests.compete(programme, cooperatives, new, manager)
    living.noticed(over, now)
    paying.spend(over, manager, staff["secretary"])
    analysing.again(programme, grown[:5], community)
    ended(grown, manager)
    outcome.told(programme, manager)
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
    kind = one.get("kind", OrganisationKind.COOPERATIVE)
    made = began(
        programme,
        manager,
        title=one["title"],
        summary=one["summary"],
        sectors=[one["sector"]],
        organisation=group(one["org"], team[0])
        if kind == OrganisationKind.INFORMAL_GROUP
        else register(one["org"], kind, team[0], number),
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


def proved(initiative: Initiative) -> None:
    """An informal group has become an association, and sends what proves it: the programme has still to check it."""
    entity = {"name": "Riva Lenta APS", "kind": OrganisationKind.ASSOCIATION, "municipality": "Milano",
              "country": "IT", "tax_code": vat_number(FIRST_NUMBER + 31)}  # fmt: skip
    file = files.check(SimpleUploadedFile("atto-costitutivo.pdf", paying.PDF, "application/pdf"))
    note = "Costituita tre settimane fa; la registrazione è dell’altro ieri."
    with clock.rehearsing(clock.now() - dt.timedelta(days=2)):
        constituting.send(
            initiative, organisation=entity, file=file, note=note, by=helping.led_by(initiative)
        )


def ended(initiatives: list[Initiative], manager: Person) -> None:
    """One has become an enterprise, one has closed with its reason, one goes on by itself."""
    reason = "I conti reggono da tre mesi e il gruppo non ha più bisogno di noi."
    moving.move(initiatives[ALONE], InitiativeState.INDEPENDENT, reason=reason, by=manager)
    spun, closed = initiatives[-2:]
    enterprise = register(
        "Radice Comune Impresa", OrganisationKind.COMPANY, helping.led_by(spun), FIRST_NUMBER + 30
    )
    moving.spin_off(spun, enterprise=enterprise, on=clock.today() - dt.timedelta(days=8), by=manager)
    reason = "Il gruppo si è diviso: chi resta torna al lavoro di prima."
    moving.move(closed, InitiativeState.CLOSED, reason=reason, by=manager)
