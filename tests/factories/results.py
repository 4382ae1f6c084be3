"""Results of a programme for tests."""

import factory

from tests.factories.programmes import ProgrammeFactory
from vivaio.kit import clock
from vivaio.publishing.models import Results


class ResultsFactory(factory.django.DjangoModelFactory):
    """Results in preparation, without a figure."""

    class Meta:
        model = Results

    programme = factory.SubFactory(ProgrammeFactory)
    taken_at = factory.LazyFunction(clock.now)
