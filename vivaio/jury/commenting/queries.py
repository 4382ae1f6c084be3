"""Comments: those of a sheet, those that count in a call, those that applicants read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call, Criterion
from vivaio.calls.states import Commenting
from vivaio.jury.models import Assignment, Comment, Juror, RankingEntry, Score
from vivaio.jury.states import AssignmentState, CommentState, JurorState, Outcome, PlaceState
from vivaio.programmes import queries as programmes

OVERALL = "overall"  # what the comment on the whole application is called beside the criteria's keys
TO_READ = (CommentState.WRITTEN, CommentState.REVISED)
# A complete sheet of a seated juror on an eligible application: its scores count, and so do its comments.
COUNTS = Q(
    assignment__state=AssignmentState.DONE,
    assignment__application__state=ApplicationState.ADMITTED,
    assignment__juror__state=JurorState.ACCEPTED,
)
SAID = Q(criterion__isnull=False) | ~Q(text="")  # a comment on the whole that nobody wrote is not missing


def texts_of(assignment: Assignment) -> dict[UUID | None, str]:
    """The comments of a sheet by criterion; none is the one on the whole application."""
    return dict(assignment.comments.values_list("criterion_id", "text"))


def by_key(assignment: Assignment) -> dict[str, str]:
    """What was written on a sheet, by the criterion's key."""
    rows = assignment.comments.exclude(text="").values_list("criterion__key", "text")
    return {key or OVERALL: text for key, text in rows}


def in_call(call: Call) -> QuerySet[Comment]:
    """The comments that a manager reads: those that count, and whatever was released."""
    return (
        Comment.objects.filter(COUNTS | Q(state=CommentState.RELEASED), SAID, assignment__application__call=call)
        .select_related(
            "criterion",
            "assignment__juror__person",
            "assignment__juror__panel__call__programme",
            "assignment__application__organisation",
            "assignment__application__person",
            "assignment__application__track",
        )
        .order_by(
            "assignment__application__number", F("criterion__position").asc(nulls_last=True), "criterion__key", "pk"
        )
    )  # fmt: skip


def managed_by(person: Any) -> QuerySet[Comment]:
    """The comments that count, of the calls whose verdict the person adopts."""
    mine = programmes.programmes_where(person, "verdict.adopt").values("pk")
    return Comment.objects.filter(
        COUNTS, SAID, assignment__application__call__programme_id__in=mine
    ).select_related(
        "criterion",
        "assignment__juror__person",
        "assignment__juror__panel__call__programme",
        "assignment__application",
    )


def asked_of(juror: Juror) -> QuerySet[Comment]:
    """What a juror was asked to rewrite."""
    return (
        Comment.objects.filter(COUNTS, assignment__juror=juror, state=CommentState.ASKED)
        .select_related("criterion", "assignment__application__track", "assignment__application__organisation",
                        "assignment__application__person")
        .order_by("assignment__position", "criterion__position", "pk")
    )  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """How many comments of an application stand where."""

    missing: int = 0
    to_read: int = 0
    asked: int = 0
    ready: int = 0
    withheld: int = 0
    released: int = 0


def tally(comments: Iterable[Comment]) -> Tally:
    """Counted from the rows themselves."""
    states = [comment.state for comment in comments]
    return Tally(
        missing=states.count(CommentState.MISSING),
        to_read=sum(state in TO_READ for state in states),
        asked=states.count(CommentState.ASKED),
        ready=states.count(CommentState.READY),
        withheld=states.count(CommentState.WITHHELD),
        released=states.count(CommentState.RELEASED),
    )


def _count(*states: str) -> Count:
    counts = Q(assignments__state=AssignmentState.DONE, assignments__juror__state=JurorState.ACCEPTED)
    said = Q(assignments__comments__criterion__isnull=False) | ~Q(assignments__comments__text="")
    wanted = Q(assignments__comments__state__in=states)
    given = said & wanted if CommentState.RELEASED in states else counts & said & wanted
    return Count("assignments__comments", filter=given)


def applications(call: Call) -> QuerySet[Application]:
    """The judged applications of a call, each with its outcome and how its comments stand."""
    return with_tallies(Application.objects.filter(call=call))


def with_tallies(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Judged applications with `comments_missing`, `comments_to_read` and so on."""
    return (
        rows.filter(state=ApplicationState.ADMITTED)
        .select_related("organisation", "person", "created_by", "track", "call__programme",
                        "ranking_entry__ranking__track", "ranking_entry__ranking__call__programme")
        .defer("ranking_entry__ranking__minutes", "frozen")
        .annotate(
            comments_missing=_count(CommentState.MISSING),
            comments_to_read=_count(*TO_READ),
            comments_asked=_count(CommentState.ASKED),
            comments_ready=_count(CommentState.READY),
            comments_withheld=_count(CommentState.WITHHELD),
            comments_released=_count(CommentState.RELEASED),
        )
    )  # fmt: skip


def tally_of(application: Any) -> Tally:
    """The counts that `with_tallies` put on the row."""
    names = ("missing", "to_read", "asked", "ready", "withheld", "released")
    return Tally(**{name: getattr(application, f"comments_{name}") for name in names})


def entry_of(application: Application) -> RankingEntry | None:
    """The application's line in the ranking, if it has one."""
    return getattr(application, "ranking_entry", None)


def due(entry: RankingEntry) -> bool:
    """Whether the call announced that this applicant receives the comments."""
    match entry.ranking.call.commenting:
        case Commenting.EVERYBODY:
            return True
        case Commenting.NOT_SELECTED:
            moved_up = entry.place in (PlaceState.OFFERED, PlaceState.ACCEPTED)
            return entry.outcome != Outcome.SELECTED and not moved_up
    return False


@dataclass(frozen=True)
class Part:
    """What several jurors wrote on one criterion, or on the whole where there is none."""

    criterion: Criterion | None
    comments: list[str]


def released(application: Application | UUID) -> list[Part]:
    """What the applicant reads, by criterion: no row, no juror, in the order drawn at the release."""
    rows = (
        Comment.objects.filter(assignment__application=application, state=CommentState.RELEASED)
        .exclude(text="")
        .select_related("criterion")
        .order_by(F("criterion__position").asc(nulls_last=True), "criterion__key", "place")
    )
    return [
        Part(found[0].criterion, [one.text for one in found])
        for found in (list(group) for _key, group in groupby(rows, key=lambda one: one.criterion_id))
    ]


def released_at(application: Application | UUID) -> Any:
    """When the comments were released; none: they were not."""
    rows = Comment.objects.filter(assignment__application=application, state=CommentState.RELEASED)
    return rows.values_list("released_at", flat=True).order_by("released_at").first()


def scores_on(application: Application) -> dict[tuple[UUID, UUID], int]:
    """What was given to an application, by sheet and criterion."""
    rows = Score.objects.filter(assignment__application=application)
    return {
        (sheet, criterion): value
        for sheet, criterion, value in rows.values_list("assignment_id", "criterion_id", "value")
    }


def by_criterion(comments: Iterable[Comment], scores: Mapping[tuple[UUID, UUID], int]) -> list[Any]:
    """Comments put together by what they are about, each with the score that stands beside it."""
    found = []
    for _key, group in groupby(comments, key=lambda one: one.criterion_id):
        rows = list(group)
        criterion = rows[0].criterion
        beside = [(row, scores.get((row.assignment_id, criterion.pk)) if criterion else None) for row in rows]
        found.append((criterion, beside))
    return found
