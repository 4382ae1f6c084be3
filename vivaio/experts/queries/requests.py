"""Reads about what initiatives ask for."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from vivaio.experts.models import ExpertRequest, Proposal, RequestedCompetence
from vivaio.experts.states import ENGAGEMENT_OPEN, PROMISED, REQUEST_UNFINISHED, ProposalState, RequestState
from vivaio.initiatives.models import Initiative, TeamMember
from vivaio.initiatives.states import InitiativeState
from vivaio.kit import clock
from vivaio.kit.counting import counted
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

REMIND_BEFORE = dt.timedelta(days=7)
ROWS = RequestedCompetence.objects.select_related("competence__field")
HELPING = (ProposalState.ACCEPTED, ProposalState.OVER)
ACCEPTED = Count("proposals", filter=Q(proposals__state__in=HELPING))


def requests() -> QuerySet[Any]:
    """Requests with what every page says of them."""
    rows = ExpertRequest.objects.select_related("initiative__programme", "initiative__organisation")
    return rows.prefetch_related(Prefetch("competences", ROWS)).annotate(accepted=ACCEPTED)


def of_initiative(initiative: Initiative, *, team: bool) -> QuerySet[Any]:
    """What the initiative asks for; drafts are the team's own."""
    rows = requests().filter(initiative=initiative)
    return rows if team else rows.exclude(state=RequestState.DRAFT)


def of_programme(programme: Programme) -> QuerySet[Any]:
    """What the programme's initiatives ask for, drafts left out."""
    return requests().filter(initiative__programme=programme).exclude(state=RequestState.DRAFT)


def in_time() -> Q:
    """Open requests that somebody may still be proposed for: the day is not past, the initiative goes on."""
    open_ = Q(state=RequestState.OPEN, needed_by__gte=clock.today())
    return open_ & ~Q(initiative__state=InitiativeState.CLOSED)


def open_in(programme: Programme) -> QuerySet[Any]:
    """The requests that wait for experts."""
    return requests().filter(in_time(), initiative__programme=programme)


def day_near() -> QuerySet[Any]:
    """The requests that wait for experts and are needed in a few days."""
    return requests().filter(in_time(), needed_by__lte=clock.today() + REMIND_BEFORE)


def past_day(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of these, the open ones that were needed before today."""
    late = rows.filter(state=RequestState.OPEN, needed_by__lt=clock.today())
    return late.exclude(initiative__state=InitiativeState.CLOSED)


def with_a_place(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of these, the ones that somebody may be proposed for now: some of their places nobody was asked for."""
    asked = Proposal.objects.filter(request=OuterRef("pk"), state__in=PROMISED)
    found: QuerySet[Any] = rows.filter(in_time()).alias(asked=counted(asked)).filter(asked__lt=F("places"))
    return found


def nobody_left(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of these, the ones with a place for which somebody was asked in vain, and nobody stands ready."""
    own = Proposal.objects.filter(request=OuterRef("pk")).order_by()
    asked = own.exclude(state=ProposalState.READY).exclude(state=ProposalState.WITHDRAWN, sent_at=None)
    in_vain = asked.exclude(state__in=PROMISED)
    return with_a_place(rows).filter(Exists(in_vain), ~Exists(own.filter(state=ProposalState.READY)))


def is_late(request: ExpertRequest) -> bool:
    """Whether it is open and was needed before today."""
    return request.state == RequestState.OPEN and request.needed_by < clock.today()


def unfinished_of(initiative: Initiative) -> QuerySet[ExpertRequest]:
    """What the initiative has written or asked, and has not come to its end."""
    return ExpertRequest.objects.filter(initiative=initiative, state__in=REQUEST_UNFINISHED)


def visible_to(person: Person) -> QuerySet[Any]:
    """One's team's, and those of the programmes whose bank one reads, drafts left out."""
    if not person.is_authenticated:
        return ExpertRequest.objects.none()
    mine = TeamMember.objects.filter(person_id=person.pk, ended_at=None).values("initiative_id")
    staffed = programmes.programmes_where(person, "experts.read").values("pk")
    seen = Q(initiative__programme__in=staffed) & ~Q(state=RequestState.DRAFT)
    return requests().filter(Q(initiative__in=mine) | seen)


def engaged(request: ExpertRequest) -> bool:
    """Whether an expert is at work for it, or about to be."""
    return request.engagements.filter(state__in=ENGAGEMENT_OPEN).exists()


def locked(request_id: UUID) -> ExpertRequest:
    """The request, its row locked until the transaction ends."""
    rows: Any = ExpertRequest.objects.select_for_update(of=("self",))
    found: ExpertRequest = rows.select_related("initiative__programme", "initiative__organisation").get(
        pk=request_id
    )
    return found
