"""Reads about plans: an initiative's milestones, a programme's, those that someone must hear of."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from vivaio.initiatives.models import Initiative, Milestone, SharedMilestone
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import ENDED, MILESTONE_OPEN, MilestoneState
from vivaio.kit import clock
from vivaio.kit.counting import counted
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme

SOON = dt.timedelta(days=30)
BEFORE = dt.timedelta(days=7)
LATE, DUE_SOON, LATER, REACHED, DROPPED = "late", "soon", "later", "reached", "dropped"


def milestones() -> QuerySet[Milestone]:
    """Milestones with what every page says of them."""
    return Milestone.objects.select_related("initiative__programme", "initiative__organisation", "person")


def of_initiative(initiative: Initiative) -> QuerySet[Milestone]:
    """The plan in its order."""
    return milestones().filter(initiative=initiative).order_by("position", "due_on", "pk")


def visible_to(person: Person) -> QuerySet[Milestone]:
    """The milestones of the initiatives whose pages the person may open."""
    return milestones().filter(initiative__in=initiatives.visible_to(person).order_by().values("pk"))


def standing(today: dt.date) -> Case:
    """How each milestone stands on a day: late, due soon, later, reached, dropped."""
    return Case(
        When(state=MilestoneState.REACHED, then=Value(REACHED)),
        When(state=MilestoneState.DROPPED, then=Value(DROPPED)),
        When(due_on__lt=today, then=Value(LATE)),
        When(due_on__lte=today + SOON, then=Value(DUE_SOON)),
        default=Value(LATER),
        output_field=CharField(),
    )


def in_programme(programme: Programme) -> QuerySet[Milestone]:
    """All milestones of the programme, each with how it stands today and its place: late first, ended last."""
    today = clock.today(programme.time_zone)
    turn = Case(
        When(standing=LATE, then=Value(0)),
        When(standing__in=(DUE_SOON, LATER), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows: Any = milestones().filter(initiative__programme=programme).annotate(standing=standing(today))
    found: QuerySet[Milestone] = rows.annotate(turn=turn)
    return found


def figures(programme: Programme) -> dict[str, int]:
    """How many milestones of the programme stand how; one query."""
    every: Any = in_programme(programme).order_by()
    rows = every.values("standing").annotate(n=Count("pk"))
    return {row["standing"]: row["n"] for row in rows}


def cohort(programme: Programme) -> QuerySet[Initiative]:
    """The programme's initiatives, each with its plan's figures; a page of them costs one query more for the marks."""
    today = clock.today(programme.time_zone)
    own = Milestone.objects.filter(initiative=OuterRef("pk"))
    ahead = own.filter(state__in=MILESTONE_OPEN).order_by("due_on", "position")
    return (
        initiatives.of_programme(programme)
        .annotate(
            all_milestones=counted(own),
            reached_milestones=counted(own.filter(state=MilestoneState.REACHED)),
            late_milestones=counted(own.filter(state__in=MILESTONE_OPEN, due_on__lt=today)),
            next_due=Subquery(ahead.values("due_on")[:1]),
            next_title=Subquery(ahead.values("title")[:1]),
        )
        .prefetch_related(Prefetch("milestones", Milestone.objects.order_by("due_on", "position")))
    )


def span(programme: Programme) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last due date of all plans."""
    found = Milestone.objects.filter(initiative__programme=programme).aggregate(
        first=Min("due_on"), last=Max("due_on")
    )
    return found["first"], found["last"]


def shared(programme: Programme | UUID) -> QuerySet[SharedMilestone]:
    """The milestones that the programme gives to all."""
    return SharedMilestone.objects.filter(programme=programme).order_by("position", "due_on", "pk")


def with_takers(programme: Programme) -> QuerySet[Any]:
    """The same, each with how many plans have it."""
    return shared(programme).annotate(taken=counted(Milestone.objects.filter(shared=OuterRef("pk"))))


def shared_visible_to(person: Person) -> QuerySet[SharedMilestone]:
    """Those of the programmes whose initiatives the person reads."""
    read = programmes.programmes_where(person, "initiatives.read").order_by().values("pk")
    return SharedMilestone.objects.filter(programme__in=read).select_related("programme")


def not_taken_over(initiative: Initiative) -> QuerySet[SharedMilestone]:
    """Those that the initiative's plan does not have yet."""
    taken = Milestone.objects.filter(initiative=initiative, shared=OuterRef("pk"))
    return shared(initiative.programme_id).exclude(pk__in=taken.values("shared_id"))


def to_tell() -> QuerySet[Milestone]:
    """Open milestones whose day is near or has passed, and of which nobody was told since the day was set."""
    today = clock.today()
    near = Q(due_on__range=(today, today + BEFORE)) & (Q(told_for=None) | ~Q(told_for=F("due_on")))
    late = Q(due_on__lt=today) & (Q(told_late_for=None) | ~Q(told_late_for=F("due_on")))
    rows = milestones().filter(state__in=MILESTONE_OPEN).exclude(initiative__state__in=ENDED)
    return rows.filter(near | late).order_by("initiative_id", "due_on")


def locked(milestone_id: UUID) -> Milestone:
    """The milestone, its row locked until the transaction ends."""
    rows: Any = milestones().select_for_update(of=("self",))
    found: Milestone = rows.get(pk=milestone_id)
    return found


def locked_shared(pk: UUID) -> SharedMilestone:
    """A milestone of the programme, its row locked."""
    rows: Any = SharedMilestone.objects.select_for_update(of=("self",)).select_related("programme")
    found: SharedMilestone = rows.get(pk=pk)
    return found
