"""Reads about engagements and their sessions: who sees which, who speaks for which side, what is stuck."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from vivaio.experts.models import (
    Engagement,
    EngagementSession,
    EngagementStep,
    Evaluation,
    Extension,
)
from vivaio.experts.states import (
    ENGAGEMENT_OPEN,
    SESSION_AHEAD,
    EngagementState,
    ExtensionState,
    SessionState,
    Side,
)
from vivaio.initiatives.models import Initiative, TeamMember
from vivaio.initiatives.states import TeamPart
from vivaio.kit import clock
from vivaio.kit.counting import counted
from vivaio.kit.formats import local_date
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme, RoleHolding

# After so many days without an answer the programme looks after it; hours are asked for once before.
STUCK_AFTER = dt.timedelta(days=14)
QUIET_AFTER = dt.timedelta(days=30)
REMIND_AFTER = dt.timedelta(days=4)


@dataclass(frozen=True)
class Who:
    """What somebody is to an engagement: the expert, of the team and at its head, or who matches experts."""

    person: Person
    side: Side | None
    leads: bool
    matches: bool

    @property
    def decides(self) -> bool:
        """Whether they may bind their side: the expert themselves, a leader of the team."""
        return self.side == Side.EXPERT or (self.side == Side.TEAM and self.leads)

    @property
    def speaks(self) -> Side:
        """In whose name they act."""
        return self.side or Side.PROGRAMME


def side_of(engagement: Engagement, person: Person, part: str | None) -> Side | None:
    """The side that the person speaks for; an expert never for the team, even as a member of it."""
    if engagement.person_id == person.pk:
        return Side.EXPERT
    return Side.TEAM if part else None


def who(engagement: Engagement, person: Person) -> Who:
    """What the person is to the engagement, asked anew."""
    team = TeamMember.objects.filter(initiative=engagement.initiative_id, person_id=person.pk, ended_at=None)
    part = team.values_list("part", flat=True).first()
    matches = programmes.can(person, "experts.match", engagement.programme_id)
    return Who(person, side_of(engagement, person, part), part == TeamPart.LEADER, matches)


def engagements() -> QuerySet[Any]:
    """Engagements with what every page says of them, and their hours: confirmed, and told but not confirmed."""
    return Engagement.objects.select_related(
        "request", "initiative__programme", "programme", "person", "partner", "competence__field"
    ).annotate(
        confirmed=_minutes(SessionState.CONFIRMED, "minutes"),
        told=_minutes(SessionState.TOLD, "told_minutes"),
    )


def _minutes(state: str, field: str) -> Coalesce:
    rows = EngagementSession.objects.filter(engagement=OuterRef("pk"), state=state).order_by()
    total = rows.values("engagement").annotate(sum=Sum(field)).values("sum")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


def visible_to(person: Person) -> QuerySet[Any]:
    """One's own as an expert, those of one's teams, and of the programmes whose bank one reads."""
    if not person.is_authenticated:
        return Engagement.objects.none()
    mine = TeamMember.objects.filter(person_id=person.pk, ended_at=None).values("initiative_id")
    staffed = programmes.programmes_where(person, "experts.read").values("pk")
    seen = Q(person_id=person.pk) | Q(initiative__in=mine) | Q(programme__in=staffed)
    found: QuerySet[Any] = engagements().filter(seen)
    return found


def read_by(person: Person) -> QuerySet[Any]:
    """Those that the person may open, with their part in each team and their roles in each programme."""
    team = TeamMember.objects.filter(initiative=OuterRef("initiative_id"), person_id=person.pk, ended_at=None)
    held = RoleHolding.objects.filter(programme=OuterRef("programme_id"), person_id=person.pk)
    found: QuerySet[Any] = visible_to(person).annotate(
        own_part=Subquery(team.values("part")[:1]), own_roles=ArraySubquery(held.values("role"))
    )
    return found


def of_expert(person: Person) -> QuerySet[Any]:
    """The person's own engagements, the open ones first."""
    return with_next(engagements().filter(person_id=person.pk)).order_by("-state", "-created_at")


def of_initiative(initiative: Initiative) -> QuerySet[Any]:
    """The engagements of an initiative."""
    return with_next(engagements().filter(initiative=initiative)).order_by("-state", "-created_at")


def in_programme(programme: Programme) -> QuerySet[Any]:
    """The engagements of a programme, with the next session, the last one held, evaluations given."""
    held = EngagementSession.objects.filter(
        engagement=OuterRef("pk"), state__in=(SessionState.TOLD, SessionState.CONFIRMED)
    ).order_by("-starts_at")
    waiting = EngagementSession.objects.filter(engagement=OuterRef("pk"), state=SessionState.TOLD)
    found: QuerySet[Any] = with_next(engagements().filter(programme=programme)).annotate(
        last_held=Subquery(held.values("starts_at")[:1]),
        waiting_since=Subquery(waiting.order_by("told_at").values("told_at")[:1]),
        evaluated=counted(Evaluation.objects.filter(engagement=OuterRef("pk"))),
    )
    return found


