"""Who works on an application, and who is writing in it."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, Q, QuerySet

from vivaio.applications.models import Application, Writer
from vivaio.kit import formats
from vivaio.kit.statements import Statement
from vivaio.people import queries as people
from vivaio.people.models import Membership, Person


def in_team(application: Application, person: Person) -> bool:
    """Whether the person writes for the applicant."""
    if application.person_id:
        return application.person_id == person.pk
    return application.organisation_id is not None and people.belongs(person, application.organisation_id)


def team_of(application: Application) -> QuerySet[Person]:
    """Whom letters about an application go to: who began it, who handed it in, and everyone who wrote in it.

    Who has left the applicant's organisation meanwhile gets none, unless nobody else would be left.
    """
    return _team(**_of_team(application))


def people_of(application: Application) -> list[Person]:
    """The same people, read."""
    return _TEAM.rows(**_of_team(application))


def _of_team(application: Application) -> dict[str, Any]:
    return {
        "pk": application.pk,
        "began": application.created_by_id,
        "handed": application.submitted_by_id,
        "organisation": application.organisation_id,
    }


def _team(pk: UUID, began: UUID, handed: UUID | None, organisation: UUID | None) -> QuerySet[Person]:
    wrote = Writer.objects.filter(application=pk).values("person_id")
    working = Q(pk=began) | Q(pk=handed) | Q(pk__in=wrote)
    if not organisation:
        return Person.objects.filter(working, is_active=True)
    members = Membership.objects.filter(organisation=organisation, ended_at=None)
    present = Person.objects.filter(is_active=True, pk__in=members.values("person_id"))
    return present.filter(working | ~Exists(present.filter(working)))


def writing_now(application: Application, person: Person, since: Any) -> list[Writer]:
    """Colleagues who wrote something after `since`."""
    return _WRITING.rows(application=application, person=person, since=since)


def with_hours(application: Application, conflicts: list[dict[str, Any]]) -> None:
    """Each conflict with the hour at which the colleague last wrote, where it is known."""
    if not conflicts:
        return
    zone = application.call.time_zone
    hours = {
        str(one.person): formats.hour(one.wrote_at, zone)
        for one in application.writers.select_related("person")
    }
    for conflict in conflicts:
        conflict["at"] = hours.get(conflict["by"], "")


_TEAM = Statement(_team)
_WRITING = Statement(
    lambda application, person, since: (
        Writer.objects.filter(application=application, wrote_at__gte=since)
        .exclude(person=person)
        .select_related("person")
    )
)


def language_of(application: Application) -> str:
    """What its team writes in, as far as one can tell: the language of who began it, if the programme speaks it."""
    programme, writer = application.call.programme, application.created_by
    return writer.language if writer.language in programme.languages else programme.first_language
