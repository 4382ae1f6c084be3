"""Spotted organisations for tests."""

import factory

from tests.factories.applications import open_call
from tests.factories.programmes import ProgrammeFactory
from vivaio.applications.models import Prospect, ProspectInvitation
from vivaio.applications.states import ProspectState
from vivaio.kit import clock, tokens


class ProspectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Prospect

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Bottega dell'Ascolto {n}")
    source = "Fiera Fa' la cosa giusta"
    email = factory.Sequence(lambda n: f"info{n}@bottega.example.org")


class ProspectInvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProspectInvitation

    prospect = factory.SubFactory(ProspectFactory, state=ProspectState.INVITED)
    call = factory.LazyAttribute(lambda made: open_call(programme=made.prospect.programme))
    email = factory.LazyAttribute(lambda made: made.prospect.email)
    token_digest = factory.Sequence(lambda n: tokens.digest(f"scouted{n}"))
    sent_at = factory.LazyFunction(clock.now)
