"""The mixed model's equations (Henderson 1950), with the larger of the two random effects absorbed.

In what follows a random effect is written u = s v, where s is its standard deviation over the residual's: the
equations then hold at s = 0 too. The larger effect has a diagonal block, so that what is left to factorise has
the size of the smaller effect and one more row for the mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from vivaio.kit.arrays import np

if TYPE_CHECKING:
    from numpy.typing import NDArray


Floats: TypeAlias = "NDArray[np.float64]"
Whole: TypeAlias = "NDArray[np.int64]"


@dataclass(frozen=True)
class Design:
    """Which level of the absorbed effect (`first`) and of the kept one (`second`) each value has.

    `first` and `second`: whole numbers of shape (values,), from 0 to `sizes`; `value`: floats, same shape.
    """

    first: Whole
    second: Whole
    value: Floats
    sizes: tuple[int, int]

    @cached_property
    def table(self) -> Floats:
        """How many values each pair of levels has, shape `sizes`."""
        flat = np.bincount(self.first * self.sizes[1] + self.second, minlength=self.sizes[0] * self.sizes[1])
        return flat.reshape(self.sizes).astype(float)

    @cached_property
    def counts(self) -> tuple[Floats, Floats]:
        """How many values each level has, of the one effect and of the other."""
        return self.table.sum(axis=1), self.table.sum(axis=0)

    def sums(self, vector: Floats) -> tuple[float, Floats, Floats]:
        """The vector summed over everything, over each absorbed level, over each kept level."""
        return (
            float(vector.sum()),
            np.bincount(self.first, vector, self.sizes[0]).astype(float),
            np.bincount(self.second, vector, self.sizes[1]).astype(float),
        )


class Equations:
    """The equations at given variances: solutions, what is left over, and the traces that REML needs.

    `variances`: of the absorbed effect, of the kept effect, of the residual (above 0).
    """

    def __init__(self, design: Design, variances: Floats):
        self.design = design
        self.variances = variances
        self.residual = float(variances[2])
        self.scales = np.sqrt(variances[:2] / self.residual)
        first, second = design.counts
        self.diagonal = self.scales[0] ** 2 * first + 1
        # The rows of the mean and of the kept effect, without the absorbed effect's scale: (1 + kept, absorbed).
        self.rows = np.vstack([first, self.scales[1] * design.table.T])
        kept = np.diag(np.concatenate([[first.sum()], self.scales[1] ** 2 * second + 1]))
        kept[0, 1:] = kept[1:, 0] = self.scales[1] * second
        self.reduced = kept - self.scales[0] ** 2 * (self.rows / self.diagonal) @ self.rows.T
        self.inverse = np.linalg.inv(self.reduced)

    def solve(self, vector: Floats) -> tuple[Floats, Floats, Floats]:
        """The mean with the kept effect, the absorbed effect, and the residuals, as fitted to a vector of values.

        The first has the mean at 0 and then the scaled effect v; the second is scaled too.
        """
        whole, of_first, of_second = self.design.sums(vector)
        right = np.concatenate([[whole], self.scales[1] * of_second])
        absorbed = self.scales[0] * of_first / self.diagonal
        kept = self.inverse @ (right - self.scales[0] * (self.rows @ absorbed))
        absorbed = absorbed - self.scales[0] * (kept @ self.rows) / self.diagonal
        fitted = (
            kept[0]
            + self.scales[0] * absorbed[self.design.first]
            + self.scales[1] * kept[1:][self.design.second]
        )
        return kept, absorbed, vector - fitted

    def likelihood(self, left: Floats) -> float:
        """The restricted log-likelihood, up to a constant, given the residuals of the values."""
        degrees = len(self.design.value) - 1
        return -0.5 * float(
            degrees * np.log(self.residual)
            + np.log(self.diagonal).sum()
            + np.linalg.slogdet(self.reduced)[1]
            + self.design.value @ left / self.residual
        )

    def traces(self) -> Floats:
        """tr(P V_k) for the three variances, where P is the residual maker over the residual variance."""
        first, second = self.design.counts
        quadratic = np.einsum("ki,ki->i", self.rows, self.inverse @ self.rows)
        of_first = (first / self.diagonal - quadratic / self.diagonal**2).sum()
        square = self.scales[0] ** 2
        weighted = self.design.table / self.diagonal[:, None]
        columns = np.vstack([second, np.diag(self.scales[1] * second)]) - square * self.rows @ weighted
        of_second = (
            second.sum()
            - square * (self.design.table * weighted).sum()
            - np.einsum("kj,kj->", columns, self.inverse @ columns)
        )
        of_all = (
            len(self.design.value)
            - 1
            - sum(self.design.sizes)
            + np.trace(self.inverse[1:, 1:])
            + (1 / self.diagonal + square * quadratic / self.diagonal**2).sum()
        )
        return np.array([of_first, of_second, of_all]) / self.residual
