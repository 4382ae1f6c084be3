"""One ranking out of several, by the places that each gives.

Cormack, Clarke, Büttcher: Reciprocal Rank Fusion outperforms Condorcet and individual rank learning methods,
SIGIR 2009.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

Id = TypeVar("Id", bound=Hashable)


def reciprocal_rank_fusion(
    rankings: Iterable[Sequence[Id]], *, k: float = 60, weights: Sequence[float] | None = None
) -> list[tuple[Id, float]]:
    """The ids of all rankings with their score, the best first.

    An id's score is the sum, over the rankings in which it stands, of weight / (k + its place, the first being 1).
    Ids of one score keep the order in which they were met: ranking by ranking, place by place. `weights` has one
    number, zero or more, for each ranking; without it each weighs 1.

    Raises `ValueError` for a `k` that is not above zero, an id that stands twice in a ranking, weights that are
    negative, not finite, or not one a ranking.
    """
    lists = [list(ranking) for ranking in rankings]
    shares = [1.0] * len(lists) if weights is None else [float(weight) for weight in weights]
    if not (math.isfinite(k) and k > 0):
        raise ValueError(f"k is {k}: a number above zero is needed.")
    if len(shares) != len(lists):
        raise ValueError(f"{len(lists)} rankings have {len(shares)} weights.")
    if wrong := [weight for weight in shares if not math.isfinite(weight) or weight < 0]:
        raise ValueError(f"A weight is a number, zero or more, not {wrong[0]}.")
    parts: dict[Id, list[float]] = {}
    for number, (ranking, weight) in enumerate(zip(lists, shares, strict=True), start=1):
        if len(set(ranking)) < len(ranking):
            raise ValueError(f"An id stands twice in ranking {number}.")
        for place, found in enumerate(ranking, start=1):
            parts.setdefault(found, []).append(weight / (k + place))
    # fsum does not depend on the order of what it adds, so neither do ties.
    scored = [(found, math.fsum(shares)) for found, shares in parts.items()]
    return sorted(scored, key=lambda pair: -pair[1])
