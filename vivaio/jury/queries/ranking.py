"""Reads about rankings: what the staff see, what the public may see, what an applicant hears."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.utils.translation import gettext as _

from vivaio.applications import queries as applications
from vivaio.applications.models import Application
from vivaio.calls import queries as calls
from vivaio.calls.models import Call, Condition, Criterion, Track
from vivaio.calls.queries import tie_rule_in_words
from vivaio.calls.states import DRAW, ConditionKind, Disclosure
from vivaio.journal import queries as journal
from vivaio.jury.models import DecisionRecord, Draw, Juror, Ranking, RankingEntry, Score
from vivaio.jury.queries import computing, impartiality
from vivaio.jury.queries.scoring import confidence_in_words
from vivaio.jury.states import AssignmentState, JurorState, Outcome, PlaceState, RankingState
from vivaio.kit import clock
from vivaio.kit.statements import Statement
from vivaio.people import queries as people
from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.programmes.models import Programme


def locked(ranking_id: UUID) -> Ranking:
    """The ranking, its row locked until the transaction ends."""
    return (
        Ranking.objects.select_for_update(of=("self",))
        .select_related("call__programme", "call__panel", "track")
        .defer("minutes")
        .get(pk=ranking_id)
    )


def lock_applications(ranking: Ranking) -> None:
    """Hold the ranked applications until the transaction ends."""
    ranked = RankingEntry.objects.filter(ranking=ranking).values("application_id")
    list(Application.objects.select_for_update().filter(pk__in=ranked).order_by("pk").values_list("pk"))


def locked_all(call: Call) -> QuerySet[Ranking]:
    """Every ranking of a call, locked in the order of the tracks."""
    return (
        Ranking.objects.select_for_update(of=("self",))
        .filter(call=call)
        .select_related("call__programme", "track")
        .defer("minutes")
        .order_by("track__position")
    )


def locked_entries(ranking: Ranking) -> QuerySet[RankingEntry]:
    """Every entry of a ranking with its applicant, locked in their order."""
    applicant = "organisation", "person", "created_by"
    return (
        ranking.entries.select_for_update(of=("self",))
        .select_related(*(f"application__{one}" for one in applicant))
        .defer("application__frozen")
        .order_by("order")
    )


def locked_entry(entry_id: UUID) -> RankingEntry:
    """The entry, its ranking locked first, so that places pass on one at a time."""
    ranking_id = RankingEntry.objects.values_list("ranking_id", flat=True).get(pk=entry_id)
    locked(ranking_id)
    return (
        RankingEntry.objects.select_for_update(of=("self",))
        .select_related(
            "ranking__call__programme", "ranking__track", "application__organisation", "application__person"
        )
        .get(pk=entry_id)
    )


def seen_by_staff(person: Person) -> QuerySet[Call]:
    """The calls whose scores the person reads by their roles, each with `sits`: whether on its jury, as a juror."""
    return (
        Call.objects.filter(programme_id__in=programmes.programmes_where(person, "scores.read").values("pk"))
        .annotate(sits=Exists(impartiality.seats_in(person, OuterRef("pk"))))
        .select_related("programme", "panel", "next_stage__programme")
    )


CALL_READ = Statement(
    lambda person, programme, slug: seen_by_staff(person).filter(programme__slug=programme, slug=slug),
    reads={"person": programmes.READ_OF_PERSON},
)


def severity_visible_to(person: Person) -> QuerySet[Ranking]:
    """The rankings whose jurors' severity the person may read: managers alone."""
    return (
        Ranking.objects.filter(
            call__programme_id__in=programmes.programmes_where(person, "verdict.adopt").values("pk")
        )
        .select_related("track", "call__programme", "call__panel")
        .defer("minutes")
    )


def severities_of(ranking: Ranking) -> QuerySet[Juror]:
    """The jurors whose scores a ranking was calibrated on: `severity` in points, `sheets` complete in its track."""
    points = ranking.calibration.get("severity", {})
    whole = Q(assignments__state=AssignmentState.DONE, assignments__application__track=ranking.track)
    return (
        Juror.objects.filter(pk__in=points)
        .select_related("person")
        .annotate(
            severity=Case(
                *[When(pk=juror, then=Value(value)) for juror, value in points.items()],
                default=Value(0.0),
                output_field=FloatField(),
            ),
            sheets=Count("assignments", filter=whole),
        )
    )


def entries_of(ranking: Ranking) -> QuerySet[RankingEntry]:
    """The lines of a ranking, with what a list of them shows."""
    return (
        RankingEntry.objects.filter(ranking=ranking)
        .select_related("application__organisation", "application__person", "ranking__track")
        .defer("application__frozen", "ranking__minutes")
        .order_by("order")
    )


