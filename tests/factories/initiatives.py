"""Initiatives for tests, in the state that a test starts from, without the actions that lead there."""

import datetime as dt

import factory

from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.programmes import ProgrammeFactory
from vivaio.initiatives.models import Initiative, Passage, TeamInvitation, TeamMember
from vivaio.initiatives.states import InitiativeState, TeamPart
from vivaio.kit import clock, tokens


class InitiativeFactory(factory.django.DjangoModelFactory):
    """An initiative that is accompanied, without a team."""

    class Meta:
        model = Initiative

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence(lambda number: f"iniziativa-{number}")
    title = factory.Sequence(lambda number: f"La portineria leggera {number}")
    summary = "Una portineria di quartiere che tiene le chiavi, ritira i pacchi e ascolta."
    state = InitiativeState.ACTIVE


class TeamMemberFactory(factory.django.DjangoModelFactory):
    """A member of a team."""

    class Meta:
        model = TeamMember

    initiative = factory.SubFactory(InitiativeFactory)
    person = factory.SubFactory(PersonFactory)
    part = TeamPart.MEMBER


class PassageFactory(factory.django.DjangoModelFactory):
    """A line of an initiative's history."""

    class Meta:
        model = Passage

    initiative = factory.SubFactory(InitiativeFactory)
    to = InitiativeState.ACTIVE


class TeamInvitationFactory(factory.django.DjangoModelFactory):
    """An invitation to a team that waits."""

    class Meta:
        model = TeamInvitation

    initiative = factory.SubFactory(InitiativeFactory)
    email = factory.Sequence(lambda number: f"invitata{number}@example.org")
    token_digest = factory.LazyFunction(lambda: tokens.new_token()[1])
    expires_at = factory.LazyFunction(lambda: clock.now() + dt.timedelta(days=9))


def led(**fields):
    """An initiative and the person who leads it."""
    initiative = InitiativeFactory(**fields)
    return initiative, TeamMemberFactory(initiative=initiative, part=TeamPart.LEADER).person
