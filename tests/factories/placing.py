"""Placements for tests, in the state that a test starts from, without the actions that lead there."""

import datetime as dt

import factory
from django.core.files.base import ContentFile

from tests.factories.initiatives import InitiativeFactory
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.programmes import ProgrammeFactory
from vivaio.experts.models import (
    AgreementSignature,
    LearningAgreement,
    Placement,
    PlacementHours,
    PlacementInvitation,
    PlacementOffer,
    PlacementRound,
    PlacementStudent,
    StudentWish,
    UniversityTutor,
)
from vivaio.experts.placing import agreed
from vivaio.experts.placing.states import OfferState, PlacementRoundState, PlacementState, Side, StudentState
from vivaio.kit import clock, tokens
from vivaio.people.states import OrganisationKind


def in_days(days):
    return clock.now() + dt.timedelta(days=days)


class UniversityFactory(OrganisationFactory):
    kind = OrganisationKind.UNIVERSITY
    name = factory.Sequence(lambda n: f"Università degli studi {n}")


class TutorFactory(factory.django.DjangoModelFactory):
    """Who follows the students of a university."""

    class Meta:
        model = UniversityTutor

    programme = factory.SubFactory(ProgrammeFactory)
    university = factory.SubFactory(UniversityFactory)
    person = factory.SubFactory(PersonFactory)


class PlacementRoundFactory(factory.django.DjangoModelFactory):
    """A round that is open, its dates to come."""

    class Meta:
        model = PlacementRound

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"Tirocini di primavera {n}")
    presentation = "Tre mesi con chi innova."
    offers_until = factory.LazyFunction(lambda: in_days(10))
    students_until = factory.LazyFunction(lambda: in_days(20))
    preferences_until = factory.LazyFunction(lambda: in_days(30))
    seed = "lotto di prova"
    state = PlacementRoundState.OPEN


def over(**fields):
    """A round whose preferences are all in."""
    past = {"offers_until": in_days(-30), "students_until": in_days(-20), "preferences_until": in_days(-1)}
    return PlacementRoundFactory(**past | fields)


class StudentFactory(factory.django.DjangoModelFactory):
    """A student whom the university has vouched for."""

    class Meta:
        model = PlacementStudent

    round = factory.SubFactory(PlacementRoundFactory)
    person = factory.SubFactory(PersonFactory)
    university = factory.SubFactory(UniversityFactory)
    course = "Economia, secondo anno"
    languages = factory.LazyFunction(lambda: {"it": "native", "en": "B2"})
    presentation = "Vorrei vedere come nasce un'impresa sociale."
    available_from = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=40))
    available_until = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=150))
    hours_a_week = 20
    state = StudentState.VOUCHED


def with_curriculum(student):
    """The student with a file."""
    student.file.save("cv.pdf", ContentFile(b"%PDF-1.7\n%%EOF\n"), save=False)
    student.name, student.size, student.content_type = "cv.pdf", 15, "application/pdf"
    student.save()
    return student


class OfferFactory(factory.django.DjangoModelFactory):
    """An offer that students see."""

    class Meta:
        model = PlacementOffer

    round = factory.SubFactory(PlacementRoundFactory)
    initiative = factory.SubFactory(InitiativeFactory)
    title = factory.Sequence(lambda n: f"Misurare che cosa cambia {n}")
    tasks = "Raccogliere i dati delle portinerie e raccontarli."
    learning = "Come si misura un effetto sociale."
    places = 1
    hours = 150
    starts_on = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=45))
    ends_on = factory.LazyFunction(lambda: clock.today() + dt.timedelta(days=120))
    state = OfferState.PUBLISHED


class PlacementInvitationFactory(factory.django.DjangoModelFactory):
    """An invitation that waits."""

    class Meta:
        model = PlacementInvitation

    programme = factory.LazyAttribute(lambda made: made.round.programme)
    round = factory.SubFactory(PlacementRoundFactory)
    email = factory.Sequence(lambda n: f"studente{n}@example.org")
    token_digest = factory.Sequence(lambda n: tokens.digest(f"tirocinio-{n}"))
    expires_at = factory.LazyFunction(lambda: in_days(9))


