"""Where an application can begin: each track, and for whom the person may apply in it."""

from dataclasses import dataclass, field
from typing import Any

from vivaio.applications import queries, rules
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call, Track
from vivaio.calls.states import ApplicantKind
from vivaio.people import queries as people
from vivaio.people.models import Organisation, Person


@dataclass(frozen=True)
class Applicant:
    """An organisation, or the person, in one track: why not, and what they have there already."""

    organisation: Organisation | None
    name: str
    kind: str
    refused: Any
    draft: Application | None
    handed_in: list[Application]


@dataclass(frozen=True)
class StartingPoint:
    """One track with those for whom the person may begin in it."""

    track: Track
    applicants: list[Applicant] = field(default_factory=list)


def starting_points(call: Call, person: Person) -> list[StartingPoint]:
    """Every track of the call. Three queries, whatever the number of tracks and organisations."""
    organisations: list[Organisation | None] = [*people.organisations_of(person)]
    if ApplicantKind.PERSON in call.applicant_kinds:
        organisations.append(None)
    begun = list(queries.mine(person).filter(call=call))
    points = []
    for track in call.tracks.all():
        track.call = call
        points.append(StartingPoint(track, [_applicant(track, one, person, begun) for one in organisations]))
    return points


def _applicant(
    track: Track, organisation: Organisation | None, person: Person, begun: list[Application]
) -> Applicant:
    here = [
        one
        for one in begun
        if one.track_id == track.pk
        and (one.organisation_id == organisation.pk if organisation else one.person_id == person.pk)
    ]
    drafts = [one for one in here if one.state == ApplicationState.DRAFT]
    return Applicant(
        organisation=organisation,
        name=str(organisation or person),
        kind=organisation.get_kind_display() if organisation else "",
        refused=rules.admits(track, organisation) if organisation else None,
        draft=drafts[0] if drafts else None,
        handed_in=[
            one for one in here if one.state not in (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)
        ],
    )
