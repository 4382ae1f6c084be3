"""Who works on an application and is under 18, and who signs for them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from vivaio.applications.models import Application
from vivaio.applications.queries import mine, people_of
from vivaio.applications.states import HANDED_IN
from vivaio.calls.models import Call
from vivaio.kit import clock, tokens
from vivaio.people import ages
from vivaio.people import queries as people
from vivaio.people.models import Guardianship, Membership, Person
from vivaio.people.states import GuardianshipState


@dataclass(frozen=True)
class Young:
    """Somebody who works on an application: under 18, or of an age that the call has to know."""

    person: Person
    guardianship: Guardianship | None

    @property
    def unknown(self) -> bool:
        """Whether they have not said how old they are."""
        return self.person.born_on is None

    @property
    def signed(self) -> bool:
        """Whether a guardian's signature stands."""
        return self.guardianship is not None and self.guardianship.state == GuardianshipState.SIGNED


def young_in(application: Application, by: Person | None = None) -> list[Young]:
    """Those of the team who are under 18 and, where the call is open to them, those who have not said their age.

    `by` counts too: whoever hands in answers for it. Two queries.
    """
    team = {one.pk: one for one in people_of(application)}
    if by is not None:
        team[by.pk] = by
    open_to_them = application.call.open_to_minors
    found = [one for one in team.values() if one.is_minor or (open_to_them and one.born_on is None)]
    if not found:
        return []
    named = {one.person_id: one for one in people.latest_guardianships(found, application.call_id)}
    return [Young(one, named.get(one.pk)) for one in found]


def perhaps_young(call: UUID) -> set[UUID]:
    """The call's applications on which somebody works who may still be under 18, by the year of their birth.

    One query for all of them: `young_in` says of these who is.
    """
    born = Person.objects.filter(born_on__year__gte=clock.today().year - ages.MAJORITY).values("pk")
    groups = Membership.objects.filter(person__in=born, ended_at=None).values("organisation_id")
    worked = Q(created_by__in=born) | Q(submitted_by__in=born) | Q(writers__person__in=born)
    found = Application.objects.filter(worked | Q(organisation__in=groups), call=call)
    return set(found.values_list("pk", flat=True))


def opened_with(token: str) -> Guardianship | None:
    """What a guardian's link opens, with the young person; a link that was used opens what it was used for."""
    return people.guardianship_for(tokens.digest(token))


def call_of(guardianship: Guardianship) -> Call:
    """The call that a guardian is asked about. Raises `Call.DoesNotExist`."""
    return Call.objects.select_related("programme").get(pk=guardianship.matter)


def handed_in_with(guardianship: Guardianship) -> QuerySet[Application]:
    """What stands handed in to the call with the young person at work on it."""
    person = guardianship.person_id
    groups = Membership.objects.filter(person=person, ended_at=None).values("organisation_id")
    worked = Q(created_by=person) | Q(submitted_by=person) | Q(writers__person=person)
    return (
        Application.objects.filter(Q(person=person) | (Q(organisation__in=groups) & worked))
        .filter(call=guardianship.matter, state__in=HANDED_IN)
        .select_related("call__programme")
        .order_by("number")
        .distinct()
    )


def of_closed_calls(programme: UUID | None, before: Any) -> QuerySet[Guardianship]:
    """Guardians named for calls that closed before that instant, whose name is still kept."""
    calls = Call.objects.filter(programme=programme, closes_at__lt=before)
    return Guardianship.objects.filter(matter__in=calls.values("pk")).exclude(email="")


def own_application(person: Person, pk: UUID) -> QuerySet[Application]:
    """An application that the person works on."""
    return mine(person).filter(pk=pk)


def is_spent(guardianship: Guardianship, token: str) -> bool:
    """Whether the link is the one that has been used, and so opens nothing but the answer."""
    return guardianship.spent_digest == tokens.digest(token)