class PlacementFactory(factory.django.DjangoModelFactory):
    """A placement that waits to be accepted."""

    class Meta:
        model = Placement

    round = factory.SubFactory(PlacementRoundFactory, state=PlacementRoundState.SENT)
    student = factory.SubFactory(StudentFactory, round=factory.SelfAttribute("..round"))
    offer = factory.SubFactory(OfferFactory, round=factory.SelfAttribute("..round"))
    wish = 1
    answer_by = factory.LazyFunction(lambda: in_days(7))


def agreeing(**fields):
    """A placement that both accepted, its agreement written."""
    now = clock.now()
    given = {"student_accepted_at": now, "initiative_accepted_at": now, "state": PlacementState.AGREEING}
    placement = PlacementFactory(**given | fields)
    agreement = LearningAgreement(
        placement=placement, goals="Saper misurare.", activities="Dati, interviste, un racconto.", hours=150,
        starts_on=clock.today() - dt.timedelta(days=30), ends_on=clock.today() + dt.timedelta(days=60),
        host_tutor="Giulia Ferri", university_tutor="Prof. Anna Riva", written_at=now,
    )  # fmt: skip
    agreement.digest = agreed.digest(agreement)
    agreement.save()
    return placement


def running(**fields):
    """A placement that runs: the three have signed."""
    placement = agreeing(**{"state": PlacementState.RUNNING, "started_at": in_days(-20)} | fields)
    agreement = LearningAgreement.objects.get(placement=placement)
    for side in Side:
        AgreementSignature.objects.create(
            agreement=agreement, side=side, person=None, name="Chi firma", digest=agreement.digest,
            signed_at=in_days(-20),
        )  # fmt: skip
    return placement


def hours(placement, days=1, **fields):
    """Hours of a day, that wait to be confirmed."""
    given = {"day": clock.today() - dt.timedelta(days=days), "hours": "4.00", "what": "Interviste"}
    return PlacementHours.objects.create(placement=placement, **given | fields)


def wishes(student, *offers):
    """What the student would take, in this order."""
    for position, offer in enumerate(offers, start=1):
        StudentWish.objects.create(student=student, offer=offer, position=position)
    PlacementStudent.objects.filter(pk=student.pk).update(wishes_at=clock.now())


def typed_round(**more):
    """What somebody types who makes a round."""
    day = clock.today()
    told = {
        f"{name}_until": f"{day + dt.timedelta(days=days):%Y-%m-%d}T23:59"
        for name, days in (("offers", 10), ("students", 20), ("preferences", 30))
    }
    return {"title": "Tirocini d'autunno", "presentation": "", "answer_days": "7"} | told | more


def typed_student(university, **more):
    """What a student types."""
    day = clock.today()
    return {
        "university": str(university.pk),
        "course": "Design dei servizi, primo anno",
        "presentation": "Cerco un luogo dove provare.",
        "available_from": f"{day + dt.timedelta(days=40):%Y-%m-%d}",
        "available_until": f"{day + dt.timedelta(days=140):%Y-%m-%d}",
        "hours_a_week": "20",
        "of_age": "on",
        "language_1": "it",
        "language_level_1": "native",
    } | more


def typed_offer(row, tutor, **more):
    """What a leader types who offers a placement."""
    day = clock.today()
    return {
        "round": str(row.pk),
        "title": "Raccontare un cortile",
        "tasks": "Interviste e un quaderno.",
        "learning": "Ascoltare e scrivere.",
        "places": "2",
        "hours": "150",
        "starts_on": f"{day + dt.timedelta(days=45):%Y-%m-%d}",
        "ends_on": f"{day + dt.timedelta(days=120):%Y-%m-%d}",
        "work_place": "in_person",
        "address": "Via Esempio 3",
        "tutor": str(tutor.pk),
        "grant": "",
    } | more


def typed_agreement(**more):
    """What one of the three types."""
    day = clock.today()
    return {
        "goals": "Saper condurre un'intervista.",
        "activities": "Dieci interviste, un quaderno.",
        "hours": "150",
        "starts_on": f"{day - dt.timedelta(days=5):%Y-%m-%d}",
        "ends_on": f"{day + dt.timedelta(days=90):%Y-%m-%d}",
        "host_tutor": "Giulia Ferri",
        "university_tutor": "Anna Riva",
    } | more