SHOWN = (
    "ranking", "order", "position", "score", "reviews", "quality", "error", "expected_rank", "rank_low", "rank_high",
    "chance", "tied", "tie", "tie_reason", "outcome", "decision_reason", "place", "application__title",
    *people.named("application__"),
)  # fmt: skip


def _lines(ranking: Ranking) -> QuerySet[RankingEntry]:
    """The lines as the page draws them: fifty times what nobody looks at was half of its time."""
    return (
        entries_of(ranking)
        .select_related(None)
        .select_related("application__organisation", "application__person")
        .only(*SHOWN)
    )


LINES = Statement(_lines)


def rankings_of(call: Call) -> QuerySet[Ranking]:
    """The rankings of a call without their minutes."""
    return (
        Ranking.objects.filter(call=call)
        .select_related("track", "adopted_by", "call__panel", "call__programme")
        .defer("minutes")
        .annotate(
            some_track_has_none=Exists(Track.objects.filter(call=OuterRef("call"), ranking=None)),
            has_record=Exists(DecisionRecord.objects.filter(call=OuterRef("call"))),
            grants_aid=Exists(Condition.objects.filter(call=OuterRef("call"), kind=ConditionKind.DE_MINIMIS)),
            newest_record=Subquery(journal.newest_of(OuterRef("call__programme_id"))),
        )
        .order_by("track__position")
    )


_RANKINGS = Statement(rankings_of)


def overview(call: Call) -> list[Ranking]:
    """The rankings of a call as the rules ask about them, without their lines; `call` knows them too."""
    rankings = _RANKINGS.rows(call=call)
    prefetch_related_objects([call], "criteria")
    for ranking in rankings:
        ranking.call = call
    call._prefetched_objects_cache["rankings"] = rankings  # type: ignore[attr-defined]
    return rankings


def lines_of(call: Call) -> QuerySet[RankingEntry]:
    """The lines of a call's rankings, each with all that its own page shows."""
    return RankingEntry.objects.filter(ranking__call=call).select_related(
        "ranking__track",
        "ranking__call__programme",
        "application__organisation",
        "application__person",
    )


def draw_of(call: Call) -> Draw | None:
    """The numbers that the call's lots were drawn from, once they are known."""
    return Draw.objects.filter(call=call).select_related("drawn_by").first()


def parted_by_lot(call: Call) -> QuerySet[RankingEntry]:
    """The lines whose order among equals was drawn, by track and order."""
    return lines_of(call).filter(tie=DRAW).order_by("ranking__track__position", "order")


def record_on_line(call: Call) -> DecisionRecord | None:
    """The decision record of a ranking that is on line (of `public`), where the call publishes scores."""
    return DecisionRecord.objects.filter(call=call, call__publish_scores=True).defer("content").first()


def decided(call: Call) -> int:
    """How many lines people have decided on; computing again drops that."""
    reasons = Q(decision_reason__gt="") | Q(tie_reason__gt="")
    return RankingEntry.objects.filter(ranking__call=call).filter(reasons).count()


def entry_visible_to(person: Person) -> QuerySet[RankingEntry]:
    """The published outcomes of one's own applications, once the letters that tell them are released."""
    return RankingEntry.objects.filter(
        application__outcome_published_at__isnull=False,
        ranking__state__in=(RankingState.PUBLISHED, RankingState.EXPIRED),
        application__in=applications.mine(person).order_by().values("pk"),
    ).select_related(
        "ranking__call__programme", "ranking__track", "application__organisation", "application__person"
    )


def public(call: Call) -> list[Ranking]:
    """The rankings of a call that are on line today."""
    return list(
        Ranking.objects.filter(call=call, state=RankingState.PUBLISHED, public_until__gt=clock.now())
        .select_related("track")
        .defer("minutes")
        .order_by("track__position")
    )


def on_line(programme: Programme) -> QuerySet[RankingEntry]:
    """The lines of a programme's rankings that are on line today, with the awards of their calls.

    A stage that leads on to another awards nothing.
    """
    return (
        RankingEntry.objects.filter(
            ranking__leads_on=False,
            ranking__call__programme=programme,
            ranking__call__in=calls.public().values("pk"),
            ranking__state=RankingState.PUBLISHED,
            ranking__public_until__gt=clock.now(),
        )
        .select_related(
            "ranking__call__programme", "ranking__track", "application__organisation", "application__person"
        )
        .prefetch_related("ranking__call__awards")
        .defer("ranking__minutes", "application__frozen")
        .order_by("ranking__call__opens_at", "ranking__track__position", "order")
    )


@dataclass(frozen=True)
class PublicLine:
    """A line of the published ranking: a name only where the call announced it."""

    position: int
    name: str
    title: str
    score: Decimal | None
    outcome: Outcome
    words: str
    note: str


