"""What the room lets go of when a person is erased."""

from django.db import transaction

from vivaio.initiatives.queries import teaming
from vivaio.people.models import Person


@transaction.atomic
def forget(person: Person) -> None:
    """Their parts in teams and the invitations to their address go; what their teams did together stays."""
    teaming.of_person(person).delete()
    teaming.invitations_to(person.email).delete()
