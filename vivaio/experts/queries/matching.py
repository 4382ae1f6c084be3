"""Reads for matching: who is there with how many hours, who is related to whom, rounds and proposals."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Ceil, Coalesce, Greatest

from vivaio.experts import reach
from vivaio.experts.hours import HOUR
from vivaio.experts.models import (
    Barred,
    Engagement,
    EngagementSession,
    ExpertProfile,
    ExpertRequest,
    MatchingRound,
    Proposal,
)
from vivaio.experts.models.request import MONTH
from vivaio.experts.queries import bank
from vivaio.experts.queries.requests import ROWS, in_time, with_a_place
from vivaio.experts.states import (
    ENGAGEMENT_OPEN,
    PROMISED,
    WAITING,
    ProposalState,
    RoundState,
    SessionState,
)
from vivaio.initiatives.models import TeamMember
from vivaio.kit import clock
from vivaio.people import queries as people
from vivaio.people.models import Person, Relation
from vivaio.people.states import RelationKind
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

# Far beyond what the largest matching takes, and what a worker's death costs.
STUCK = dt.timedelta(minutes=15)


def with_load(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Profiles with the hours a month that they have promised, and those that are left.

    Promised are what a proposal asks until it is answered, and what engagements that are not over still want, spread
    over the months until their end. Past the day, or the end, hours come back.
    """
    asked = Proposal.objects.filter(
        profile=OuterRef("pk"), state__in=PROMISED, engagement=None, request__needed_by__gte=clock.today()
    ).order_by()
    total = asked.values("profile").annotate(sum=Sum("monthly_hours")).values("sum")
    promised = Coalesce(Subquery(total), 0) + Coalesce(Subquery(_to_give()), 0)
    loaded: QuerySet[Any] = rows.annotate(promised=promised).annotate(free=F("hours_a_month") - F("promised"))
    return loaded


def _to_give() -> QuerySet[Any]:
    """The hours a month that an expert's engagements in the programme still want: what was agreed less what was told or
    confirmed, over the months from today, or from their beginning, to their end; one begun counts whole."""
    today = clock.today()
    own = Engagement.objects.filter(person=OuterRef("person"), programme=OuterRef("programme"))
    running = own.filter(state__in=ENGAGEMENT_OPEN, ends_on__gte=today).order_by()
    sessions = EngagementSession.objects.filter(engagement=OuterRef("pk")).order_by().values("engagement")
    given = Sum(
        Case(
            When(state=SessionState.CONFIRMED, then="minutes"),
            When(state=SessionState.TOLD, then="told_minutes"),
        )
    )
    left = F("agreed_minutes") - Coalesce(Subquery(sessions.annotate(sum=given).values("sum")), 0)
    days = DaysBetween(Greatest(F("starts_on"), Cast(Value(today), DateField())), F("ends_on"))
    months = Greatest(Ceil(days / Value(float(MONTH))), 1.0)
    monthly = Cast(Ceil(Greatest(left, 0) / (months * float(HOUR))), IntegerField())
    return running.values("person").annotate(sum=Sum(monthly)).values("sum")


class DaysBetween(Func):
    """How many days the second date comes after the first."""

    template = "(%(expressions)s)"
    output_field = IntegerField()

    def __init__(self, first: Any, last: Any):
        super().__init__(last, first, arg_joiner=" - ")


def candidates(programme: Programme) -> QuerySet[Any]:
    """The experts of the bank with their load."""
    return with_load(bank.listed(programme))


