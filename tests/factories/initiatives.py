"""Initiatives for tests, in the state that a test starts from, without the actions that lead there."""

import datetime as dt

import factory
from django.core.files.base import ContentFile

from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.programmes import ProgrammeFactory
from vivaio.initiatives.models import Initiative, LegalProof, Passage, Story, TeamInvitation, TeamMember
from vivaio.initiatives.states import InitiativeState, StoryState, TeamPart
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


class LegalProofFactory(factory.django.DjangoModelFactory):
    """A proof of a legal entity that waits to be checked."""

    class Meta:
        model = LegalProof

    initiative = factory.SubFactory(InitiativeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7\n%%EOF\n", name="statuto.pdf"))
    name = "statuto.pdf"
    size = 15
    content_type = "application/pdf"
    sha256 = "0" * 64


class StoryFactory(factory.django.DjangoModelFactory):
    """A public page that its team is writing, with a picture."""

    class Meta:
        model = Story

    initiative = factory.SubFactory(InitiativeFactory)
    lead = "Tre portinerie di nuovo aperte."
    text = "Chi abita nel cortile sa a chi **lasciare le chiavi**."
    picture = factory.LazyFunction(lambda: ContentFile(b"\xff\xd8\xff\xd9", name="cortile.jpg"))
    picture_alt = "Un cortile con il banco della portineria"
    picture_width = 800
    picture_height = 600


def published(story):
    """The story as it is once the programme approved it."""
    story.state, story.shown, story.published_at = StoryState.APPROVED, story.as_it_stands(), clock.now()
    story.save()
    return story


def led(**fields):
    """An initiative and the person who leads it."""
    initiative = InitiativeFactory(**fields)
    return initiative, TeamMemberFactory(initiative=initiative, part=TeamPart.LEADER).person
