"""How experts come to the demo's initiatives: the competence bank, what is asked of it, who is proposed and why."""

import datetime as dt
from decimal import Decimal
from typing import Any

from vivaio.blueprints.demo import people
from vivaio.experts.actions import matching
from vivaio.experts.actions import requests as asking
from vivaio.experts.findable import KIND
from vivaio.experts.models import Competence, ExpertCompetence, ExpertProfile, ExpertRequest, Proposal
from vivaio.experts.states import Level as Mastery
from vivaio.experts.states import Objective, ProposalState, RequestState
from vivaio.experts.states import ProfileState as Admission
from vivaio.finder import actions as finder
from vivaio.finder import encoding
from vivaio.finder.models import Written
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.states import TeamPart
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.models import Partner, Programme, RoleHolding

FROM = ("Rete di studi professionali (dimostrativa)", "Volontari d’impresa (dimostrativa)")
MATCHED = 36  # days ago
STILL = 6  # days that are left to whoever has not answered
LATER = 3  # the last requests: two open to be matched now, one that the programme has still to read
BUSY = "In quelle settimane sono via per lavoro: ne riparliamo dopo l’estate, se serve ancora."


def bank(programme: Programme, known: list[dict[str, Any]], manager: Person) -> None:
    """Twelve experts in the blueprint's six fields, one of them with a rate, one away; the last waits to be checked."""
    partners = [
        Partner.objects.create(programme=programme, key=f"rete-{number}", name=name, part="partner", country="IT",
                               position=20 + number)
        for number, name in enumerate(FROM)
    ]  # fmt: skip
    for number, one in enumerate(known):
        applied = number == len(known) - 1
        profile = ExpertProfile.objects.create(
            programme=programme, person=people.account(*one["name"].split(" ", 1)), headline=one["headline"],
            presentation=one["says"], languages=one["languages"], sectors=one.get("sectors", []), area="Milano",
            hours_a_month=10 + number % 4 * 4, pro_bono="rate" not in one,
            rate=Decimal(one["rate"]) if "rate" in one else None, away=away(one),
            partner=partners[number % 4] if number % 4 < len(partners) else None,
            state=Admission.APPLIED if applied else Admission.CHECKED,
            checked_by=None if applied else manager, checked_at=None if applied else clock.now(),
            expires_on=None if applied else clock.today() + dt.timedelta(days=300),
        )  # fmt: skip
        found = Competence.objects.filter(field__programme=programme, field__key=one["field"])
        for place, competence in enumerate(found.filter(key__in=one["can"])):
            ExpertCompetence.objects.create(
                profile=profile, competence=competence, evidence=one["can"][competence.key],
                level=Mastery.MASTERY if place == 0 and number % 2 == 0 else Mastery.SOLID,
            )  # fmt: skip
        if not applied:
            RoleHolding.objects.get_or_create(programme=programme, person=profile.person, role="expert")


def away(one: dict[str, Any]) -> list[list[str]]:
    """The days away of somebody, told from today on."""
    days = [clock.today() + dt.timedelta(days=count) for count in one.get("away", ())]
    return [[f"{day:%Y-%m-%d}" for day in days]] if days else []


def ask(
    programme: Programme, initiatives: list[Initiative], wanted: list[dict[str, Any]], by: Person
) -> list[ExpertRequest]:
    """Each initiative asks: most of them weeks ago, and what was read was opened; the last of them this week."""
    made = []
    for number, (initiative, one) in enumerate(zip(initiatives, wanted, strict=False)):
        late = number >= len(initiatives) - LATER
        with clock.rehearsing(clock.now() - dt.timedelta(days=3 if late else MATCHED + 4)):
            competences = Competence.objects.filter(field__programme=programme, field__key=one["field"])
            values = {
                "title": one["title"], "purpose": one["purpose"], "hours": one["hours"], "language": "it",
                "remote": True, "places": 1,
                "needed_by": clock.today() + dt.timedelta(days=80 + number * 3),
                "competences": [(row.pk, Mastery.SOLID) for row in competences.filter(key__in=one["needs"])],
            }  # fmt: skip
            request = asking.ask(initiative, values=values, send=True, by=led_by(initiative))
            made.append(request)
            if not late:
                asking.open_up(request, by=by)
    return made


def open_later(programme: Programme, by: Person) -> None:
    """What was asked this week is opened too, but for the last: that one is still to be read."""
    asked = ExpertRequest.objects.filter(initiative__programme=programme, state=RequestState.ASKED)
    for request in asked.order_by("needed_by")[: LATER - 1]:
        asking.open_up(request, by=by)


def match(programme: Programme, by: Person) -> list[Proposal]:
    """All open requests at once, looked at and sent: what each expert was asked, with the passages that met."""
    found = matching.compute(programme, objective=Objective.FAIR, sends_next=False, seen="", by=by)
    matching.send_round(found, days=MATCHED + STILL, by=by)
    rows = Proposal.objects.filter(round=found, state=ProposalState.SENT)
    return list(rows.select_related("profile__person", "request__initiative").order_by("request__needed_by"))


def read(programme: Programme) -> None:
    """The experts' words into the index, so that matching finds them; with their meaning where an encoder answers."""
    finder.catch_up(KIND)
    if encoding.queries_or_none(["vivaio"]) is not None:
        finder.encode()


def unread(programme: Programme) -> None:
    """The index as it was: an empty one is filled whole by its own job, a part of one would look complete."""
    Written.objects.filter(programme=programme, kind=KIND).delete()


def led_by(initiative: Initiative) -> Person:
    """Who leads its team."""
    return initiative.team.select_related("person").get(part=TeamPart.LEADER).person
