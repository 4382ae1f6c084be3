"""Entries of the directory and introductions, for tests."""

import factory

from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.programmes import ProgrammeFactory
from vivaio.exchange.models import Entry, Introduction
from vivaio.people.states import MemberPart


class EntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Entry

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.LazyAttribute(lambda entry: str(entry.organisation or entry.person))
    offers = "Un laboratorio di sartoria."
    looks_for = "Chi sa vendere in rete."
    sectors = ["culture"]
    territory = "Milano"


class IntroductionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Introduction

    entry = factory.SubFactory(EntryFactory)
    asked_by = factory.SubFactory(PersonFactory)
    message = "Vorrei conoscervi."


def administered(programme, **person):
    """An entry of an organisation, and the person who administers it."""
    entry = EntryFactory(programme=programme)
    administrator = PersonFactory(**person)
    MembershipFactory(organisation=entry.organisation, person=administrator, part=MemberPart.ADMINISTRATOR)
    return entry, administrator
