"""Reads of the results: who may see them, what of them is named, who is told."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from vivaio.experts.models import ExpertProfile
from vivaio.experts.states import ADMITTED
from vivaio.initiatives.models import ContestEntry, Initiative, Story, TeamMember
from vivaio.initiatives.queries import presenting
from vivaio.initiatives.states import InitiativeState, TeamPart
from vivaio.jury.queries import ranking as rankings
from vivaio.jury.states import Outcome, PlaceState, RankingState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme
from vivaio.publishing.models import Results
from vivaio.publishing.states import ResultsState

NAMED = 60


def public() -> QuerySet[Results]:
    """What anyone may read."""
    rows = Results.objects.filter(state=ResultsState.PUBLISHED, programme__in=programmes.public())
    return rows.select_related("programme")


def visible_to(person: Person) -> QuerySet[Results]:
    """What anyone may read, and what the programmes prepare on whose staff the person is."""
    if not person.is_authenticated:
        return public()
    staffed = programmes.programmes_where(person, "programme.read").values("pk")
    anyone = Q(state=ResultsState.PUBLISHED, programme__in=programmes.public())
    return Results.objects.filter(anyone | Q(programme__in=staffed)).select_related("programme")


def of_programme(programme: Programme) -> Results | None:
    """The programme's results, whatever their state; None where nobody has taken figures yet."""
    return Results.objects.filter(programme=programme).select_related("programme").first()


def locked(programme: Programme) -> Results | None:
    """The programme's results under their row lock."""
    rows: Any = Results.objects.select_for_update(of=("self",)).select_related("programme")
    found: Results | None = rows.filter(programme=programme).first()
    return found


def stories(programme: Programme) -> QuerySet[Story]:
    """The initiatives that have a public page."""
    return presenting.of_programme(programme)


def names(initiatives: Sequence[str], *, public: bool) -> dict[str, tuple[str, str]]:
    """How these initiatives are called: all of them to the staff, to anyone those that tell their story now, with its
    address."""
    wanted = [UUID(one) for one in initiatives]
    if public:
        told = Story.objects.filter(initiative__in=wanted).exclude(shown=None)
        return {
            str(one.initiative_id): (one.public_title, one.get_absolute_url())
            for one in told.select_related("initiative__programme")
        }
    rows = Initiative.objects.filter(pk__in=wanted).order_by()
    return {str(pk): (title, "") for pk, title in rows.values_list("pk", "title")}


def enterprises(programme: Programme) -> QuerySet[Initiative]:
    """The initiatives that became an enterprise of their own and have a public page."""
    rows = Initiative.objects.filter(
        programme=programme, state=InitiativeState.SPUN_OFF, enterprise__isnull=False
    )
    told = Story.objects.exclude(shown=None).values("initiative_id")
    return (
        rows.filter(pk__in=told)
        .select_related("programme", "enterprise", "story__initiative__programme")
        .order_by("spun_off_on", "title")
    )


def winners(programme: Programme) -> QuerySet[ContestEntry]:
    """The winners of contests whose ranking is on line, those that have a public page."""
    won = {
        "application__ranking_entry__outcome": Outcome.SELECTED,
        "application__ranking_entry__ranking__state": RankingState.PUBLISHED,
        "application__ranking_entry__ranking__public_until__gt": clock.now(),
    }
    told = Story.objects.exclude(shown=None).values("initiative_id")
    rows = ContestEntry.objects.filter(initiative__programme=programme, initiative__in=told, **won)
    return rows.select_related("initiative__story__initiative__programme", "application__call").order_by(
        "application__call__closes_at", "initiative__title"
    )


def leaders(programme_id: UUID) -> QuerySet[TeamMember]:
    """Who leads the programme's initiatives today."""
    rows = TeamMember.objects.filter(initiative__programme=programme_id, ended_at=None, part=TeamPart.LEADER)
    return rows.filter(person__is_active=True).select_related("person")


def experts(programme_id: UUID) -> QuerySet[ExpertProfile]:
    """Who is, or was, in the programme's competence bank."""
    rows = ExpertProfile.objects.filter(programme=programme_id, state__in=ADMITTED, person__is_active=True)
    return rows.select_related("person")


def awards_on_line(programme: Programme) -> bool:
    """Whether rankings on line tell who was awarded an amount: these are open data of their own, call by call."""
    taken = rankings.on_line(programme).filter(place=PlaceState.ACCEPTED)
    return programmes.public().filter(pk=programme.pk).exists() and (
        taken.filter(ranking__call__awards__amount__isnull=False).exists()
    )
