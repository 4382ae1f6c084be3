"""Students placed with the demo's initiatives: an invented university, a round that was matched, one placement that
runs, one whose agreement waits for signatures, others to be accepted."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction

from vivaio.blueprints.demo import people
from vivaio.blueprints.demo.helping import led_by
from vivaio.experts.models import (
    LearningAgreement,
    OfferRank,
    Placement,
    PlacementHours,
    PlacementOffer,
    PlacementRound,
    PlacementStudent,
    StudentWish,
    UniversityTutor,
)
from vivaio.experts.placing.actions import interns, matching
from vivaio.experts.placing.actions import placements as actions
from vivaio.experts.placing.states import OfferState, PlacementRoundState, Side, StudentState
from vivaio.initiatives.models import Initiative
from vivaio.kit import clock
from vivaio.people.models import Organisation, Person
from vivaio.people.states import OrganisationKind
from vivaio.programmes.models import Programme, RoleHolding

UNIVERSITY = "Università dimostrativa di Milano"
STUDENTS = (
    (*people.STUDENT.split(" ", 1), "Economia sociale, secondo anno"),
    ("Davide", "Marchetti", "Design dei servizi, primo anno"),
    ("Noor", "Haddad", "Ingegneria gestionale, secondo anno"),
    ("Pietro", "Lanfranchi", "Scienze politiche, terzo anno"),
    ("Sofia", "Bellandi", "Comunicazione, secondo anno"),
    ("Ivan", "Petrosino", "Psicologia di comunità, secondo anno"),
)
WORK = (
    ("Misurare che cosa cambia", "Raccogliere i dati dei primi mesi e raccontarli in dieci pagine."),
    ("Un piano per farsi conoscere", "Interviste, un calendario e i primi contenuti."),
    ("I conti di un servizio nuovo", "Costi, prezzi e un modello che il gruppo sappia usare."),
    ("Una prova con venti persone", "Preparare la prova, seguirla, scrivere che cosa si è imparato."),
)


def place(programme: Programme, initiatives: list[Initiative], manager: Person) -> None:
    """A round with four offers and six students, matched; what became of the first placements."""
    university = Organisation.objects.get_or_create(name=UNIVERSITY, kind=OrganisationKind.UNIVERSITY)[0]
    tutor = people.account(*people.TUTOR.split(" ", 1))
    UniversityTutor.objects.create(programme=programme, university=university, person=tutor)
    RoleHolding.objects.get_or_create(programme=programme, person=tutor, role="university_tutor")
    row = opened(programme)
    offers = [
        offered(row, initiative, *WORK[number % len(WORK)]) for number, initiative in enumerate(initiatives)
    ]
    students = [joined(row, university, tutor, *one) for one in STUDENTS]
    preferred(students, offers)
    matching.send(matching.compute(row, seen="", by=manager), by=manager)
    found = list(
        Placement.objects.filter(round=row).select_related("offer__initiative").order_by("wish", "pk")
    )
    for placement in found[:2]:
        both_accept(placement)
    run(agreed_on(found[0]), tutor)
    waiting = agreed_on(found[1])
    digest = waiting.agreement.digest
    actions.sign(waiting, Side.STUDENT, digest=digest, by=waiting.student.person)


def opened(programme: Programme) -> PlacementRound:
    """The blueprint's round, moved so that its preferences ended yesterday."""
    now = clock.now()
    row = PlacementRound.objects.filter(programme=programme, state=PlacementRoundState.DRAFT).first()
    row = row or PlacementRound(programme=programme, title="Tirocini con borsa")
    row.seed, row.state = f"{programme.slug} dimostrazione", PlacementRoundState.OPEN
    row.offers_until, row.students_until = now - dt.timedelta(days=25), now - dt.timedelta(days=12)
    row.preferences_until = now - dt.timedelta(days=1)
    row.save()
    return row