def public_lines(entries: Iterable[RankingEntry], call: Call) -> list[PublicLine]:
    """Lines of the published ranking. What the call did not announce is not here to leak."""
    return [
        PublicLine(
            position=entry.position,
            name=public_name(entry, call),
            title=entry.application.title if is_named(entry, call) else "",
            score=entry.figure if call.publish_scores else None,
            outcome=Outcome(entry.outcome),
            words=entry.get_outcome_display(),
            note=place_in_words(entry),
        )
        for entry in entries
    ]


def is_named(entry: RankingEntry, call: Call) -> bool:
    """Whether the call announced that this applicant would be named."""
    selected = entry.outcome == Outcome.SELECTED or entry.place in (PlaceState.OFFERED, PlaceState.ACCEPTED)
    match call.disclosure:
        case Disclosure.EVERYONE:
            return True
        case Disclosure.SELECTED:
            return selected
        case Disclosure.SELECTED_ORGANISATIONS:
            return selected and entry.application.organisation_id is not None
    return False


def public_name(entry: RankingEntry, call: Call) -> str:
    """The applicant's name, or the application's number."""
    if is_named(entry, call):
        return entry.application.applicant_name
    return _("Application no. %(number)s") % {"number": entry.application.number}


def place_in_words(entry: RankingEntry) -> str:
    """What became of the place, where it differs from the outcome."""
    if entry.outcome == Outcome.RESERVE and entry.place in (PlaceState.OFFERED, PlaceState.ACCEPTED):
        return _("Moved up from the reserve list")
    if entry.place == PlaceState.DECLINED:
        return _("Gave the place up")
    if entry.place == PlaceState.EXPIRED:
        return _("Did not answer in time")
    return ""


def tie_in_words(entry: RankingEntry, criteria: list[Criterion]) -> str:
    """What set the order among equal scores."""
    if entry.tie == computing.DECISION:
        return _("Equal scores, put in order by decision")
    if entry.tie:
        return _("Equal scores, settled by %(rule)s") % {"rule": tie_rule_in_words(entry.tie, criteria)}
    return ""


def with_tie_in_words(entries: QuerySet[RankingEntry], call: Call) -> QuerySet[RankingEntry]:
    """The lines, each with `tie_words`: what set the order among equal scores."""
    criteria = list(call.criteria.all())
    cases = [
        When(tie=rule, then=Value(tie_in_words(RankingEntry(tie=rule), criteria)))
        for rule in (*call.tie_breaks, computing.DECISION)
    ]
    return entries.annotate(tie_words=Case(*cases, default=Value("")))


def means_of(entry: RankingEntry, criteria: Iterable[Criterion]) -> list[tuple[Criterion, Decimal | None]]:
    """The mean score of each criterion, on its own scale; none where nobody has scored."""
    means = {key: Decimal(mean) for key, mean in entry.criteria.items()}
    return [(criterion, means.get(criterion.key)) for criterion in criteria]


@dataclass(frozen=True)
class Sheet:
    """One juror's scores for an application, in the order of the criteria, each with how sure they were."""

    juror: str
    values: list[tuple[int, str]]


def sheets_of(entry: RankingEntry, criteria: list[Criterion]) -> list[Sheet]:
    """What each juror gave: for those who may read scores."""
    rows = Score.objects.filter(
        assignment__application_id=entry.application_id,
        assignment__state=AssignmentState.DONE,
        assignment__juror__state=JurorState.ACCEPTED,
    ).select_related("assignment__juror__person")
    by_juror: dict[str, dict[UUID, int]] = defaultdict(dict)
    sure: dict[str, Mapping[str, str]] = {}
    for score in rows:
        juror = str(score.assignment.juror)
        by_juror[juror][score.criterion_id] = score.value
        sure[juror] = score.assignment.confidence
    return [
        Sheet(
            juror, [(values[one.pk], confidence_in_words(sure[juror].get(one.key, ""))) for one in criteria]
        )
        for juror, values in sorted(by_juror.items())
    ]


def not_selected(programme: UUID | None, before: dt.datetime) -> QuerySet[Application]:
    """Applications without a place in rankings published before that instant, with their answers.

    In a stage nobody has a place: what counts later are the answers to the next one.
    """
    without = Q(outcome__in=(Outcome.NOT_SELECTED, Outcome.RESERVE)) | Q(ranking__leads_on=True)
    entries = RankingEntry.objects.filter(
        without, ranking__call__programme=programme, ranking__published_at__lt=before
    ).exclude(place=PlaceState.ACCEPTED)
    return Application.objects.filter(pk__in=entries.values("application_id"), emptied_at=None)
