"""Plans, diaries and contacts for tests, in the state that a test starts from, without the actions that lead there."""

import datetime as dt

import factory

from tests.factories.initiatives import InitiativeFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory
from vivaio.initiatives.models import (
    Contact,
    DiaryComment,
    DiaryEntry,
    DiaryFile,
    DiaryPhoto,
    Milestone,
    SharedMilestone,
)
from vivaio.initiatives.states import ContactKind, DiaryState, Visibility
from vivaio.kit import clock
from vivaio.people.models import Person


def in_days(days: int) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


class SharedMilestoneFactory(factory.django.DjangoModelFactory):
    """A milestone that a programme gives to all."""

    class Meta:
        model = SharedMilestone

    programme = factory.SubFactory(ProgrammeFactory)
    key = factory.Sequence(lambda number: f"tappa-{number}")
    title = factory.Sequence(lambda number: f"Bozza del dossier {number}")
    evidence = "Il dossier è nelle mani di chi accompagna."
    due_on = factory.LazyFunction(lambda: in_days(60))


class MilestoneFactory(factory.django.DjangoModelFactory):
    """A milestone that is planned and due in some weeks."""

    class Meta:
        model = Milestone

    initiative = factory.SubFactory(InitiativeFactory)
    title = factory.Sequence(lambda number: f"Prima bottega aperta {number}")
    evidence = "La saracinesca è alzata e qualcuno entra."
    due_on = factory.LazyFunction(lambda: in_days(40))
    first_due_on = factory.SelfAttribute("due_on")
    position = factory.Sequence(lambda number: number)


class DiaryEntryFactory(factory.django.DjangoModelFactory):
    """An entry that the team reads."""

    class Meta:
        model = DiaryEntry

    initiative = factory.SubFactory(InitiativeFactory)
    author = factory.SubFactory(PersonFactory)
    title = factory.Sequence(lambda number: f"Il primo giorno in cortile {number}")
    text = "Abbiamo montato **tre banchi** e ascoltato chi passava."
    state = DiaryState.KEPT


def told_to_all(state: DiaryState = DiaryState.WAITING, **fields):
    """An entry for everybody, declared by its author."""
    entry = DiaryEntryFactory(**fields)
    DiaryEntry.objects.filter(pk=entry.pk).update(
        state=state, visibility=Visibility.ALL, declared_by=entry.author, declared_at=clock.now()
    )
    entry.refresh_from_db()
    return entry


class DiaryCommentFactory(factory.django.DjangoModelFactory):
    """Something said about an entry."""

    class Meta:
        model = DiaryComment

    entry = factory.SubFactory(DiaryEntryFactory)
    person: Person = factory.SubFactory(PersonFactory)
    text = "Che bella notizia."


class DiaryFileFactory(factory.django.DjangoModelFactory):
    """A document of an entry."""

    class Meta:
        model = DiaryFile

    entry = factory.SubFactory(DiaryEntryFactory)
    file = factory.django.FileField(filename="pianta.pdf", data=b"%PDF-1.7\n%%EOF\n")
    name = "pianta.pdf"
    size = 14
    content_type = "application/pdf"
    sha256 = "0" * 64


class DiaryPhotoFactory(factory.django.DjangoModelFactory):
    """A photo of an entry."""

    class Meta:
        model = DiaryPhoto

    entry = factory.SubFactory(DiaryEntryFactory)
    alt = "Tre banchi da lavoro sotto un portico."
    large = factory.django.ImageField(filename="banchi.jpg", width=80, height=60)
    small = factory.django.ImageField(filename="banchi-piccola.jpg", width=40, height=30)
    width = 80
    height = 60


class ContactFactory(factory.django.DjangoModelFactory):
    """A contact that is open."""

    class Meta:
        model = Contact

    initiative = factory.SubFactory(InitiativeFactory)
    kind = ContactKind.PARTNER
    who = factory.Sequence(lambda number: f"Fondazione Naviglio {number}")
    spoken_with = "Ines Riva"
    reach = "ines.riva@example.org"