def offered(row: PlacementRound, initiative: Initiative, title: str, tasks: str) -> PlacementOffer:
    """One place with a grant."""
    today, leader = clock.today(), led_by(initiative)
    return PlacementOffer.objects.create(
        round=row, initiative=initiative, title=title, tasks=tasks, written_by=leader, tutor=leader,
        learning="Come lavora un’iniziativa nei suoi primi mesi, dai conti alle persone.",
        hours=150, starts_on=today - dt.timedelta(days=20), ends_on=today + dt.timedelta(days=70),
        address="Milano", grant=Decimal("900.00"), state=OfferState.PUBLISHED, checked_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def joined(
    row: PlacementRound, university: Organisation, tutor: Person, given: str, family: str, course: str
) -> PlacementStudent:
    """A student whom the university vouches for: an intern for as long as they are a student here."""
    person = people.account(given, family)
    student = PlacementStudent.objects.create(
        round=row, person=person, university=university, course=course, vouched_by=tutor,
        languages={"it": "native", "en": "B2"}, hours_a_week=16, state=StudentState.VOUCHED,
        presentation="Vorrei imparare come un’idea per il quartiere diventa un servizio che regge.",
        available_from=clock.today() - dt.timedelta(days=20), vouched_at=clock.now(),
        available_until=clock.today() + dt.timedelta(days=90),
    )  # fmt: skip
    interns.settle(student)
    return student


def preferred(students: list[PlacementStudent], offers: list[PlacementOffer]) -> None:
    """Each student wishes two or three offers, the last gives no preferences; each initiative ranks three."""
    now = clock.now()
    for number, student in enumerate(students[:-1]):
        wanted = [offers[(number + step) % len(offers)] for step in range(2 + number % 2)]
        for position, offer in enumerate(wanted, start=1):
            StudentWish.objects.create(student=student, offer=offer, position=position)
        PlacementStudent.objects.filter(pk=student.pk).update(wishes_at=now)
    for number, offer in enumerate(offers):
        for position in range(1, 4):
            student = students[(number + position - 1) % (len(students) - 1)]
            OfferRank.objects.create(offer=offer, student=student, position=position)
        PlacementOffer.objects.filter(pk=offer.pk).update(ranked_at=now)


def both_accept(placement: Placement) -> None:
    """Student and initiative say yes."""
    actions.accept(placement, Side.STUDENT, by=placement.student.person)
    actions.accept(placement, Side.INITIATIVE, by=led_by(placement.offer.initiative))


def agreed_on(placement: Placement) -> Any:
    """The learning agreement, written by the initiative."""
    leader = led_by(placement.offer.initiative)
    values = {
        "goals": placement.offer.learning,
        "activities": placement.offer.tasks,
        "hours": placement.offer.hours,
        "starts_on": placement.offer.starts_on,
        "ends_on": placement.offer.ends_on,
        "host_tutor": str(leader),
        "university_tutor": people.TUTOR,
    }
    actions.write_agreement(placement, values=values, by=leader)
    return Placement.objects.select_related("agreement", "offer__initiative", "student__person").get(
        pk=placement.pk
    )


def run(placement: Any, tutor: Person) -> None:
    """The three sign; the student writes hours, the initiative confirms most of them."""
    leader = led_by(placement.offer.initiative)
    digest = LearningAgreement.objects.get(placement=placement).digest
    sides = ((Side.STUDENT, placement.student.person), (Side.INITIATIVE, leader), (Side.UNIVERSITY, tutor))
    for side, person in sides:
        actions.sign(placement, side, digest=digest, by=person)
    for number, what in enumerate(
        ("Primi colloqui", "Lettura dei dati", "Un’intervista", "Bozza del racconto")
    ):
        day = clock.today() - dt.timedelta(days=8 - number * 2)
        actions.log(placement, day=day, hours=Decimal("4.00"), what=what, by=placement.student.person)
    entries = PlacementHours.objects.filter(placement=placement).order_by("day")
    for entry in list(entries)[:3]:
        actions.confirm_hours(entry, by=leader)