def called(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those with every word of it in their name, in the order of names."""
    for word in typed.split():
        rows = rows.filter(Q(person__given_name__icontains=word) | Q(person__family_name__icontains=word))
    return rows.order_by("person__sort_name", "pk")


def free_hours(profile: ExpertProfile) -> int:
    """The hours a month that the expert has left."""
    found = with_load(ExpertProfile.objects.filter(pk=profile.pk)).values_list("free", flat=True).get()
    return int(found)


def loads(profiles: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """Of each of these, the hours a month that are left, and those offered."""
    rows = with_load(ExpertProfile.objects.filter(pk__in=profiles)).values_list("pk", "free", "hours_a_month")
    return {key: (free, offered) for key, free, offered in rows}


def given_up(
    request: ExpertRequest, profile: Any, standing: Iterable[Proposal], free: int
) -> list[Proposal] | None:
    """The pairs of a round (`standing`) that an expert would leave to have the hours for this request: of those that
    nobody locked the least fitting first; None where even all of them are not enough, days away left out."""
    own = [one for one in standing if one.profile_id == profile.pk and one.request_id != request.pk]
    left, away = free - sum(one.monthly_hours for one in own), reach.days_away(profile.away, request)
    found: list[Proposal] = []
    for one in sorted((one for one in own if not one.locked), key=lambda one: (one.score, str(one.pk))):
        if reach.suffices(left, away, request):
            break
        left += one.monthly_hours
        found.append(one)
    return found if reach.suffices(left, away, request) else None


def related(requests: Sequence[Any]) -> dict[UUID, set[UUID]]:
    """For each request (or offer to students), the people tied to its initiative: its team, its organisation's people,
    whoever has a tie with the organisation or somebody of the team that stands today. Mentoring is no tie here: it is
    what a bank is for."""
    today = clock.today()
    initiatives = {one.initiative_id for one in requests}
    teams: dict[UUID, set[UUID]] = defaultdict(set)
    pairs = TeamMember.objects.filter(initiative__in=initiatives, ended_at=None)
    for initiative, person in pairs.values_list("initiative_id", "person_id"):
        teams[initiative].add(person)
    everybody = set().union(*teams.values())
    organisations = {one.initiative.organisation_id for one in requests if one.initiative.organisation_id}
    ties = Relation.objects.exclude(kind=RelationKind.MENTORING).filter(Q(until=None) | Q(until__gte=today))
    of_house: dict[UUID, set[UUID]] = defaultdict(set)
    of_person: dict[UUID, set[UUID]] = defaultdict(set)
    near_them = Q(organisation__in=organisations) | Q(other_person__in=everybody) | Q(person__in=everybody)
    rows = ties.filter(near_them).values_list("person_id", "organisation_id", "other_person_id")
    for person, house, other in rows:
        if house is not None:
            of_house[house].add(person)
        if other is not None:
            of_person[person].add(other)
            of_person[other].add(person)
    members = people.current_memberships().filter(organisation__in=organisations)
    for member, belongs in members.values_list("person_id", "organisation_id"):
        of_house[belongs].add(member)
    found = {}
    for request in requests:
        team = teams[request.initiative_id]
        near = set().union(*(of_person[person] for person in team)) if team else set()
        own = request.initiative.organisation_id
        found[request.pk] = team | near | (of_house[own] if own else set())
    return found


def closed_pairs(requests: list[ExpertRequest]) -> set[tuple[UUID, UUID]]:
    """Pairs that are not to be proposed: barred, declined, standing already, or asked and then taken back."""
    told, barred = _closing(requests)
    return {*told.values_list("request_id", "profile_id"), *barred.values_list("request_id", "profile_id")}


def _closing(requests: list[ExpertRequest]) -> tuple[QuerySet[Proposal], QuerySet[Barred]]:
    told = Proposal.objects.filter(request__in=requests).exclude(state=ProposalState.READY)
    told = told.exclude(state=ProposalState.WITHDRAWN, sent_at=None)
    return told, Barred.objects.filter(request__in=requests)


def with_closed(rows: QuerySet[Any], request: ExpertRequest) -> QuerySet[Any]:
    """Profiles with whether they are `closed` to the request, as `closed_pairs` says."""
    told, barred = (one.order_by().values("profile_id") for one in _closing([request]))
    closed = ExpressionWrapper(Q(pk__in=told) | Q(pk__in=barred), output_field=BooleanField())
    found: QuerySet[Any] = rows.annotate(closed=closed)
    return found


def newest_of(programme: Programme) -> MatchingRound | None:
    """The round that was asked for last: it may be being worked out, or have failed."""
    rows = MatchingRound.objects.filter(programme=programme).order_by("-created_at")
    return rows.select_related("made_by").first()


def worked_on(pk: UUID) -> MatchingRound | None:
    """The round while it waits to be worked out, with who asked for it; None once it has come to anything."""
    rows = MatchingRound.objects.filter(pk=pk, state=RoundState.COMPUTING)
    return rows.select_related("programme", "made_by").first()


def is_stuck(found: MatchingRound) -> bool:
    """Whether it was asked for so long ago that whoever worked it out must have died."""
    return found.state == RoundState.COMPUTING and found.created_at < clock.now() - STUCK


def preview_of(programme: Programme) -> MatchingRound | None:
    """The round that is being looked at."""
    rows = MatchingRound.objects.filter(programme=programme, state=RoundState.PREVIEW)
    return rows.select_related("made_by").first()


def proposals() -> QuerySet[Proposal]:
    """Proposals with what every page says of them."""
    return Proposal.objects.select_related(
        "request__initiative__programme",
        "request__initiative__organisation",
        "profile__person",
        "profile__programme",
        "round",
    )


def of_programme(programme: Programme) -> QuerySet[Proposal]:
    """What was ever proposed in a programme."""
    return proposals().filter(profile__programme=programme)


def of_round(found: MatchingRound) -> QuerySet[Proposal]:
    """What a round proposes, request by request."""
    return proposals().filter(round=found).order_by("request__needed_by", "request__created_at", "-score")


def standing_in(found: MatchingRound) -> QuerySet[Proposal]:
    """What a round would send."""
    return of_round(found).filter(state=ProposalState.READY)


def adjustable(person: Person) -> QuerySet[Proposal]:
    """What the person may adjust, with all that is asked for."""
    matched = programmes.programmes_where(person, "experts.match").values("pk")
    rows = proposals().filter(profile__programme__in=matched, round__isnull=False)
    return rows.prefetch_related(Prefetch("request__competences", ROWS))


def ready_alone(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Of these, what waits for somebody to send it, outside the round that is looked at, and may be sent: the request
    is open and has a place that nobody was asked for. It may come from a round that was sent."""
    requests = with_a_place(ExpertRequest.objects.filter(pk=OuterRef("request")))
    ready = rows.filter(Exists(requests), state=ProposalState.READY)
    return ready.exclude(round__state=RoundState.PREVIEW)


def of_request(request: ExpertRequest) -> QuerySet[Proposal]:
    """Who was or is proposed for a request, with the engagement that came of it."""
    return proposals().filter(request=request).select_related("engagement")


def promised(request: ExpertRequest) -> QuerySet[Proposal]:
    """Who was asked and has not declined."""
    return Proposal.objects.filter(request=request, state__in=PROMISED)


def at_hand(request: ExpertRequest) -> QuerySet[Proposal]:
    """Who was asked and has not declined, or stands ready to be asked: the page of the request shows them already."""
    return Proposal.objects.filter(request=request, state__in=(*PROMISED, ProposalState.READY))


def stands(request: ExpertRequest, profile: ExpertProfile) -> bool:
    """Whether the expert was asked for this request and has not declined, or is about to be in a round."""
    asked = Q(state__in=PROMISED) | Q(state=ProposalState.READY, round__state=RoundState.PREVIEW)
    return Proposal.objects.filter(asked, request=request, profile=profile).exists()


def accepted(request: ExpertRequest) -> QuerySet[Proposal]:
    """Who has taken a place of the request and has not given it back."""
    return Proposal.objects.filter(request=request, state=ProposalState.ACCEPTED)


def for_expert(person: Person) -> QuerySet[Proposal]:
    """What is proposed to the person, once sent."""
    rows = proposals().filter(profile__person_id=person.pk).exclude(state=ProposalState.READY)
    return rows.filter(sent_at__isnull=False).order_by("-sent_at")


def visible_to(person: Person) -> QuerySet[Proposal]:
    """One's own once sent, and all of the programmes whose bank one reads."""
    if not person.is_authenticated:
        return Proposal.objects.none()
    staffed = programmes.programmes_where(person, "experts.read").values("pk")
    own = Q(profile__person_id=person.pk, sent_at__isnull=False)
    return proposals().filter(own | Q(profile__programme__in=staffed))


def locked(proposal_id: UUID) -> Proposal:
    """The proposal, its request's row and its own locked, in that order, until the transaction ends."""
    request = Proposal.objects.values_list("request_id", flat=True).get(pk=proposal_id)
    ExpertRequest.objects.select_for_update().get(pk=request)
    rows: Any = Proposal.objects.select_for_update(of=("self",))
    found: Proposal = rows.select_related(
        "request__initiative__programme",
        "request__initiative__organisation",
        "profile__person",
        "profile__programme",
        "round",
    ).get(pk=proposal_id)
    return found


def near_their_day(within: dt.timedelta) -> QuerySet[Proposal, UUID]:
    """What waits for an answer, and does not much longer."""
    near = (clock.today(), clock.today() + within)
    rows = Proposal.objects.filter(state=ProposalState.SENT, answer_by__range=near)
    return rows.order_by("answer_by", "pk").values_list("pk", flat=True)


def past_their_day() -> QuerySet[Proposal, UUID]:
    """What nobody has answered by its last day, the longest past first."""
    rows = Proposal.objects.filter(state=ProposalState.SENT, answer_by__lt=clock.today())
    return rows.order_by("answer_by", "pk").values_list("pk", flat=True)


def held_for(profile_id: UUID) -> None:
    """The requests for which this expert stands ready or was asked, held before the profile is, as who sends does."""
    standing = Proposal.objects.filter(profile=profile_id, state__in=WAITING).order_by()
    rows: Any = (
        ExpertRequest.objects.select_for_update().filter(pk__in=standing.values("request")).order_by("pk")
    )
    list(rows.values_list("pk", flat=True))


def waiting_for(profile: ExpertProfile) -> QuerySet[Proposal]:
    """What the expert was not asked yet, or has not answered."""
    return proposals().filter(profile=profile, state__in=WAITING).order_by("created_at")


def held_requests(programme: Programme) -> list[ExpertRequest]:
    """The open requests, their rows locked in one order: whoever decides on one of them waits."""
    rows: Any = ExpertRequest.objects.select_for_update(of=("self",)).order_by("pk")
    found: list[ExpertRequest] = list(
        rows.filter(in_time(), initiative__programme=programme).select_related("initiative__programme")
    )
    return found
