"""Juries for tests, in the state that a test starts from, without the actions that lead there."""

import datetime as dt

import factory

from tests.factories.applications import close, handed_in, open_call
from tests.factories.calls import CriterionFactory
from tests.factories.people import PersonFactory, declared
from vivaio.applications.states import ApplicationState
from vivaio.jury.models import Assignment, Conflict, Juror, Panel, Score
from vivaio.jury.states import AssignmentState, ConflictSource, JurorState, PanelState
from vivaio.kit import clock
from vivaio.programmes.models import RoleHolding


def judging_call(*, criteria=(("bisogno", 40), ("innovazione", 60)), reviews_each=2, **fields):
    """A call that closed, its scoring open since an hour for ten days, with criteria from 1 to 5."""
    call = close(open_call(**fields))
    call.scoring_opens_at = clock.now() - dt.timedelta(hours=1)
    call.scoring_closes_at = clock.now() + dt.timedelta(days=10)
    call.reviews_each = reviews_each
    call.save()
    for position, (key, weight) in enumerate(criteria):
        CriterionFactory(call=call, key=key, title=key.capitalize(), weight=weight, position=position)
    return call


class PanelFactory(factory.django.DjangoModelFactory):
    """A jury whose scoring has begun."""

    class Meta:
        model = Panel

    call = factory.LazyFunction(judging_call)
    state = PanelState.SCORING


class JurorFactory(factory.django.DjangoModelFactory):
    """Somebody who accepted, holds the role and declared no conflict."""

    class Meta:
        model = Juror
        skip_postgeneration_save = True

    panel = factory.SubFactory(PanelFactory)
    person = factory.SubFactory(PersonFactory)
    email = factory.LazyAttribute(lambda made: made.person.email)
    given_name = factory.LazyAttribute(lambda made: made.person.given_name)
    family_name = factory.LazyAttribute(lambda made: made.person.family_name)
    state = JurorState.ACCEPTED
    capacity = 15
    answered_at = factory.LazyFunction(clock.now)
    conflicts_declared_at = factory.LazyFunction(clock.now)

    @factory.post_generation
    def role(self, create, extracted, **_kwargs):
        if self.person and self.state == JurorState.ACCEPTED:
            RoleHolding.objects.get_or_create(
                programme=self.panel.call.programme, person=self.person, role="juror"
            )


def eligible(call, **fields):
    """An application found eligible, of an organisation whose members and board are known."""
    made = handed_in(call, state=ApplicationState.ADMITTED, **fields)
    if made.organisation:
        declared(made.organisation)
    return made


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assignment

    juror = factory.SubFactory(JurorFactory)
    application = factory.LazyAttribute(lambda made: eligible(made.juror.panel.call))


class ConflictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Conflict

    juror = factory.SubFactory(JurorFactory)
    application = factory.LazyAttribute(lambda made: eligible(made.juror.panel.call))
    source = ConflictSource.RECORDED
    reason = "Siede nel consiglio."


def scored(assignment, *values):
    """The sheet complete, with these scores in the order of the criteria (4 where none is given)."""
    for index, criterion in enumerate(assignment.application.call.criteria.order_by("position", "key")):
        value = values[index] if index < len(values) else 4
        Score.objects.update_or_create(assignment=assignment, criterion=criterion, defaults={"value": value})
    assignment.state = AssignmentState.DONE
    assignment.scored_at = assignment.completed_at = clock.now()
    assignment.save()
    return assignment
