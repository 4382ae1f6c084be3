"""Who registered for a pitch day, how many places are left, who comes next."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from vivaio.jury.models import Audience, Guest, GuestKey, Panel
from vivaio.jury.pitching import queries as pitching
from vivaio.jury.states import SEATED, GuestState, PitchState, Way
from vivaio.kit import clock, tokens
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes

OF_DAY = ("audience__day__panel__call__programme",)
# The version of the house's own words, where the programme has published no notice; raise it with every change of them.
HOUSE_NOTICE = "audience-2026-11"


def of(panel: Panel) -> Audience | None:
    """The audience of a jury's pitch day, once its registration was set up."""
    found = Audience.objects.filter(day__panel=panel).select_related("day").first()
    if found is not None:
        found.day.panel = panel
    return found


def public() -> QuerySet[Any]:
    """The audiences of announced days of public calls, with how many places are `taken`."""
    days = pitching.public().order_by().values("pk")
    rows = Audience.objects.filter(day__in=days).select_related("day__panel__call__programme")
    return with_taken(rows)


def with_taken(rows: QuerySet[Audience]) -> QuerySet[Any]:
    """The audiences with how many places in the room are `taken`, and how many `wait`."""
    guests = Guest.objects.filter(audience=OuterRef("pk"), way=Way.ROOM).order_by().values("audience")
    taken = guests.filter(state__in=SEATED).annotate(n=Count("pk")).values("n")
    waiting = guests.filter(state=GuestState.WAITING).annotate(n=Count("pk")).values("n")
    found: QuerySet[Any] = rows.annotate(taken=Subquery(taken), waits=Subquery(waiting))
    return found


def left(audience: Any) -> int | None:
    """How many places in the room are free to whoever registers now; None where there is no limit."""
    if audience.places is None:
        return None
    return 0 if audience.waits else max(0, audience.places - (audience.taken or 0))


def locked(pk: UUID) -> Audience:
    """The audience under its row lock: whoever gives or frees a place holds it."""
    rows: Any = Audience.objects.select_for_update(of=("self",))
    found: Audience = rows.select_related("day__panel__call__programme").get(pk=pk)
    return found


def locked_guest(pk: UUID) -> Guest | None:
    """A guest under the lock of their audience; nothing where they were erased meanwhile."""
    audience = Guest.objects.filter(pk=pk).values_list("audience_id", flat=True).first()
    if audience is None:
        return None
    held = locked(audience)
    found = Guest.objects.select_for_update(of=("self",)).select_related("person").filter(pk=pk).first()
    if found is not None:
        found.audience = held
    return found


def free(audience: Audience) -> bool:
    """Whether a place in the room is free. Hold the audience's lock."""
    if audience.places is None:
        return True
    return audience.guests.filter(state__in=SEATED, way=Way.ROOM).count() < audience.places


def next_waiting(audience: Audience) -> Guest | None:
    """Whoever has waited longest."""
    rows = audience.guests.filter(state=GuestState.WAITING).order_by("queued_at", "pk")
    found = rows.select_related("person").first()
    if found is not None:
        found.audience = audience
    return found


def opened_by(token: str) -> Guest | None:
    """The guest whose page a link of a letter opens."""
    keys = GuestKey.objects.filter(digest=tokens.digest(token)).values("guest")
    rows = Guest.objects.filter(pk__in=keys).select_related(*OF_DAY, "person")
    return rows.exclude(audience__day__state=PitchState.PREPARING).first()


def seen_by_staff(audience: Audience) -> QuerySet[Guest]:
    """Everybody who registered."""
    return audience.guests.select_related(*OF_DAY)


def expected(audience: Audience) -> QuerySet[Guest]:
    """Who is expected in the room."""
    return audience.guests.filter(state=GuestState.COMING, way=Way.ROOM).order_by("name", "created_at")


@dataclass(frozen=True)
class Numbers:
    """The audience in figures; those whose names were erased are counted too."""

    coming: int
    online: int
    offered: int
    waiting: int
    asked: int
    came: int


def numbers(audience: Audience) -> Numbers:
    """The audience in figures, in one statement."""
    in_room = Q(way=Way.ROOM)
    found = audience.guests.order_by().aggregate(
        coming=Count("pk", filter=in_room & Q(state=GuestState.COMING)),
        online=Count("pk", filter=Q(way=Way.ONLINE, state=GuestState.COMING)),
        offered=Count("pk", filter=Q(state=GuestState.OFFERED)),
        waiting=Count("pk", filter=Q(state=GuestState.WAITING)),
        asked=Count("pk", filter=Q(state=GuestState.ASKED)),
        came=Count("pk", filter=Q(came_at__isnull=False)),
    )
    found["came"] += audience.past_came
    found["coming"] += audience.past_registered
    return Numbers(**found)


def notice_of(programme: UUID) -> str:
    """Which version of the privacy notice is shown today."""
    found = programmes.current_notice(programme)
    return str(found.number) if found else HOUSE_NOTICE


def to_remind() -> QuerySet[Guest]:
    """Who comes to an announced day that begins within a day, and was not reminded."""
    now = clock.now()
    return Guest.objects.filter(
        state=GuestState.COMING,
        reminded_at=None,
        audience__day__state=PitchState.ANNOUNCED,
        audience__day__starts_at__gt=now,
        audience__day__starts_at__lte=now + dt.timedelta(days=1),
    )


def needs_to_clear() -> QuerySet[Audience]:
    """Audiences of days that began more than a day ago, of whose needs something is still known."""
    over = clock.now() - dt.timedelta(days=1)
    known = Guest.objects.exclude(needs="").filter(audience__day__starts_at__lt=over)
    return Audience.objects.filter(pk__in=known.order_by().values("audience"))


def never_confirmed() -> QuerySet[Guest]:
    """Registrations whose address nobody confirmed within two days."""
    before = clock.now() - dt.timedelta(days=2)
    return Guest.objects.filter(state=GuestState.ASKED, updated_at__lt=before)


def kept_long_enough(programme: UUID | None, before: dt.datetime) -> QuerySet[Guest]:
    """The audience of days that were before that instant."""
    return Guest.objects.filter(
        audience__day__panel__call__programme=programme, audience__day__starts_at__lt=before
    ).order_by(F("created_at").asc())


def of_person(person: Person) -> QuerySet[Guest]:
    """Where the person registered, signed in or with their address."""
    return Guest.objects.filter(Q(person=person) | Q(email=person.email.lower())).select_related(*OF_DAY)
