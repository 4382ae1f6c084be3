"""Where tests of placements are played."""

from django.test import Client

from tests.factories.initiatives import led
from tests.factories.placing import (
    OfferFactory,
    PlacementFactory,
    PlacementRoundFactory,
    StudentFactory,
    TutorFactory,
)
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.mailroom.models import OutgoingLetter


class Scene:
    """A programme with a manager, a university with its tutor, an initiative with its leader."""

    def __init__(self, make=PlacementRoundFactory):
        self.programme = ProgrammeFactory()
        self.manager = holder(self.programme, "community_manager", given_name="Bruna", family_name="Sala")
        self.tutor = TutorFactory(programme=self.programme)
        self.initiative, self.leader = led(programme=self.programme)
        self.round = make(programme=self.programme)

    def student(self, **fields):
        return StudentFactory(round=self.round, university=self.tutor.university, **fields)

    def offer(self, **fields):
        return OfferFactory(round=self.round, **{"initiative": self.initiative} | fields)

    def placement(self, make=PlacementFactory, **fields):
        offer = fields.pop("offer", None) or self.offer()
        return make(
            round=self.round, offer=offer, student=fields.pop("student", None) or self.student(), **fields
        )


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def letters(kind):
    return OutgoingLetter.objects.filter(letter=f"experts.{kind}")
