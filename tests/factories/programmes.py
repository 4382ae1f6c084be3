"""Programmes and roles for tests."""

import factory

from tests.factories.people import PersonFactory
from vivaio.programmes.models import Partner, Phase, Programme, RoleHolding
from vivaio.programmes.states import PartnerPart, ProgrammeState


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


class RoleHoldingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleHolding

    programme = factory.SubFactory(ProgrammeFactory)
    person = factory.SubFactory(PersonFactory)
    role = "manager"


def holder(programme: Programme, role: str, **person):
    """A person who holds `role` in `programme`."""
    return RoleHoldingFactory(programme=programme, role=role, person=PersonFactory(**person)).person
