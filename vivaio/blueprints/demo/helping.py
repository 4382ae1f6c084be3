"""How the demo's initiatives are helped: needs, the competence bank, money of invented funders."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from vivaio.blueprints.demo import people
from vivaio.experts.models import (
    Competence,
    ExpertCompetence,
    ExpertField,
    ExpertProfile,
    ExpertRequest,
    Proposal,
    RequestedCompetence,
)
from vivaio.experts.states import Level as Mastery
from vivaio.experts.states import ProfileState as Admission
from vivaio.experts.states import ProposalState, RequestState
from vivaio.funding.actions import awards, claims, ledger
from vivaio.initiatives.models import Coach, Dimension, Initiative, NeedsRound, Profile, Rating
from vivaio.initiatives.states import Level, ProfileState, RoundState, TeamPart
from vivaio.kit import clock, files
from vivaio.people.models import Person
from vivaio.programmes.models import Programme, RoleHolding

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def analyse(programme: Programme, initiatives: list[Initiative], coach: Person) -> None:
    """The blueprint's dimensions; its first round is closed, with what was agreed with each team."""
    dimensions = list(Dimension.objects.filter(programme=programme))
    then = clock.now() - dt.timedelta(days=60)
    entrance = NeedsRound.objects.get(programme=programme)
    entrance.state, entrance.opened_at = RoundState.CLOSED, then - dt.timedelta(days=14)
    entrance.due_at = entrance.closed_at = then
    entrance.save()
    for number, initiative in enumerate(initiatives):
        Coach.objects.create(initiative=initiative, person=coach)
        profile = Profile.objects.create(
            round=entrance, initiative=initiative, state=ProfileState.AGREED, agreed_at=then, agreed_by=coach,
            present="Il gruppo di lavoro e chi lo accompagna",
        )  # fmt: skip
        for place, one in enumerate(dimensions):
            points = 25 + (number * 17 + place * 29) % 65
            level = Level.GAP if points < 50 else Level.STRENGTH if points >= 75 else Level.FAIR
            Rating.objects.create(
                profile=profile, dimension=one, title=one.title, field=one.field, points=points, level=level,
                hours=12 if level == Level.GAP else 0,
            )  # fmt: skip


def bank(programme: Programme, known: list[dict[str, Any]], manager: Person) -> None:
    """Twelve experts in the blueprint's six fields, of whom the last waits to be checked."""
    for number, one in enumerate(known):
        person = people.account(*one["name"].split(" ", 1))
        applied = number == len(known) - 1
        profile = ExpertProfile.objects.create(
            programme=programme, person=person, headline=one["headline"], languages=one["languages"],
            presentation=f"{one['headline']}: da anni a fianco di cooperative e gruppi che cominciano.",
            area="Milano", hours_a_month=6 + number % 4 * 2,
            state=Admission.APPLIED if applied else Admission.CHECKED,
            checked_by=None if applied else manager, checked_at=None if applied else clock.now(),
            expires_on=None if applied else clock.today() + dt.timedelta(days=300),
        )  # fmt: skip
        for competence in Competence.objects.filter(field__programme=programme, field__key=one["field"])[:2]:
            ExpertCompetence.objects.create(
                profile=profile,
                competence=competence,
                level=Mastery.SOLID + number % 2,
                evidence="Dieci incarichi.",
            )
        if not applied:
            RoleHolding.objects.get_or_create(programme=programme, person=person, role="expert")


def ask(programme: Programme, initiatives: list[Initiative]) -> None:
    """Eight requests, one that the programme has still to read; an expert was sent the first."""
    fields = list(ExpertField.objects.filter(programme=programme))
    for number, initiative in enumerate(initiatives):
        field = fields[(number + 1) % len(fields)]
        request = ExpertRequest.objects.create(
            initiative=initiative, title=f"{field.title}: un primo piano", hours=8 + number % 3 * 4,
            purpose="Ci serve qualcuno che lavori con noi fino alla prova con le prime persone.",
            state=RequestState.ASKED if number == len(initiatives) - 1 else RequestState.OPEN,
            needed_by=clock.today() + dt.timedelta(days=45 + number * 3), asked_at=clock.now(),
            asked_by=led_by(initiative),
        )  # fmt: skip
        competence = field.competences.first()
        RequestedCompetence.objects.create(request=request, competence=competence, level=Mastery.SOLID)
        if number == 0:
            profile = ExpertProfile.objects.get(
                programme=programme, person__email=people.address(*people.EXPERT.split(" ", 1))
            )
            Proposal.objects.create(
                request=request, profile=profile, state=ProposalState.SENT, sent_at=clock.now(), score="0.8200",
                reasons=[{"why": "language", "code": "it"}], monthly_hours=request.monthly_hours,
            )  # fmt: skip


def pay(programme: Programme, initiatives: list[Initiative], manager: Person) -> None:
    """Money of two invented funders, two vouchers, a claim that waits and one that was paid."""
    today = clock.today()
    for letter, amount in (("A", "60000.00"), ("B", "25000.00")):
        ledger.receive(
            programme, funder=f"Ente finanziatore {letter} (dimostrativo)", amount=Decimal(amount),
            document=f"Atto dimostrativo {letter}/1", reason="Sostegno all'accompagnamento",
            on=today - dt.timedelta(days=70), by=manager,
        )  # fmt: skip
    awards.set_terms(programme, two_people=False, remind_days=20, by=manager)
    for number, initiative in enumerate(initiatives):
        values = {
            "kind": "voucher",
            "title": "Voucher per consulenza",
            "document": f"Atto dimostrativo V/{number + 1}",
            "amount": Decimal("5000.00"),
        }
        award = awards.award(programme, initiative, values=values, by=manager)
        claim = claims.submit(invoiced(award, number, led_by(initiative)), by=led_by(initiative))
        if number == 1:
            claim = claims.approve(claim, by=manager)
            claims.pay(claim, paid_on=today, reference="Mandato dimostrativo 1", by=manager)


def invoiced(award: Any, number: int, by: Person) -> Any:
    """A claim with its invoice."""
    values = {
        "payee_name": "Studio Dimostrativo",
        "payee_code": "00743110157",
        "payee_iban": "IT60X0542811101000000123456",
        "invoice_number": f"DEMO {number + 1}",
        "invoice_on": clock.today() - dt.timedelta(days=5),
        "amount": Decimal("1200.00"),
        "vat": Decimal("0.00"),
        "purpose": "Piano economico a tre anni",
    }
    file = files.check(SimpleUploadedFile("fattura.pdf", PDF, "application/pdf"))
    return claims.begin(award, values=values, file=file, by=by)


def led_by(initiative: Initiative) -> Person:
    """Who leads its team."""
    return initiative.team.select_related("person").get(part=TeamPart.LEADER).person
