"""Contests that an initiative has entered or may enter; who took an interest."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls import queries as calls
from vivaio.calls.models import Call, Track
from vivaio.calls.states import CallKind, CallState
from vivaio.initiatives.models import ContestEntry, Initiative, Interest
from vivaio.initiatives.queries import initiatives
from vivaio.initiatives.states import InterestState
from vivaio.jury.models import Assignment, Conflict, Juror, PitchSlot, RankingEntry
from vivaio.jury.queries import panel as panels
from vivaio.jury.states import (
    AssignmentState,
    ConflictState,
    JurorState,
    Outcome,
    PitchState,
    RankingState,
)
from vivaio.kit import clock
from vivaio.kit.counting import counted
from vivaio.people.models import Person
from vivaio.programmes.models import Programme

GIVEN_UP = (ApplicationState.WITHDRAWN,)
NOT_HANDED_IN = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)
NOT_HELD = (CallState.DRAFT, CallState.WITHDRAWN)


def entries_of(initiative: Initiative) -> QuerySet[ContestEntry]:
    """The contests that the initiative has entered, with the interest taken in it and its place on the pitch day."""
    rows = ContestEntry.objects.filter(initiative=initiative).select_related(
        "application__call__programme", "application__track"
    )
    interests = Interest.objects.select_related("person")
    place = PitchSlot.objects.filter(application=OuterRef("application")).exclude(
        day__state=PitchState.PREPARING
    )
    return rows.annotate(presents=Exists(place)).prefetch_related(Prefetch("interests", interests))


def open_contests(initiative: Initiative) -> list[Track]:
    """The tracks of the programme's contests that take entries at this instant."""
    now = clock.now()
    rows = calls.public().filter(
        programme=initiative.programme_id, kind=CallKind.CONTEST, opens_at__lte=now, closes_at__gt=now
    )
    tracks = Track.objects.filter(call__in=rows.order_by().values("pk")).select_related("call__programme")
    return list(tracks.order_by("call__closes_at", "call", "position"))


def has_entered(initiative: Initiative, call: Call | UUID) -> bool:
    """Whether the initiative is in the contest, with a draft or with what was handed in."""
    rows = ContestEntry.objects.filter(initiative=initiative, application__call=call)
    return rows.exclude(application__state__in=GIVEN_UP).exists()


def of_application(application: Application) -> ContestEntry | None:
    """The entry that an application is, if it is one."""
    return ContestEntry.objects.filter(application=application).first()


def seat(person: Person, panel: UUID) -> Juror | None:
    """The person's own seat on the jury of a contest."""
    return panels.seats_of(person).filter(panel=panel, panel__call__kind=CallKind.CONTEST).first()


def entrants(juror: Juror) -> QuerySet[Any]:
    """The entrants that a juror may read of, with the juror's own `sheet` and interest (`own_interest`)."""
    barred = Conflict.objects.filter(
        juror=juror, application=OuterRef("application"), state=ConflictState.STANDING
    )
    sheets = Assignment.objects.filter(juror=juror, application=OuterRef("application"))
    mine = Interest.objects.filter(entry=OuterRef("pk"), person=juror.person_id)
    found: QuerySet[Any] = (
        ContestEntry.objects.filter(
            application__call=juror.panel.call_id, application__state=ApplicationState.ADMITTED
        )
        .exclude(Exists(barred))
        .select_related(
            "application__track", "application__organisation", "application__person", "initiative"
        )
        .annotate(
            sheet=Subquery(sheets.exclude(state=AssignmentState.RECUSED).values("state")[:1]),
            own_interest=Subquery(mine.values("state")[:1]),
        )
        .order_by("application__number")
    )
    return found


def for_juror(person: Person, pk: UUID) -> tuple[Juror, Any] | None:
    """An entrant with the seat of the person on its jury; nothing where there is none."""
    entry = ContestEntry.objects.filter(pk=pk).select_related("application__call__panel").first()
    panel = getattr(entry.application.call, "panel", None) if entry else None
    juror = seat(person, panel.pk) if panel else None
    found = entrants(juror).filter(pk=pk).first() if juror else None
    return (juror, found) if juror and found else None


def answered_by(person: Person) -> QuerySet[Interest]:
    """The interest that the person may answer: in the initiatives that they lead."""
    led = initiatives.of_person(person).filter(team__person=person, team__part="leader", team__ended_at=None)
    rows = Interest.objects.filter(entry__initiative__in=led.order_by().values("pk"))
    return rows.select_related("entry__initiative__programme", "entry__application__call", "person")


def locked_entry(pk: UUID) -> ContestEntry:
    """The entry under its row lock."""
    rows: Any = ContestEntry.objects.select_for_update(of=("self",))
    found: ContestEntry = rows.select_related("initiative__programme", "application__call").get(pk=pk)
    return found


def locked_interest(pk: UUID) -> Interest:
    """An interest under its row lock."""
    rows: Any = Interest.objects.select_for_update(of=("self",))
    found: Interest = rows.select_related(
        "entry__initiative__programme",
        "entry__initiative__organisation",
        "entry__application__call",
        "person",
    ).get(pk=pk)
    return found


def of_person(person: Person) -> Iterable[Interest]:
    """Where the person took an interest."""
    return Interest.objects.filter(person=person).select_related(
        "entry__initiative", "entry__application__call"
    )


def entries_in(programme: Programme) -> QuerySet[Any]:
    """What was handed in to the programme's contests and not taken back: whether it won (`won`, once the ranking was
    published) and how much interest was shown in it."""
    won = RankingEntry.objects.filter(
        application=OuterRef("application"),
        outcome=Outcome.SELECTED,
        ranking__state__in=(RankingState.PUBLISHED, RankingState.EXPIRED),
    )
    shown = Interest.objects.filter(entry=OuterRef("pk"))
    rows = ContestEntry.objects.filter(
        application__call__programme=programme, application__call__kind=CallKind.CONTEST
    )
    rows = rows.exclude(application__call__state__in=NOT_HELD).exclude(application__state__in=NOT_HANDED_IN)
    return rows.select_related(
        "initiative__organisation", "application__call__programme", "application__track"
    ).annotate(
        won=Exists(won),
        interest=counted(shown),
        accepted=counted(shown.filter(state=InterestState.ACCEPTED)),
    )


def interests_in(programme: Programme) -> QuerySet[Interest]:
    """The interest shown in those entries."""
    rows = Interest.objects.filter(entry__in=entries_in(programme).order_by().values("pk"))
    return rows.select_related("entry__initiative", "entry__application__call")


def held(programme: Programme) -> QuerySet[Any]:
    """The programme's contests that somebody entered: entries, jurors, winners, interest shown and accepted."""
    entries = entries_in(programme).filter(application__call=OuterRef("pk"))
    interests = interests_in(programme).filter(entry__application__call=OuterRef("pk"))
    jurors = Juror.objects.filter(panel__call=OuterRef("pk"), state=JurorState.ACCEPTED)
    rows = Call.objects.filter(pk__in=entries_in(programme).order_by().values("application__call"))
    return rows.select_related("programme").annotate(
        entrants=counted(entries),
        jurors_in=counted(jurors),
        winners=counted(entries.filter(won=True)),
        interest=counted(interests),
        accepted=counted(interests.filter(state=InterestState.ACCEPTED)),
    )
