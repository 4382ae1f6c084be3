"""Variances by restricted maximum likelihood, with the average information of Gilmour, Thompson and Cullis (1995).

Newton's steps go up the likelihood. One that would not is drawn towards the step of the EM algorithm, which
never goes down: the damping of Levenberg and Marquardt, with EM's own information as its scale. A variance may
be 0, and then its effect is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from vivaio.kit.arrays import np
from vivaio.methods.calibration.equations import Design, Equations, Floats

if TYPE_CHECKING:
    from numpy.typing import NDArray

Flags: TypeAlias = "NDArray[np.bool_]"

STEPS = 500
GAIN = 1e-14  # of log-likelihood: who can win no more has arrived, to some 1e-7 of the variances
NOISE = 1e-8  # relative: what the likelihood's own rounding may hide
FLOOR = 1e-6  # the least residual, relative to the values' variance
SHRINK = 0.1  # what one step leaves at least of the residual
DAMPING = (1e-12, 1e-2, 1e6)  # the least, the first and the most


@dataclass(frozen=True)
class Place:
    """Some variances, with the likelihood there, its slope, the average information and EM's (its diagonal)."""

    variances: Floats
    likelihood: float
    slope: Floats
    information: Floats
    complete: Floats

    def step(self, moving: Flags, damping: float) -> Floats:
        """The way up for the variances that move, between Newton's (no damping) and EM's direction."""
        step = np.zeros(3)
        chosen = np.ix_(moving, moving)
        information = self.information[chosen] + damping * np.diag(self.complete[moving])
        step[moving] = np.linalg.lstsq(information, self.slope[moving], rcond=None)[0]
        return step


def variances(design: Design, *, free: tuple[bool, bool]) -> Floats:
    """The three variances (absorbed effect, kept effect, residual) that make the values most likely.

    `free`: whether each effect may vary at all (an effect with one level may not).
    """
    spread = float(np.var(design.value))
    if spread == 0:
        return np.zeros(3)
    design = replace(design, value=design.value - design.value.mean())  # a large mean only costs digits
    allowed = np.array([*free, True])
    lowest = np.array([0.0, 0.0, FLOOR * spread])
    place = _measured(design, np.where(allowed, spread / 3, 0.0))
    least, damping, most = DAMPING
    for _step in range(STEPS):
        moving = allowed & ((place.variances > lowest) | (place.slope > 0))
        if not moving.any() or damping > most:
            break
        whole = place.step(moving, 0)
        if place.slope @ whole < GAIN:
            last: Floats = np.maximum(place.variances + whole, lowest)
            return last
        bound = np.maximum(lowest, np.array([0, 0, SHRINK]) * place.variances)
        at: Floats = np.maximum(place.variances + place.step(moving, damping), bound)
        found = _measured(design, at)
        if found.likelihood >= place.likelihood - NOISE * max(1.0, abs(place.likelihood)):
            place, damping = found, max(damping / 10, least)
        else:
            damping *= 10
    return place.variances


def _measured(design: Design, at: Floats) -> Place:
    equations = Equations(design, at)
    left = equations.solve(design.value)[2]
    pulled = left / equations.residual
    _, of_first, of_second = design.sums(pulled)
    squares = np.array([of_first @ of_first, of_second @ of_second, pulled @ pulled])
    slope = 0.5 * (squares - equations.traces())
    working = np.array([of_first[design.first], of_second[design.second], pulled])
    seen = np.array([equations.solve(vector)[2] for vector in working]) / equations.residual
    information = 0.5 * working @ seen.T
    levels = np.array([*design.sizes, len(design.value)])
    complete = np.where(at > 0, levels / (2 * np.maximum(at, 1e-150) ** 2), np.diag(information))
    return Place(at, equations.likelihood(left), slope, information, complete)
