"""Who may make a call out of another, and under which address."""

from django.utils.translation import gettext as _

from vivaio.calls import rules as calls
from vivaio.calls.models import Call
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.programmes.rules import may


def clone(call: Call, programme: Programme, person: Person | None) -> str | None:
    """Whoever reads the one as staff, and may begin a call where the other is to be."""
    return may(person, "calls.read", call.programme_id) or calls.create(programme, person)


def slug_free(programme: Programme, slug: str) -> str | None:
    """No other call of the programme has the address."""
    if programme.calls.filter(slug=slug).exists():
        return _("There is already a call with the address “%(slug)s” in this programme. Choose another.") % {
            "slug": slug
        }
    return None
