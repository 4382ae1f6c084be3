"""When an initiative is born."""

from django.utils.translation import gettext as _

from vivaio.applications.models import Application
from vivaio.initiatives.queries import birth as queries
from vivaio.initiatives.states import Origin
from vivaio.jury.models import RankingEntry
from vivaio.jury.states import PlaceState
from vivaio.people.models import Organisation, Person
from vivaio.programmes import rules as programmes
from vivaio.programmes.models import Programme


def bear(application: Application, person: Person | None) -> str | None:
    """An application whose place was accepted becomes an initiative; a contest bears none, nor does a collection."""
    refused = programmes.may(person, "initiatives.follow", application.call.programme_id)
    if refused:
        return refused
    if application.call.is_contest:
        return _("This call is a contest among initiatives that are there already.")
    if not application.call.bears:
        return _("This call collects good practices: no initiative is born of it.")
    accepted = RankingEntry.objects.filter(application=application, place=PlaceState.ACCEPTED)
    if not accepted.exists():
        return _("Its place has not been accepted: the initiative is born when it is.")
    return None


def bear_all(programme: Programme, person: Person) -> str | None:
    """Who accompanies the initiatives lets those be born that were selected before."""
    return programmes.may(person, "initiatives.follow", programme.pk)


def found(programme: Programme, organisation: Organisation | None, person: Person) -> str | None:
    """Who accompanies the initiatives founds one; its organisation is one that the programme knows."""
    refused = programmes.may(person, "initiatives.follow", programme.pk)
    if refused:
        return refused
    if organisation is not None:
        known = queries.organisations_around(programme).filter(pk=organisation.pk)
        if not known.exists():
            return _("The programme does not know this organisation: leave it out, its team names it later.")
    return None


def from_where(origin: str, told: str) -> str | None:
    """What came out of a lab says which."""
    if origin == Origin.LAB and not told.strip():
        return _("Write which lab it comes from, and when it was held.")
    return None
