"""Programmes and roles for tests."""

import factory

from tests.factories.people import PersonFactory
from vivaio.kit import clock
from vivaio.programmes.models import Controller, Notice, Partner, Phase, Programme, Purpose, RoleHolding
from vivaio.programmes.states import LegalBasis, PartnerPart, ProgrammeState


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    slug = factory.Sequence(lambda n: f"programma-{n}")
    title = factory.Sequence(lambda n: f"Programma {n}")
    state = ProgrammeState.PUBLISHED


class PhaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Phase

    programme = factory.SubFactory(ProgrammeFactory)
    key = factory.Sequence(lambda n: f"fase-{n}")
    title = factory.Sequence(lambda n: f"Fase {n}")


class PartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Partner

    programme = factory.SubFactory(ProgrammeFactory)
    key = factory.Sequence(lambda n: f"partner-{n}")
    name = factory.Sequence(lambda n: f"Partner {n}")
    part = PartnerPart.PARTNER


class ControllerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Controller

    programme = factory.SubFactory(ProgrammeFactory)
    name = "Comune di Milano"
    email = "privacy@example.org"


class NoticeFactory(factory.django.DjangoModelFactory):
    """A published version, unless `number=None`."""

    class Meta:
        model = Notice

    programme = factory.SubFactory(ProgrammeFactory)
    number = 1
    text = factory.Sequence(lambda n: f"Parole della versione {n}.")
    published_at = factory.LazyAttribute(lambda notice: clock.now() if notice.number else None)


class PurposeFactory(factory.django.DjangoModelFactory):
    """A purpose that asks for consent."""

    class Meta:
        model = Purpose

    programme = factory.SubFactory(ProgrammeFactory)
    key = factory.Sequence(lambda n: f"newsletter-{n}")
    title = factory.Sequence(lambda n: f"Newsletter {n}")
    basis = LegalBasis.CONSENT
    asked_in_application = True


class RoleHoldingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleHolding

    programme = factory.SubFactory(ProgrammeFactory)
    person = factory.SubFactory(PersonFactory)
    role = "manager"


def holder(programme: Programme, role: str, **person):
    """A person who holds `role` in `programme`."""
    return RoleHoldingFactory(programme=programme, role=role, person=PersonFactory(**person)).person
