"""What the scores say: the ranking as it would be computed now, and whether a stored one still says the same."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.aggregates import StringAgg
from django.core.cache import caches
from django.db.models import Func, TextField, Value
from django.db.models.functions import MD5, Cast

from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call, Track
from vivaio.calls.states import DRAW, Deciding
from vivaio.jury.models import Draw, Ranking, RankingEntry
from vivaio.jury.queries import scoring
from vivaio.jury.states import Outcome
from vivaio.kit.keeping import MOST_SECONDS
from vivaio.methods import calibration, decision, weighted

# What `RankingEntry.tie` says where a person put equals in order.
DECISION = decision.PEOPLE


@dataclass(frozen=True)
class Material:
    """What a track's ranking is made from: its admitted applications, and what each earned on complete sheets.

    All by the applications' numbers; jurors by the text of their id. `seed`: of the call's draw, once it is known.
    """

    ranking: Ranking
    applications: Mapping[int, Application]
    sheets: Mapping[int, Sequence[weighted.Score]]
    standings: Mapping[int, weighted.Standing]
    seed: str = ""

    @property
    def call(self) -> Call:
        return self.ranking.call

    @property
    def places(self) -> int:
        """How many are selected at most: all, where the call lets everybody above the minimum score go on."""
        if self.call.everyone_above_goes_on:
            return max(len(self.applications), 1)
        return self.ranking.track.places


@dataclass(frozen=True)
class Figures:
    """What each application is ranked by, and which figure that is.

    `apart`: the call lets the calibrated quality decide, and parts of the track cannot be compared: nothing decides.
    """

    values: Mapping[Hashable, weighted.Number]
    deciding: Deciding = Deciding.RAW_MEAN
    apart: bool = False


def material_of(ranking: Ranking) -> Material:
    """Everything that the ranking is computed from, in two queries (three where the call draws lots)."""
    applications = {
        row.number or 0: row
        for row in Application.objects.filter(track=ranking.track, state=ApplicationState.ADMITTED)
        .only("number", "submitted_at")
        .order_by("number")
    }
    numbers = {row.pk: number for number, row in applications.items()}
    criteria = criteria_of(ranking.call)
    scores = complete(criteria, ranking.track, numbers)
    standings: Mapping[Hashable, weighted.Standing] = (
        weighted.weighted_totals(criteria, scores) if scores else {}
    )
    sheets: dict[int, list[weighted.Score]] = defaultdict(list)
    for score in scores:
        sheets[int(str(score.application))].append(score)
    return Material(
        ranking,
        applications,
        sheets,
        {int(str(number)): standing for number, standing in standings.items()},
        seed_of(ranking.call),
    )


def criteria_of(call: Call) -> list[weighted.Criterion]:
    """The call's criteria as the method takes them."""
    return [
        weighted.Criterion(one.key, one.scale_min, one.scale_max, one.weight) for one in call.criteria.all()
    ]


def seed_of(call: Call) -> str:
    """The seed of the call's draw; nothing as long as it is not known, or where the call draws no lots."""
    if DRAW not in call.tie_breaks:
        return ""
    return Draw.objects.filter(call=call).values_list("seed", flat=True).first() or ""


def complete(
    criteria: Sequence[weighted.Criterion], track: Track, numbers: Mapping[UUID, int]
) -> list[weighted.Score]:
    """The scores of whole sheets: should a criterion have come later, a sheet without it is not whole."""
    sheets: dict[tuple[int, str], list[weighted.Score]] = defaultdict(list)
    keys = {criterion.key for criterion in criteria}
    for given in scoring.scores_of(track):
        if given.application in numbers:
            at = numbers[given.application], str(given.juror)
            sheets[at].append(weighted.Score(*at, given.criterion, given.value))
    return [score for sheet in sheets.values() if {one.criterion for one in sheet} == keys for score in sheet]


def figures_of(material: Material) -> Figures:
    """What the call lets decide: the mean of the jurors' totals, or their quality where it can be calibrated."""
    raw: dict[Hashable, weighted.Number] = {
        number: standing.total for number, standing in material.standings.items()
    }
    if material.call.deciding != Deciding.CALIBRATED:
        return Figures(raw)
    try:
        qualities = decision.calibrated(material.standings)
    except calibration.NotComparable:
        return Figures(raw, Deciding.CALIBRATED, apart=True)
    if qualities is None:
        return Figures(raw)
    return Figures({number: qualities[number] for number in material.standings}, Deciding.CALIBRATED)


def entries_of(material: Material, figures: Figures) -> list[RankingEntry]:
    """The track's admitted applications in their order; those that nobody scored stand last, undecided."""
    track = material.ranking.track
    positions = weighted.rank(
        figures.values,
        tie_breaks=tie_breaks_of(material),
        places=material.places,
        minimum=track.minimum_score,
    )
    entries = [entry_of(material, figures, order, place) for order, place in enumerate(positions, start=1)]
    unread = [row for number, row in material.applications.items() if number not in material.standings]
    entries += [
        RankingEntry(
            ranking=material.ranking,
            application=row,
            order=len(positions) + number,
            position=len(positions) + number,
            score=0,
            reviews=0,
        )
        for number, row in enumerate(unread, start=1)
    ]
    return entries


