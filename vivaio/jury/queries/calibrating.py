"""What the scores say once the jurors' severity is taken out, and how sure the ranking is (`methods.calibration`)."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from vivaio.applications.models import Application
from vivaio.jury.models import Juror, Ranking, RankingEntry
from vivaio.jury.queries.computing import Material
from vivaio.jury.queries.conflicts import barred_pairs
from vivaio.jury.queries.panel import jurors_at_work
from vivaio.jury.states import CalibrationState
from vivaio.methods import calibration, decision

DRAWS = 10_000
SEED = 0


def calibrate(material: Material, entries: Sequence[RankingEntry]) -> None:
    """Write the calibrated figures into a ranking and its lines, none of which is saved here.

    Each juror's weighted total of an application is one value. Where the scores do not allow it, the ranking says
    what is missing and the lines have no figures.
    """
    ranking = material.ranking
    ranking.calibrated, ranking.calibration = CalibrationState.NONE, {}
    if len(material.standings) < 2:
        return
    try:
        found = decision.fitted(material.standings)
        ranks = calibration.rank(found, draws=DRAWS, seed=SEED)
    except calibration.NotCalibrable:
        ranking.calibrated = CalibrationState.FEW
        return
    except calibration.NotComparable as refused:
        ranking.calibrated = CalibrationState.PARTS
        bridges = what_would_connect(material, found)
        ranking.calibration = {"parts": refused.parts, "bridges": bridges}
        return
    ranking.calibrated = CalibrationState.DONE
    ranking.calibration = {
        "severity": {
            str(juror): round(float(points), 6)
            for juror, points in zip(found.jurors, found.severity, strict=True)
        },
        "variances": {name: round(value, 6) for name, value in found.variances._asdict().items()},
    }
    write_figures(entries, found, ranks, ranking.places)


def what_would_connect(material: Material, found: calibration.Calibration) -> list[list[str]]:
    """The reviews (juror, application) that would connect parts which cannot be compared."""
    panel = material.call.panel
    numbers = {row.pk: number for number, row in material.applications.items()}
    barred = {(str(juror), numbers[item]) for juror, item in barred_pairs(panel) if item in numbers}
    room = {
        str(juror.pk): juror.capacity - juror.load  # type: ignore[attr-defined]  # annotated
        for juror in jurors_at_work(panel)
    }
    wanted = calibration.bridges(found, barred, room)
    return [[str(one.juror), str(material.applications[int(one.item)].pk)] for one in wanted]


def write_figures(
    entries: Sequence[RankingEntry], found: calibration.Calibration, ranks: calibration.Ranking, places: int
) -> None:
    """Write the calibrated figures into the lines of which there are any."""
    chances = ranks.top(places)
    at = {int(item): index for index, item in enumerate(found.items)}
    for entry in entries:
        index = at.get(entry.application.number or 0)
        if index is not None:
            entry.quality = exact(found.quality[index])
            entry.error = exact(found.error[index])
            entry.expected_rank = exact(ranks.expected_rank[index])
            entry.rank_low, entry.rank_high = int(ranks.low[index]), int(ranks.high[index])
            entry.chance = exact(chances[index])


def bridges_of(ranking: Ranking) -> list[tuple[Juror, Application]]:
    """The reviews that would connect the parts of a track: who would read what besides."""
    pairs = ranking.calibration.get("bridges", [])
    jurors = Juror.objects.select_related("person").in_bulk([juror for juror, _application in pairs])
    applications = Application.objects.only("title").in_bulk([application for _juror, application in pairs])
    return [
        (jurors[UUID(juror)], applications[UUID(application)])
        for juror, application in pairs
        if UUID(juror) in jurors and UUID(application) in applications
    ]


def exact(figure: float) -> Decimal:
    """A figure of the method as it is kept: rounded to 1e-6."""
    return Decimal(f"{figure:.6f}")


def crosses(entry: RankingEntry, places: int) -> bool:
    """Whether a line's interval crosses the line of the places: the scores do not put it in order there."""
    return (
        entry.rank_low is not None
        and entry.rank_high is not None
        and entry.rank_low <= places < entry.rank_high
    )
