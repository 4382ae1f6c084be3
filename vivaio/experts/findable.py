"""Experts and what is asked of them, as matching and people find them: by meaning, in whatever language they wrote.

An expert is found by whoever may open their page (`queries.bank.visible_to`): the staff that reads the bank, themselves
and, once checked, whoever is of a team of the programme today; a request by the team that asks and, once it is sent, by
that staff.
"""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from vivaio.experts.models import ExpertProfile, ExpertRequest
from vivaio.experts.queries import bank as queries
from vivaio.experts.states import ADMITTED, ProfileState, RequestState
from vivaio.finder import audiences, sources
from vivaio.finder.sources import Source

KIND = "expert"
TEAMS = "teams"


def staff(programme_id: UUID) -> str:
    """Held by who reads the programme's bank."""
    return audiences.programme(programme_id, "experts.read")


def teams(programme_id: UUID) -> str:
    """Held by whoever is of a team of the programme today."""
    return audiences.token(TEAMS, programme_id)


def entries(profile: ExpertProfile) -> Iterable[sources.Entry]:
    """What an expert wrote of themselves, each competence with what shows it; by name too, which meaning leaves out."""
    if profile.state not in ADMITTED or profile.programme.is_rehearsal:
        return []
    audience = {audiences.person(profile.person_id), staff(profile.programme_id)}
    if profile.state == ProfileState.CHECKED:
        audience.add(teams(profile.programme_id))
    said = [f"{one}. {one.evidence}".strip() for one in queries.competences_of(profile)]
    text = sources.Text(
        profile.written_in,
        profile.headline,
        (profile.presentation, *said),
        f"{profile.person} · {profile.programme.title}",
    )
    return [
        sources.Entry(
            profile.pk,
            (text,),
            frozenset(audience),
            "experts:profile",
            (str(profile.pk),),
            programme=profile.programme_id,
            person=profile.person_id,
        )
    ]


def entries_of_request(request: ExpertRequest) -> Iterable[sources.Entry]:
    """What a team asks for; as long as it is a draft, its own."""
    initiative, programme = request.initiative, request.initiative.programme
    if programme.is_rehearsal:
        return []
    audience = {audiences.token("initiative", initiative.pk)}
    if request.state != RequestState.DRAFT:
        audience.add(staff(programme.pk))
    text = sources.Text(initiative.language[:2], request.title, (request.purpose,), initiative.title)
    return [
        sources.Entry(
            request.pk,
            (text,),
            frozenset(audience),
            "experts:request",
            (str(request.pk),),
            programme=programme.pk,
        )
    ]


audiences.register(TEAMS, queries.teams_of, "initiative__programme_id")
sources.register(
    Source(
        kind=KIND,
        label=_("Experts"),
        rows=lambda: ExpertProfile.objects.select_related("programme", "person"),
        entries=entries,
        follows={
            "experts.expertprofile": "pk",
            "people.person": "person",
            "programmes.programme": "programme",
        },
        position=58,
    )
)
sources.register(
    Source(
        kind="expert_request",
        label=_("Requests of competences"),
        rows=lambda: ExpertRequest.objects.select_related("initiative__programme"),
        entries=entries_of_request,
        follows={
            "experts.expertrequest": "pk",
            "initiatives.initiative": "initiative",
            "programmes.programme": "initiative__programme",
        },
        position=59,
    )
)
