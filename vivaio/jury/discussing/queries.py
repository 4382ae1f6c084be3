"""Which discussions a juror takes part in, what was given and said in them, and what is new."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import (
    DateTimeField,
    Exists,
    F,
    FloatField,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call, Criterion
from vivaio.calls.states import Discussing
from vivaio.jury.models import (
    Assignment,
    Conflict,
    Discussion,
    Draw,
    Juror,
    Panel,
    Ranking,
    Recusal,
    Remark,
    Revision,
    Score,
    Voice,
)
from vivaio.jury.queries.panel import seats_of
from vivaio.jury.queries.panel import visible_to as panels_visible_to
from vivaio.jury.queries.scoring import confidence_in_words
from vivaio.jury.states import (
    Aside,
    AsideState,
    AssignmentState,
    ConflictState,
    DiscussionState,
    JurorState,
    RankingState,
)
from vivaio.kit import clock
from vivaio.kit.counting import counted
from vivaio.people.models import Person

LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def held(call: Call) -> bool:
    """Whether the call's jurors discuss."""
    return call.discussing != Discussing.NONE


def _in_conflict(juror: Juror) -> tuple[QuerySet[Conflict], QuerySet[Recusal]]:
    standing = Conflict.objects.filter(juror=juror, state=ConflictState.STANDING)
    aside = Recusal.objects.filter(juror=juror, state=AsideState.STANDING, why=Aside.CONFLICT)
    return standing, aside


def barred_tracks(juror: Juror) -> set[UUID]:
    """The tracks in whose discussions a juror has no part: those of every conflict that stands.

    The whole track, because any of its applications may stand next to the one in conflict in the order by quality.
    """
    standing, aside = _in_conflict(juror)
    track = "application__track_id"
    return {pk for (pk,) in standing.values_list(track).union(aside.values_list(track))}


def taking_part(juror: Juror) -> QuerySet[Assignment]:
    """The complete sheets of a juror that let them discuss, once confirmed. Not recused, no conflict in the track."""
    standing, conflicts = _in_conflict(juror)
    aside = Recusal.objects.filter(
        juror=juror, application=OuterRef("application"), state=AsideState.STANDING
    )
    return (
        Assignment.objects.filter(
            ~Exists(aside),
            juror=juror,
            juror__state=JurorState.ACCEPTED,
            juror__panel__call__discussing__in=(Discussing.ANONYMOUS, Discussing.NAMED),
            state=AssignmentState.DONE,
            application__state=ApplicationState.ADMITTED,
        )
        .exclude(application__track__in=standing.values("application__track"))
        .exclude(application__track__in=conflicts.values("application__track"))
        .select_related("application__organisation", "application__person", "application__track")
    )


def to_confirm(juror: Juror) -> QuerySet[Assignment]:
    """Complete sheets that their juror has not confirmed, whose discussion has not closed without them."""
    closed = Q(application__discussion__state=DiscussionState.CLOSED)
    return taking_part(juror).filter(confirmed_at=None).exclude(closed).order_by("position", "pk")


def _full(rows: QuerySet[Discussion]) -> QuerySet[Discussion]:
    return rows.select_related(
        "application__organisation",
        "application__person",
        "application__track",
        "application__call__programme",
        "application__call__panel",
    )


def of_juror(juror: Juror) -> QuerySet[Discussion]:
    """The discussions that a juror reads: of applications whose scores they have confirmed."""
    mine = taking_part(juror).exclude(confirmed_at=None).values("application")
    return _full(Discussion.objects.filter(application__in=mine))


def reads_along(person: Person) -> QuerySet[Panel]:
    """The juries whose discussions a person reads for the staff. Who sits on a jury reads there as a juror alone."""
    return panels_visible_to(person, "scores.read").exclude(
        pk__in=Juror.objects.filter(person=person, state=JurorState.ACCEPTED).values("panel")
    )


def of_panel(panel: Panel) -> QuerySet[Discussion]:
    """Every discussion of a jury, for the staff."""
    return _full(Discussion.objects.filter(application__call=panel.call_id))


def open_ones(call: Call) -> QuerySet[Discussion]:
    """Discussions that nobody has closed."""
    return Discussion.objects.filter(application__call=call, state=DiscussionState.OPEN)


def confirmed(**more: Any) -> QuerySet[Assignment]:
    """The sheets that count in discussions: complete, confirmed, of jurors with a seat."""
    return Assignment.objects.filter(
        state=AssignmentState.DONE,
        juror__state=JurorState.ACCEPTED,
        confirmed_at__isnull=False,
        **more,
    )


def with_figures(rows: QuerySet[Discussion], person: Person | None = None) -> QuerySet[Discussion]:
    """The same with `spread` (points out of 100 between the highest and the lowest total), `sheets`, `said`, `last`.

    With a person also `unread`, and `fresh`, whether there is any.
    """
    points = Cast(F("value"), FloatField()) * F("criterion__weight") / F("criterion__scale_max")
    total = (
        Score.objects.filter(assignment=OuterRef("pk"))
        .order_by()
        .values("assignment")
        .annotate(total=Sum(points, output_field=FloatField()))
        .values("total")
    )
    here = confirmed(application=OuterRef("application"))
    spread = (
        here.annotate(total=Subquery(total))
        .order_by()
        .values(one=Value(1))
        .annotate(spread=Max("total") - Min("total"))
        .values("spread")
    )
    remarks = Remark.objects.filter(discussion=OuterRef("pk"), removed_at=None)
    last = remarks.order_by("-created_at").values("created_at")[:1]
    rows = rows.annotate(
        spread=Coalesce(Subquery(spread, output_field=FloatField()), 0.0),
        sheets=counted(here),
        said=counted(remarks),
        last=Subquery(last, output_field=DateTimeField()),
    )
    if person is None:
        return rows
    mine = Voice.objects.filter(discussion=OuterRef("discussion"), person=person).values("read_at")[:1]
    unread = remarks.exclude(voice__person=person).filter(
        created_at__gt=Coalesce(Subquery(mine), Value(LONG_AGO, output_field=DateTimeField()))
    )
    return rows.annotate(unread=counted(unread), fresh=Exists(unread))