def tie_breaks_of(material: Material) -> list[weighted.TieBreak]:
    """The call's tie rule as the method takes it."""
    instants: dict[Hashable, dt.datetime] = {
        number: instant
        for number in material.standings
        if (instant := material.applications[number].submitted_at)
    }
    return decision.tie_breaks(material.call.tie_breaks, material.standings, instants, material.seed)


def entry_of(material: Material, figures: Figures, order: int, place: weighted.Position) -> RankingEntry:
    """One line of the ranking. Figures are stored as they are told; the order was settled on exact numbers."""
    number = int(str(place.application))
    standing = material.standings[number]
    open_ = place.undecided or figures.apart
    proposed = Outcome.UNDECIDED if open_ else Outcome(place.outcome.value)
    calibrated = figures.deciding == Deciding.CALIBRATED and not figures.apart
    return RankingEntry(
        ranking=material.ranking,
        application=material.applications[number],
        order=order,
        position=place.position,
        score=weighted.shown(standing.total, 6),
        quality=weighted.shown(place.total, 6) if calibrated else None,
        criteria={str(key): str(weighted.shown(mean, 2)) for key, mean in standing.raw_by_criterion.items()},
        reviews=len(standing.by_juror),
        tied=place.tied and not figures.apart,
        undecided=open_,
        tie=place.settled_by[-1] if place.settled_by else "",
        proposed=proposed,
        outcome=proposed,
    )


def basis_of(ranking: Ranking) -> str:
    """SHA-256 of all that `material_of` and the call's rules give to the ranking, by the database and without its rows.

    The same basis gives the same ranking; another one may, which only computing tells.
    """
    track, call = ranking.track, ranking.call
    parts = ("assignment__application_id", "assignment__juror_id", "criterion__key", "value")
    scores = scoring.counting_in(track).aggregate(all=_digest(parts))["all"]
    ranked = Application.objects.filter(track=track, state=ApplicationState.ADMITTED)
    applications = ranked.aggregate(all=_digest(("pk", "number", "submitted_at")))["all"]
    rules = [track.places, track.minimum_score, call.everyone_above_goes_on, call.deciding, call.tie_breaks]
    said = [scores, applications, *rules, criteria_of(call), seed_of(call)]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _digest(names: Sequence[str]) -> MD5:
    """The named values of every row as one digest, whatever order the rows come in."""
    row = Func(
        *(Cast(name, TextField()) for name in names),
        function="concat_ws",
        template="concat_ws(':', %(expressions)s)",
    )
    text = StringAgg(row, ",", order_by=[*names], output_field=TextField(), default=Value(""))
    return MD5(text)


def seems_current(ranking: Ranking) -> bool:
    """`is_current`, asked of the basis and computed where that has changed: for who looks, or computes besides."""
    return (bool(ranking.basis) and ranking.basis == basis_of(ranking)) or is_current(ranking)


def looks_current(ranking: Ranking) -> bool:
    """`seems_current` for a page: asked again when the journal tells of anything new in the programme, or in a minute.

    `newest_record` is the number of the journal's newest record there (`journal.newest_of`); without it one is asked.
    """
    newest = getattr(ranking, "newest_record", None)
    if newest is None:
        return seems_current(ranking)
    mark = f"jury.current:{ranking.pk}:{ranking.basis}:{newest}"
    known: bool | None = caches["pages"].get(mark)
    if known is None:
        known = seems_current(ranking)
        caches["pages"].set(mark, known, MOST_SECONDS)
    return known


def is_current(ranking: Ranking) -> bool:
    """Whether computing again would say the same: the same scores, for the same applications, with the same end.

    Where a person put equals in order, what the scores propose for them says nothing new.
    """
    material = material_of(ranking)
    figures = figures_of(material)
    stored = {entry.application_id: entry for entry in ranking.entries.all()}
    fresh = {entry.application_id: entry for entry in entries_of(material, figures)}
    return stored.keys() == fresh.keys() and all(
        says_the_same(stored[pk], fresh[pk], figures.deciding) for pk in stored
    )


def says_the_same(stored: RankingEntry, fresh: RankingEntry, deciding: Deciding) -> bool:
    """Whether an application's line still stands on its scores."""
    return (
        stored.score == fresh.score
        and stored.reviews == fresh.reviews
        and stored.criteria == fresh.criteria
        and (deciding == Deciding.RAW_MEAN or stored.quality == fresh.quality)
        and (stored.tie == DECISION or (stored.position, stored.proposed) == (fresh.position, fresh.proposed))
    )