def with_next(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Engagements with the instant of their next session (`next_at`)."""
    ahead = EngagementSession.objects.filter(
        engagement=OuterRef("pk"), state__in=SESSION_AHEAD, starts_at__gte=clock.now()
    ).order_by("starts_at")
    found: QuerySet[Any] = rows.annotate(next_at=Subquery(ahead.values("starts_at")[:1]))
    return found


def stuck(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those that do not move: not agreed to, hours not confirmed, past their end, or quiet for a month."""
    now = clock.now()
    own = EngagementSession.objects.filter(engagement=OuterRef("pk"))
    waiting = own.filter(state=SessionState.TOLD, told_at__lt=now - STUCK_AFTER)
    lately = own.exclude(state=SessionState.CANCELLED).filter(starts_at__gte=now - QUIET_AFTER)
    unagreed = Q(state=EngagementState.TO_AGREE, created_at__lt=now - STUCK_AFTER)
    running = Q(state=EngagementState.UNDER_WAY)
    quiet = running & Q(begun_at__lt=now - QUIET_AFTER) & ~Exists(lately)
    return rows.filter(unagreed | Exists(waiting) | quiet | (running & Q(ends_on__lt=clock.today())))


def locked(engagement_id: UUID) -> Any:
    """The engagement, its row locked until the transaction ends. Always before its sessions."""
    rows: Any = Engagement.objects.select_for_update(of=("self",))
    return rows.select_related("request", "initiative__programme", "programme", "person").get(
        pk=engagement_id
    )


def session_locked(session_id: UUID) -> EngagementSession:
    """The session with its engagement, both rows locked until the transaction ends."""
    of = EngagementSession.objects.values_list("engagement_id", flat=True).get(pk=session_id)
    engagement = locked(of)
    rows: Any = EngagementSession.objects.select_for_update(of=("self",))
    found: EngagementSession = rows.get(pk=session_id)
    found.engagement = engagement
    return found


def sessions_of(engagement: Engagement) -> QuerySet[EngagementSession]:
    """Every session of an engagement, in time."""
    return EngagementSession.objects.filter(engagement=engagement).order_by("starts_at")


def minutes_of(engagement: Engagement) -> int:
    """The minutes that both sides have confirmed so far."""
    rows = EngagementSession.objects.filter(engagement=engagement, state=SessionState.CONFIRMED)
    return int(rows.aggregate(sum=Coalesce(Sum("minutes"), 0))["sum"])


def overlapping(session: EngagementSession, starts_at: dt.datetime, minutes: int) -> EngagementSession | None:
    """Another session of the same expert, of whichever engagement, that was held in part of this time."""
    ends_at = starts_at + dt.timedelta(minutes=minutes)
    held = EngagementSession.objects.filter(
        engagement__person=session.engagement.person_id,
        state__in=(SessionState.TOLD, SessionState.CONFIRMED),
    ).exclude(pk=session.pk)
    near = held.filter(starts_at__lt=ends_at, starts_at__gt=starts_at - dt.timedelta(days=1))
    return next((one for one in near if one.ends_at > starts_at), None)


def one_at_a_time(person_id: UUID) -> None:
    """Whoever tells hours of this expert waits for who does so now. Always before the engagements."""
    Person.objects.select_for_update(no_key=True).get(pk=person_id)


def steps_of(engagement: Engagement) -> QuerySet[EngagementStep]:
    """What happened with the engagement itself, in its order."""
    return EngagementStep.objects.filter(engagement=engagement, session=None).select_related("person")


def steps_of_session(session: EngagementSession) -> QuerySet[EngagementStep]:
    """What happened with a session, in its order."""
    return EngagementStep.objects.filter(session=session).select_related("person")


def extension_asked(engagement: Engagement) -> Extension | None:
    """The extension that waits for an answer."""
    return Extension.objects.filter(engagement=engagement, state=ExtensionState.ASKED).first()


def extension_locked(engagement: Engagement) -> Extension | None:
    """The same, its row locked."""
    rows = Extension.objects.select_for_update().filter(engagement=engagement, state=ExtensionState.ASKED)
    return rows.first()


def evaluations_of(engagement: Engagement) -> list[Evaluation]:
    """What each side thinks, as far as it has said so."""
    return list(Evaluation.objects.filter(engagement=engagement).select_related("person"))


def open_of_initiative(initiative: Initiative) -> QuerySet[Engagement]:
    """The engagements of an initiative that are not over."""
    return Engagement.objects.filter(initiative=initiative, state__in=ENGAGEMENT_OPEN)


def open_of_expert(person: Person, programme: UUID | None = None) -> QuerySet[Engagement]:
    """The engagements of an expert that are not over, in one programme or in all."""
    rows = Engagement.objects.filter(person=person, state__in=ENGAGEMENT_OPEN)
    return rows if programme is None else rows.filter(programme=programme)


def written_by(person: Person) -> QuerySet[EngagementStep]:
    """The words that the person left in engagements."""
    return EngagementStep.objects.filter(person=person).select_related("engagement__request", "session")


def evaluations_by(person: Person) -> QuerySet[Evaluation]:
    """The evaluations that the person gave."""
    return Evaluation.objects.filter(person=person).select_related("engagement__request")


def to_remind() -> list[EngagementSession]:
    """Sessions of tomorrow, in their programme's zone, that nobody was reminded of."""
    soon = EngagementSession.objects.filter(
        state__in=SESSION_AHEAD,
        starts_at__range=(clock.now(), clock.now() + dt.timedelta(days=2)),
        reminded_at=None,
    ).select_related("engagement__programme")
    return [one for one in soon if _is_tomorrow(one)]


def _is_tomorrow(session: EngagementSession) -> bool:
    zone = session.engagement.programme.time_zone
    return local_date(session.starts_at, zone) == clock.today(zone) + dt.timedelta(days=1)


def waiting_hours() -> QuerySet[EngagementSession]:
    """Hours that one side told some days ago, and that the other was not reminded of."""
    return EngagementSession.objects.filter(
        state=SessionState.TOLD, told_at__lte=clock.now() - REMIND_AFTER, reminded_at=None
    )
