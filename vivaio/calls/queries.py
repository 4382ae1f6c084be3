"""Reads about calls: what anyone may see, what the staff may see."""

from uuid import UUID

from django.db.models import Q, QuerySet

from vivaio.calls.models import Call
from vivaio.calls.states import CallState
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes


def locked(call_id: UUID) -> Call:
    """The call, its row locked until the transaction ends."""
    return Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call_id)


def public() -> QuerySet[Call]:
    """Calls that anyone may read: published, concluded or withdrawn, of public programmes."""
    return (
        Call.objects.exclude(state=CallState.DRAFT)
        .filter(programme__in=programmes.public())
        .select_related("programme")
    )


def visible_to(person: Person) -> QuerySet[Call]:
    """What anyone may read, and every call of the programmes in which the person reads calls."""
    if not person.is_authenticated:
        return public()
    mine = programmes.programmes_where(person, "calls.read").values("pk")
    return Call.objects.filter(Q(pk__in=public().values("pk")) | Q(programme_id__in=mine)).select_related(
        "programme"
    )


def editable_by(person: Person) -> QuerySet[Call]:
    """The calls that the person may edit."""
    return Call.objects.filter(
        programme_id__in=programmes.programmes_where(person, "calls.edit").values("pk")
    ).select_related("programme")