def standing(assignment: Assignment) -> tuple[Discussion | None, bool, bool]:
    """The discussion of an application, as far as its state goes; whether lots were drawn; whether a verdict was
    adopted. In one statement."""
    call = assignment.juror.panel.call_id
    found = Discussion.objects.filter(application=assignment.application_id)
    adopted = Ranking.objects.filter(call=call).exclude(state=RankingState.PROVISIONAL)
    pk, state, drawn, settled = (
        Call.objects.filter(pk=call)
        .values_list(
            Subquery(found.values("pk")[:1]),
            Subquery(found.values("state")[:1]),
            Exists(Draw.objects.filter(call=call)),
            Exists(adopted),
        )
        .get()
    )
    return (Discussion(pk=pk, state=state) if pk else None), drawn, settled


def locked(pk: UUID) -> Discussion:
    """The discussion under its row lock."""
    Discussion.objects.select_for_update().get(pk=pk)
    return _full(Discussion.objects.filter(pk=pk)).get()


def voices(discussion: Discussion) -> list[Voice]:
    """Who takes part, jurors by their letter and the staff last."""
    return list(
        discussion.voices.select_related("person", "juror__person").order_by(
            F("number").asc(nulls_last=True), "created_at"
        )
    )


def remarks(discussion: Discussion) -> list[Remark]:
    """What was said, in its order."""
    return list(discussion.remarks.order_by("created_at", "pk"))


def revisions(discussion: Discussion) -> list[Revision]:
    """The scores that changed after discussing, oldest first."""
    return list(
        Revision.objects.filter(assignment__application=discussion.application_id)
        .select_related("criterion", "assignment")
        .order_by("created_at", "pk")
    )


@dataclass(frozen=True)
class Given:
    """A criterion and what each juror gave, in the order of `Compared.sheets`."""

    criterion: Criterion
    values: list[int | None]
    sure: list[str]

    @property
    def spread(self) -> int:
        said = [value for value in self.values if value is not None]
        return max(said) - min(said) if said else 0


@dataclass(frozen=True)
class Compared:
    """Confirmed scores side by side; `totals` are out of 100 if the weights add up to it."""

    sheets: list[Assignment]
    rows: list[Given]
    totals: list[Decimal]

    @property
    def jurors(self) -> list[UUID]:
        return [sheet.juror_id for sheet in self.sheets]

    @property
    def spread(self) -> Decimal:
        return max(self.totals) - min(self.totals) if self.totals else Decimal(0)


def compared(discussion: Discussion, criteria: Sequence[Criterion]) -> Compared:
    """The confirmed scores of an application, by criterion and juror; two queries."""
    sheets = list(
        confirmed(application=discussion.application_id)
        .prefetch_related(Prefetch("scores", Score.objects.all()))
        .order_by("juror_id")
    )
    given = [{score.criterion_id: score.value for score in sheet.scores.all()} for sheet in sheets]
    rows = [
        Given(
            one,
            [values.get(one.pk) for values in given],
            [confidence_in_words(sheet.confidence.get(one.key, "")) for sheet in sheets],
        )
        for one in criteria
    ]
    return Compared(sheets, rows, [_total(criteria, values) for values in given])


def _total(criteria: Sequence[Criterion], values: dict[UUID, int]) -> Decimal:
    shares = (one.weight * values.get(one.pk, 0) / one.scale_max for one in criteria)
    return Decimal(sum(shares)).quantize(Decimal("0.1"))


def with_news() -> list[tuple[Voice, int]]:
    """Jurors' voices with messages neither read nor told of, and how many; for the daily letter.

    Only where the juror still takes part: a conflict found since then says nothing of what goes on.
    """
    now = clock.now()
    voiced = Remark.objects.filter(discussion=OuterRef("discussion"), removed_at=None).exclude(
        voice=OuterRef("pk")
    )
    waiting = (
        Voice.objects.filter(
            juror__isnull=False,
            discussion__state=DiscussionState.OPEN,
            juror__person__in=Person.objects.filter(is_active=True),
        )
        .annotate(
            news=counted(
                voiced.filter(
                    created_at__lte=now,
                    created_at__gt=Coalesce(OuterRef("read_at"), Value(LONG_AGO, output_field=DateTimeField())),
                )
            ),
            newest=Subquery(voiced.order_by("-created_at").values("created_at")[:1]),
        )
        .filter(news__gt=0)
        .filter(Q(told_at=None) | Q(told_at__lt=F("newest")))
        .select_related("juror__person", "juror__panel__call__programme", "discussion")
        .order_by("juror_id", "pk")
    )  # fmt: skip
    return [(voice, voice.news) for voice in waiting]


def still_reads(juror: Juror) -> set[UUID]:
    """The discussions that a juror may read now, if they still sit."""
    if juror.person is None or not seats_of(juror.person).filter(pk=juror.pk).exists():
        return set()
    return set(of_juror(juror).values_list("pk", flat=True))
