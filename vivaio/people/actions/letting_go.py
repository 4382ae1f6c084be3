"""Accounts that nobody ever used go."""

from uuid import UUID

from django.db import transaction

from vivaio.journal import actions as journal
from vivaio.mailroom import actions as mailroom
from vivaio.people.models import Person


@transaction.atomic
def drop_unused(pk: UUID) -> None:
    """Delete an account that nobody ever signed in to. Run again, it does nothing."""
    person = Person.objects.select_for_update().filter(pk=pk, last_login=None).first()
    if person is not None:
        journal.record("people.account_dropped", person)
        mailroom.forget_choices(person.pk, person.email)
        person.delete()
