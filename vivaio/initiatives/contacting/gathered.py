"""What a person's own data say of contacts: those with them, and those that they recorded."""

from typing import Any

from django.db.models import Q

from vivaio.initiatives.models import Contact, ContactStep
from vivaio.people.models import Person


def contacts(person: Person) -> list[dict[str, Any]]:
    rows = Contact.objects.filter(Q(person=person) | Q(recorded_by=person)).select_related("initiative")
    return [
        {
            "initiative": str(row.initiative),
            "kind": row.get_kind_display(),
            "who": row.who,
            "spoken_with": row.spoken_with,
            "begun_on": row.begun_on,
            "state": row.get_state_display(),
            "outcome": row.outcome,
            "with_you": row.person_id == person.pk,
        }
        for row in rows
    ]


def told(person: Person) -> list[dict[str, Any]]:
    rows = ContactStep.objects.filter(person=person).select_related("contact__initiative")
    return [
        {
            "initiative": str(row.contact.initiative),
            "contact": row.contact.who,
            "at": row.created_at,
            "text": row.text,
        }
        for row in rows
    ]
