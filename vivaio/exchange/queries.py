"""Reads about the directory: who is in it, who looks after which entry, who sees which introduction."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from vivaio.exchange.models import Entry, Introduction
from vivaio.exchange.states import EntryState, IntroductionState
from vivaio.kit import clock
from vivaio.people import queries as people
from vivaio.people.models import Organisation, Person
from vivaio.people.states import MemberPart
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme


def listed(programme: Programme) -> QuerySet[Entry]:
    """The programme's directory."""
    return Entry.objects.filter(programme=programme, state=EntryState.LISTED).select_related("programme")


def public() -> QuerySet[Entry]:
    """Every entry that anyone may read."""
    return Entry.objects.filter(state=EntryState.LISTED, programme__in=programmes.public()).select_related(
        "programme"
    )


def administered(person: Person) -> QuerySet[Organisation]:
    """The organisations that the person may speak for."""
    held = people.current_memberships().filter(person_id=person.pk, part=MemberPart.ADMINISTRATOR)
    return Organisation.objects.filter(pk__in=held.values("organisation_id")).order_by("name")


def own(person: Person) -> QuerySet[Entry]:
    """The entries that the person looks after, in the directory or out of it."""
    mine = Q(person_id=person.pk) | Q(organisation__in=administered(person).values("pk"))
    return Entry.objects.filter(mine).select_related("programme", "organisation", "person")


def visible_to(person: Person) -> QuerySet[Entry]:
    """The entries of the programmes that the person may see, and one's own wherever they stand."""
    shown = Q(state=EntryState.LISTED, programme__in=programmes.visible_to(person).values("pk"))
    if not person.is_authenticated:
        return public().select_related("organisation", "person")
    mine = Q(pk__in=own(person).values("pk"))
    return Entry.objects.filter(shown | mine).select_related("programme", "organisation", "person")


def contacts_of(entry: Entry) -> list[Person]:
    """Who answers for the entry: the person, or the organisation's administrators."""
    if entry.person is not None:
        return [entry.person] if entry.person.is_active else []
    members = people.administrators_of(entry.organisation) if entry.organisation is not None else []
    return [member.person for member in members if member.person.is_active]


def looks_after(entry: Entry, person: Person) -> bool:
    """Whether the person answers for the entry."""
    return own(person).filter(pk=entry.pk).exists()


def introductions() -> QuerySet[Introduction]:
    """Introductions with what every page says of them."""
    return Introduction.objects.select_related(
        "entry__programme", "entry__organisation", "entry__person", "asked_by", "answered_by"
    )


def received_by(person: Person) -> QuerySet[Introduction]:
    """What is asked of the entries that the person looks after."""
    return introductions().filter(entry__in=own(person).values("pk"))


def asked_by(person: Person) -> QuerySet[Introduction]:
    """What the person has asked for."""
    return introductions().filter(asked_by_id=person.pk)


def followed_in(programme: Programme) -> QuerySet[Introduction]:
    """The programme's introductions, for those who help them along."""
    return introductions().filter(entry__programme=programme)


def introductions_visible_to(person: Person) -> QuerySet[Introduction]:
    """One's own, on either side, and those that one helps along."""
    helped = programmes.programmes_where(person, "introductions.follow").values("pk")
    return introductions().filter(
        Q(asked_by_id=person.pk) | Q(entry__in=own(person).values("pk")) | Q(entry__programme__in=helped)
    )


def met(introduction: Introduction, *, asker: bool) -> Person | None:
    """Whom one may write to since the introduction was accepted, as long as their account stands."""
    other = introduction.answered_by if asker else introduction.asked_by
    stands = introduction.state == IntroductionState.ACCEPTED and other is not None and other.is_active
    return other if stands else None


def asked_since(person: Person, span: dt.timedelta) -> int:
    """How many introductions the person has asked for lately."""
    return Introduction.objects.filter(asked_by_id=person.pk, created_at__gt=clock.now() - span).count()


def waits(entry: Entry, person: Person) -> bool:
    """Whether the person has asked already and nobody has answered."""
    return entry.introductions.filter(asked_by_id=person.pk, state=IntroductionState.ASKED).exists()


def locked(introduction_id: UUID) -> Introduction:
    """The introduction, its row locked until the transaction ends."""
    rows: Any = introductions().select_for_update(of=("self",))
    found: Introduction = rows.get(pk=introduction_id)
    return found


def locked_entry(entry_id: UUID) -> Entry:
    """The entry, its row locked until the transaction ends."""
    rows: Any = Entry.objects.select_for_update(of=("self",))
    found: Entry = rows.select_related("programme", "organisation", "person").get(pk=entry_id)
    return found


def entries_of_person(person: Person) -> QuerySet[Entry]:
    """The entries that a person has in their own name."""
    return Entry.objects.filter(person=person).select_related("programme").order_by("created_at")
