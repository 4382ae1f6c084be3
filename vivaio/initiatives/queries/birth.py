"""Reads about where initiatives come from."""

from uuid import UUID

from django.db.models import QuerySet

from vivaio.applications.models import Application
from vivaio.calls.states import CallKind
from vivaio.initiatives.models import Initiative
from vivaio.jury.states import PlaceState
from vivaio.people.models import Organisation
from vivaio.programmes.models import Programme


def born_of(application_id: UUID) -> Initiative | None:
    """The initiative that the application has become, if it has."""
    return Initiative.objects.filter(application=application_id).first()


def to_be_born(programme: Programme) -> QuerySet[Application]:
    """The applications to ordinary calls whose place was accepted and that have become no initiative yet."""
    accepted = Application.objects.filter(
        call__programme=programme, ranking_entry__place=PlaceState.ACCEPTED, initiative=None
    )
    return accepted.filter(call__kind=CallKind.ORDINARY).select_related("call__programme").order_by("number")


def slugs_like(programme: Programme, stem: str) -> set[str]:
    """The addresses in the programme that begin like this one."""
    rows = Initiative.objects.filter(programme=programme, slug__startswith=stem)
    return set(rows.values_list("slug", flat=True))


def organisations_around(programme: Programme) -> QuerySet[Organisation]:
    """The organisations that the programme's staff knows: those that applied, and those of its initiatives."""
    applied = Application.objects.filter(call__programme=programme).exclude(number=None)
    grown = Initiative.objects.filter(programme=programme)
    known = Organisation.objects.filter(pk__in=applied.values("organisation_id"))
    return (known | Organisation.objects.filter(pk__in=grown.values("organisation_id"))).order_by("name")
