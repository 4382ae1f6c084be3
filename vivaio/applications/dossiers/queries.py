"""Reads of applications that are taken out."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Sum

from vivaio.applications import queries as applications
from vivaio.applications.models import Application, Dossier, DossierVolume
from vivaio.applications.states import DossierState
from vivaio.calls.models import Call
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.queries import programmes_where

SILENCE = dt.timedelta(hours=1)
FORGOTTEN = dt.timedelta(days=1)


def visible_to(person: Person) -> QuerySet[Dossier]:
    """One's own, as long as one reads the applications of the call."""
    programmes = programmes_where(person, "applications.read")
    found = Dossier.objects.filter(person=person.pk, call__programme__in=programmes)
    return found.select_related("call__programme", "person")


def listed(person: Person, call: Call) -> QuerySet[Dossier]:
    """One's own of a call that were asked for, with what they weigh."""
    rows = visible_to(person).filter(call=call).exclude(state=DossierState.CHOSEN)
    return rows.annotate(weight=Sum("volumes__size"))


def volumes_of(person: Person) -> QuerySet[DossierVolume]:
    """The files of one's own."""
    mine = visible_to(person).order_by()
    return DossierVolume.objects.filter(dossier__in=mine).select_related(
        "dossier__call__programme", "dossier__person"
    )


def whole(dossier: Dossier) -> list[DossierVolume]:
    return list(dossier.volumes.filter(whole=True).select_related("dossier__call"))


def locked(pk: UUID | str) -> Dossier | None:
    """The dossier under its row lock; None where it has gone."""
    rows = Dossier.objects.select_for_update(of=("self",)).select_related("call__programme", "person")
    return rows.filter(pk=pk).first()


def under_way(person: Person) -> QuerySet[Dossier]:
    return Dossier.objects.filter(person=person.pk, state=DossierState.UNDER_WAY)


def kept(person: Person) -> QuerySet[Dossier]:
    return Dossier.objects.filter(person=person.pk, state=DossierState.READY)


def readable(dossier: Dossier, pk: str) -> Application | None:
    """The application as whoever asked may read it at this moment; None where they may not."""
    return applications.for_staff(dossier.person).filter(call=dossier.call_id, pk=pk).first()


def is_over(dossier: Dossier) -> bool:
    return dossier.expires_at is None or clock.now() >= dossier.expires_at


def lost(volume: DossierVolume, person: Person) -> bool:
    """Whether something in it may not be read any more, or was erased since it was put in."""
    within = applications.for_staff(person).filter(pk__in=volume.applications).order_by()
    erased = within.filter(emptied_at__gte=volume.dossier.begun_at)
    return within.count() < len(volume.applications) or erased.exists()


def until() -> dt.datetime:
    """Until when what is ready now is kept."""
    return clock.now() + dt.timedelta(hours=settings.DOSSIER_HOURS)


def expired() -> list[UUID]:
    late = Dossier.objects.filter(state=DossierState.READY, expires_at__lte=clock.now())
    return list(late.values_list("pk", flat=True))


def silent() -> list[UUID]:
    """Under way, and nobody has written anything of them for long: whatever worked at them has given up."""
    late = Dossier.objects.filter(state=DossierState.UNDER_WAY, updated_at__lt=clock.now() - SILENCE)
    return list(late.values_list("pk", flat=True))


def forgotten() -> QuerySet[Dossier]:
    """Chosen long ago, and never asked for."""
    return Dossier.objects.filter(state=DossierState.CHOSEN, created_at__lt=clock.now() - FORGOTTEN)
