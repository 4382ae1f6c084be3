"""Who may do what in a programme, and why not.

`person=None` stands for the installation itself (a job, a command typed on the server): whoever can type
there already holds the database, so permissions do not apply; states do.
"""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from vivaio.people.models import Person
from vivaio.programmes import queries
from vivaio.programmes.models import Programme
from vivaio.programmes.roles import ROLES


def may(person: Person | None, permission: str, programme: Programme | UUID) -> str | None:
    """None if the person's roles carry the permission; else words that name the roles that do."""
    if person is None or queries.can(person, permission, programme):
        return None
    names = [str(role.name) for role in ROLES.values() if permission in role.permissions]
    return _("This needs one of these roles in the programme: %(roles)s.") % {"roles": ", ".join(names)}


def create(person: Person | None) -> Any:
    """Only the installation's administrator starts a programme."""
    if person is not None and not person.is_administrator:
        return _("Only the installation administrator may create a programme.")
    return None
