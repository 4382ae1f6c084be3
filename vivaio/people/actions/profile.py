"""Writes on a person's own account."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vivaio.journal import actions as journal
from vivaio.kit.rules import Refused, require
from vivaio.people import events, rules
from vivaio.people.actions.frame import changed_fields
from vivaio.people.models import Person


@transaction.atomic
def update_profile(person: Person, values: Mapping[str, Any], *, by: Person) -> Person:
    """A person mends their own name, language or telephone."""
    if person.pk != by.pk and not by.is_administrator:
        raise Refused(_("You may only change your own profile."))
    person = Person.objects.select_for_update().get(pk=person.pk)
    if values.get("born_on", person.born_on) != person.born_on:
        require(rules.tell_birth, person, values["born_on"], by)
    changed = changed_fields(person, values)
    if changed:
        person.save()
        journal.record("people.profile_updated", person, by=by, fields=changed)
        if "born_on" in changed:
            events.birth_told.send(Person, person=person)
    return person
