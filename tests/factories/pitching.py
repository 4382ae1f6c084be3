"""Pitch days for tests, in the state that a test starts from."""

import datetime as dt

import factory

from tests.factories.jury import PanelFactory
from vivaio.jury.models import PitchDay, PitchSlot
from vivaio.jury.queries.assignment import judged
from vivaio.jury.states import PitchState
from vivaio.kit import clock


class PitchDayFactory(factory.django.DjangoModelFactory):
    """A day that is being prepared: tomorrow, eight minutes each and two between."""

    class Meta:
        model = PitchDay

    panel = factory.SubFactory(PanelFactory)
    state = PitchState.PREPARING
    starts_at = factory.LazyFunction(lambda: clock.now() + dt.timedelta(days=1))
    place = "Sala Alessi"
    screen = factory.Sequence(lambda n: f"screen-{n}")


def placed(day):
    """A place for everybody who is eligible, by number."""
    for position, one in enumerate(judged(day.panel)):
        PitchSlot.objects.create(day=day, application=one, position=position)
    return day
