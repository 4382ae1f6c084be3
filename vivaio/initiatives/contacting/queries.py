"""Reads about contacts: an initiative's, a programme's, figures, what is due to be forgotten."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from vivaio.initiatives.models import Contact, ContactStep, Initiative
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import ContactState, InitiativeState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.models import Programme

SOON = dt.timedelta(days=7)
REMINDED_FOR = dt.timedelta(days=60)


def contacts() -> QuerySet[Contact]:
    """Contacts with what every page says of them."""
    return Contact.objects.select_related("initiative__programme", "initiative__organisation", "organisation")


def of_initiative(initiative: Initiative) -> QuerySet[Contact]:
    """The contacts that the initiative has made."""
    return contacts().filter(initiative=initiative)


def visible_to(person: Person) -> QuerySet[Contact]:
    """The contacts of the initiatives whose pages the person may open."""
    return contacts().filter(initiative__in=initiatives.visible_to(person).order_by().values("pk"))


def in_programme(programme: Programme) -> QuerySet[Contact]:
    """Every contact of the programme's initiatives."""
    return contacts().filter(initiative__programme=programme)


def due() -> Q:
    """What contacts whose next step is due within days, or late, have in common."""
    return Q(state=ContactState.OPEN, next_due_on__lte=clock.today() + SOON)


def to_follow(person: Person) -> QuerySet[Contact]:
    """Contacts, of the person's teams, that they are to go on with: all where they lead, else those they recorded."""
    leading = initiatives.leading(person, OuterRef("initiative"))
    rows = Contact.objects.filter(due(), Q(recorded_by=person) | Q(Exists(leading)))
    return rows.exclude(initiative__state=InitiativeState.CLOSED)


def to_remind() -> QuerySet[Contact]:
    """Contacts that a letter tells of: due soon or late, but for those that nobody has dated anew for two months."""
    rows = contacts().filter(due(), next_due_on__gte=clock.today() - REMINDED_FOR)
    rows = rows.exclude(initiative__state=InitiativeState.CLOSED)
    return rows.order_by("initiative_id", "next_due_on", "pk")


def figures(programme: Programme) -> dict[tuple[str, str], int]:
    """How many contacts there are by kind and state; one query."""
    rows = in_programme(programme).order_by().values("kind", "state").annotate(n=Count("pk"))
    return {(row["kind"], row["state"]): row["n"] for row in rows}


def brought(programme: Programme) -> list[tuple[str, Any]]:
    """What came of contacts in money, by currency."""
    rows = in_programme(programme).filter(state=ContactState.WON).exclude(amount=None).order_by()
    return [(row["currency"], row["total"]) for row in rows.values("currency").annotate(total=Sum("amount"))]


def steps_of(contact: Contact) -> QuerySet[ContactStep]:
    """What happened with it, in its order."""
    return ContactStep.objects.filter(contact=contact).select_related("person").order_by("created_at", "pk")


def from_source(initiative: Initiative, source: str) -> Contact | None:
    """The contact that this opened already."""
    return contacts().filter(initiative=initiative, source=source).first()


def locked(contact_id: UUID) -> Contact:
    """The contact, its row locked until the transaction ends."""
    rows: Any = contacts().select_for_update(of=("self",))
    found: Contact = rows.get(pk=contact_id)
    return found


def ended_long_ago(programme: UUID | None, before: dt.datetime) -> QuerySet[Contact]:
    """Contacts that ended, or that nobody has touched, before that instant and may still name a person."""
    told = ContactStep.objects.filter(contact=OuterRef("pk")).exclude(text="")
    named = ~Q(spoken_with="") | ~Q(reach="") | Q(person__isnull=False)
    named |= ~Q(notes="") | ~Q(next_step="") | Q(Exists(told))
    rows = Contact.objects.filter(named, initiative__programme=programme)
    ended = ~Q(state=ContactState.OPEN) & Q(ended_on__lt=before.date())
    return rows.filter(ended | Q(state=ContactState.OPEN, updated_at__lt=before))
