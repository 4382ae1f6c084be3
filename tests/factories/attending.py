"""Audiences of pitch days for tests."""

import factory

from tests.factories.pitching import PitchDayFactory
from vivaio.jury.models import Audience, Guest, GuestKey
from vivaio.jury.states import GuestState
from vivaio.kit import tokens


class AudienceFactory(factory.django.DjangoModelFactory):
    """Registration is open, for two."""

    class Meta:
        model = Audience

    day = factory.SubFactory(PitchDayFactory, state="announced")
    is_open = True
    places = 2


class GuestFactory(factory.django.DjangoModelFactory):
    """Somebody who has a place."""

    class Meta:
        model = Guest

    audience = factory.SubFactory(AudienceFactory)
    state = GuestState.COMING
    name = factory.Sequence(lambda n: f"Ospite {n}")
    email = factory.Sequence(lambda n: f"ospite{n}@example.org")
    notice = "1"


def keyed(guest, token):
    """The guest's page opens with this link."""
    GuestKey.objects.create(guest=guest, digest=tokens.digest(token))
    return token
