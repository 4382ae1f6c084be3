"""Who may take applications out, and fetch what was made."""

from typing import Any

from django.utils.translation import gettext as _

from vivaio.applications.dossiers import queries
from vivaio.applications.models import Dossier, DossierVolume
from vivaio.applications.states import DossierState
from vivaio.calls.models import Call
from vivaio.kit import formats
from vivaio.people.models import Person
from vivaio.programmes.rules import may

MOST, MOST_KEPT = 5000, 5


def take_out(call: Call, person: Person) -> Any:
    """Whoever reads the applications of the call."""
    return may(person, "applications.read", call.programme_id)


def own(dossier: Dossier, person: Person) -> Any:
    """Nobody else fetches, or ends, what one person asked for."""
    if dossier.person_id != person.pk:
        return _("Only the person who asked for these applications can do this.")
    return None


def begin(dossier: Dossier, person: Person) -> Any:
    """One at a time, and not more than a few that wait to be fetched."""
    if reason := own(dossier, person) or take_out(dossier.call, person):
        return reason
    if queries.under_way(person).exclude(pk=dossier.pk).exists():
        return _("Others that you asked for are still being prepared: wait for them, or call them off.")
    if queries.kept(person).count() >= MOST_KEPT:
        return _("%(n)s that you asked for are still kept: delete one that you have fetched.") % {
            "n": formats.number(MOST_KEPT)
        }
    return None


def cancel(dossier: Dossier, person: Person) -> Any:
    if reason := own(dossier, person):
        return reason
    if dossier.state != DossierState.UNDER_WAY:
        return _("Nothing is being prepared any more.")
    return None


def delete(dossier: Dossier, person: Person) -> Any:
    if reason := own(dossier, person):
        return reason
    if dossier.state != DossierState.READY:
        return _("There is nothing to delete any more.")
    return None


def fetch(volume: DossierVolume, person: Person) -> Any:
    """Asked again each time: whatever may not be read any more, its copy may not be fetched either."""
    dossier = volume.dossier
    if reason := own(dossier, person) or take_out(dossier.call, person):
        return reason
    if dossier.state != DossierState.READY or not volume.whole or queries.is_over(dossier):
        return _("It is not kept any more: choose the applications again.")
    if queries.lost(volume, person):
        return _(
            "Since it was made, an application in it was reopened by its team or erased, and may not be read any"
            " more. Choose the applications again: what you may read is put together anew."
        )
    return None
