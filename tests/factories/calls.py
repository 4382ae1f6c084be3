"""Calls for tests: open since yesterday for a week, one track, two criteria."""

import datetime as dt

import factory

from tests.factories.programmes import ProgrammeFactory
from vivaio.calls.models import Award, Call, CallQuestion, Condition, Criterion, Track
from vivaio.calls.states import AwardKind, CallState, ConditionKind, QuestionState
from vivaio.kit import clock


class CallFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Call

    programme = factory.SubFactory(ProgrammeFactory)
    slug = factory.Sequence(lambda n: f"bando-{n}")
    title = factory.Sequence(lambda n: f"Bando {n}")
    state = CallState.PUBLISHED
    opens_at = factory.LazyFunction(lambda: clock.now() - dt.timedelta(days=1))
    closes_at = factory.LazyFunction(lambda: clock.now() + dt.timedelta(days=7))
    scoring_opens_at = factory.LazyAttribute(lambda call: call.closes_at + dt.timedelta(days=1))
    scoring_closes_at = factory.LazyAttribute(lambda call: call.closes_at + dt.timedelta(days=10))


class TrackFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Track

    call = factory.SubFactory(CallFactory)
    key = factory.Sequence(lambda n: f"percorso-{n}")
    title = factory.Sequence(lambda n: f"Percorso {n}")
    places = 2
    minimum_score = 60


class CriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Criterion

    call = factory.SubFactory(CallFactory)
    key = factory.Sequence(lambda n: f"criterio-{n}")
    title = factory.Sequence(lambda n: f"Criterio {n}")
    weight = 50
    scale_min = 1
    scale_max = 5


class ConditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Condition

    call = factory.SubFactory(CallFactory)
    key = factory.Sequence(lambda n: f"condizione-{n}")
    title = factory.Sequence(lambda n: f"Condizione {n}")
    kind = ConditionKind.STAFF


class AwardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Award

    call = factory.SubFactory(CallFactory)
    key = factory.Sequence(lambda n: f"premio-{n}")
    title = factory.Sequence(lambda n: f"Premio {n}")
    kind = AwardKind.PLACE


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CallQuestion

    call = factory.SubFactory(CallFactory)
    text = factory.Sequence(lambda n: f"Domanda {n}?")
    state = QuestionState.PUBLISHED
    number = factory.Sequence(lambda n: n + 1)
    wording = factory.LazyAttribute(lambda one: one.text)
    answer = "Sì."
    answered_at = factory.LazyFunction(clock.now)
