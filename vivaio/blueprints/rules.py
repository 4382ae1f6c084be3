"""Who may bring a blueprint to the installation."""

from django.utils.translation import gettext as _

from vivaio.people.models import Person
from vivaio.programmes import queries
from vivaio.programmes import rules as programmes
from vivaio.programmes.models import Programme


def apply(programme: Programme | None, person: Person | None) -> str | None:
    """An existing programme needs the role for it; a new one the installation's administrator."""
    if programme is None:
        return programmes.create(person)
    return programmes.may(person, "blueprint.apply", programme)


def shift(document_start: str | None) -> str | None:
    """Dates can be shifted only from a day that the file names."""
    if not document_start:
        return _("This blueprint names no date, so there is nothing to count from: leave the start out.")
    return None


def choose(person: Person) -> str | None:
    """Whoever may start a programme, or apply a blueprint to one of theirs, may look at plans."""
    if programmes.create(person) is None or queries.programmes_where(person, "blueprint.apply").exists():
        return None
    return _("Blueprints are for the installation administrator and for programme managers.")
