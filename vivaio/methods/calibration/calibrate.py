"""Quality and severity out of the scores of a panel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from vivaio.kit.arrays import np
from vivaio.methods.calibration.equations import Design, Equations, Floats, Whole
from vivaio.methods.calibration.parts import labelled
from vivaio.methods.calibration.reml import variances

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class NotCalibrable(Exception):
    """The scores are too few to tell an item's quality, a juror's severity and chance apart."""


class Variances(NamedTuple):
    """How much items differ, how much jurors differ, and what neither explains; in squared units of the scores."""

    item: float
    juror: float
    residual: float


@dataclass(frozen=True)
class Calibration:
    """What the scores say once severity is taken out.

    `items`, `jurors`: their labels, sorted; `quality`, `error`, `component` follow `items`, `severity` follows
    `jurors`. `quality`: mu + f, in the scores' units; `error`: the posterior standard deviation of f (the level
    mu is common to all and is not in it); `severity`: b, how far above (positive) or below (negative: severe)
    the panel a juror scores; `variances`: by REML; `component`: the connected part of the graph of jurors and
    items, from 0 for the largest. Items of different parts are not comparable. `mean`: mu. `reviews`: how many
    scores each item has.
    """

    items: NDArray[Any]
    jurors: NDArray[Any]
    quality: Floats
    error: Floats
    severity: Floats
    variances: Variances
    component: Whole
    juror_component: Whole
    mean: float
    reviews: Whole
    posterior: Posterior


@dataclass(frozen=True)
class Posterior:
    """How far each item's quality may lie from its estimate: what several items have in common, and their own.

    The errors are `common @ z + own * w` with z and w independent standard normals: `common` has shape
    (items, k), `own` shape (items,).
    """

    common: Floats
    own: Floats

    @property
    def variance(self) -> Floats:
        """Each item's posterior variance."""
        variance: Floats = (self.common**2).sum(axis=1) + self.own**2
        return variance

    def differences(self, chosen: slice) -> Floats:
        """The variance of each chosen item's difference from every item, shape (chosen, items)."""
        variance = self.variance
        shared = self.common[chosen] @ self.common.T
        apart = variance[chosen, None] + variance[None, :] - 2 * shared
        rows = np.arange(len(variance))[chosen]
        apart[np.arange(len(rows)), rows] = 0
        return np.maximum(apart, 0)


def calibrate(item: ArrayLike, juror: ArrayLike, value: ArrayLike) -> Calibration:
    """Fit y = mu + f(item) + b(juror) + e: variances by REML, effects by BLUP.

    `item`, `juror`: labels of any one sortable kind, `value`: finite numbers; three arrays of one shape (n,).
    Raises ValueError for arrays of different shapes, empty ones, a number that is not finite, or a juror who
    scored an item twice; `NotCalibrable` when no score is left over to tell quality and severity from chance.
    """
    items, item_at = _levels(item, "item")
    jurors, juror_at = _levels(juror, "juror")
    values = _numbers(value, len(item_at), len(juror_at))
    _each_pair_once(items, jurors, item_at, juror_at)
    component, juror_component = labelled(item_at, juror_at, (len(items), len(jurors)))
    parts = int(component.max()) + 1
    if len(values) - (len(items) + len(jurors) - parts) < 1:
        raise NotCalibrable(
            f"{len(values)} scores of {len(jurors)} jurors on {len(items)} items leave nothing to tell quality "
            "and severity from chance: items need jurors in common who also scored other items in common"
        )
    swapped = len(jurors) > len(items)
    sizes = (len(jurors), len(items)) if swapped else (len(items), len(jurors))
    first, second = (juror_at, item_at) if swapped else (item_at, juror_at)
    design = Design(first, second, values, sizes)
    found = variances(design, free=(sizes[0] > 1, sizes[1] > 1))
    mean, effects, posterior = _effects(design, found, swapped)
    quality, severity = (effects[1], effects[0]) if swapped else effects
    of_item, of_juror = (found[1], found[0]) if swapped else (found[0], found[1])
    return Calibration(
        items=items,
        jurors=jurors,
        quality=mean + quality,
        error=np.sqrt(posterior.variance),
        severity=severity,
        variances=Variances(float(of_item), float(of_juror), float(found[2])),
        component=component,
        juror_component=juror_component,
        mean=mean,
        reviews=np.bincount(item_at, minlength=len(items)),
        posterior=posterior,
    )


def _levels(labels: ArrayLike, name: str) -> tuple[NDArray[Any], Whole]:
    array = np.asarray(labels)
    if array.ndim != 1 or not len(array):
        raise ValueError(f"{name} must be a list of at least one label, its shape is {array.shape}")
    kinds, at = np.unique(array, return_inverse=True)
    return kinds, at.astype(np.int64)


def _numbers(value: ArrayLike, *lengths: int) -> Floats:
    values = np.asarray(value, dtype=float)
    if values.ndim != 1 or any(len(values) != length for length in lengths):
        raise ValueError(
            f"item, juror and value must be as long as each other, they have {lengths[0]}, {lengths[1]} "
            f"and {values.shape}"
        )
    if not np.isfinite(values).all():
        raise ValueError(f"value {int(np.flatnonzero(~np.isfinite(values))[0])} is not a finite number")
    return values


def _each_pair_once(items: NDArray[Any], jurors: NDArray[Any], item_at: Whole, juror_at: Whole) -> None:
    pairs, times = np.unique(item_at * len(jurors) + juror_at, return_counts=True)
    if (times > 1).any():
        twice = int(pairs[np.flatnonzero(times > 1)[0]])
        item, juror = divmod(twice, len(jurors))
        raise ValueError(f"juror {jurors[juror]!r} scored item {items[item]!r} twice")


def _effects(design: Design, found: Floats, swapped: bool) -> tuple[float, tuple[Floats, Floats], Posterior]:
    """The mean, the effects of the absorbed and of the kept side, and the items' posterior."""
    if found[2] == 0:  # every score is the same
        items = design.sizes[1] if swapped else design.sizes[0]
        nothing = Posterior(np.zeros((items, 1)), np.zeros(items))
        return float(design.value[0]), (np.zeros(design.sizes[0]), np.zeros(design.sizes[1])), nothing
    equations = Equations(design, found)
    kept, absorbed, _left = equations.solve(design.value)
    root = np.linalg.cholesky((equations.inverse + equations.inverse.T) / 2) * np.sqrt(equations.residual)
    if swapped:
        posterior = Posterior(equations.scales[1] * root[1:], np.zeros(design.sizes[1]))
    else:
        square = equations.scales[0] ** 2
        posterior = Posterior(
            -square * (equations.rows / equations.diagonal).T @ root,
            np.sqrt(equations.residual * square / equations.diagonal),
        )
    effects = equations.scales[0] * absorbed, equations.scales[1] * kept[1:]
    return float(kept[0]), effects, posterior
