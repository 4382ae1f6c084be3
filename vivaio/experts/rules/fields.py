"""Who words the bank, and what of it can be retired, offered again or deleted."""

from uuid import UUID

from django.utils.translation import gettext as _

from vivaio.experts.models import Competence, ExpertField
from vivaio.experts.queries import fields as queries
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.programmes.rules import may


def arrange(programme: Programme | UUID, person: Person) -> str | None:
    """Who matches experts says what they can offer."""
    return may(person, queries.MATCH, programme)


def there(row: ExpertField | Competence | None) -> str | None:
    """A colleague may have deleted it meanwhile."""
    return None if row is not None else _("It has been deleted meanwhile.")


def called(row: ExpertField | Competence) -> str | None:
    """Two of a list are not called alike: nobody could tell them apart in a form."""
    if queries.beside(row).exclude(pk=row.pk).filter(title__iexact=row.title).exists():
        return _("There is one with this title already: “%(title)s”.") % {"title": row.title}
    return None


def retire(row: ExpertField | Competence) -> str | None:
    """What is in use is retired; what nobody ever used is deleted."""
    if row.retired_at is not None:
        return _("It is retired already.")
    if not queries.in_use(row):
        return _("Nobody has used it yet: delete it.")
    return None


def restore(row: ExpertField | Competence) -> str | None:
    """What is retired is offered again; a competence once its field is."""
    if row.retired_at is None:
        return _("It is offered already.")
    if isinstance(row, Competence) and row.field.retired_at is not None:
        return _("Its field is retired: offer the field again first.")
    return None


def remove(row: ExpertField | Competence) -> str | None:
    """What somebody speaks of stays."""
    if queries.in_use(row):
        return _("Experts, requests, practices or the needs analysis speak of it: it can only be retired.")
    return None
