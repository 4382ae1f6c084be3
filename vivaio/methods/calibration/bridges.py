"""What is said when items cannot be compared, and which reviews would make them comparable."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from vivaio.methods.calibration.calibrate import Calibration


@dataclass(frozen=True)
class Bridge:
    """A review that would connect two parts: `juror`, who works in one, reviews `item`, which is in the other."""

    juror: Any
    item: Any
    parts: tuple[int, int]


class NotComparable(Exception):
    """Some items share no juror with the others, not even through third ones. `bridges` says which reviews would."""

    def __init__(self, parts: int, bridges: tuple[Bridge, ...]):
        super().__init__(f"the items fall into {parts} parts that no juror connects")
        self.parts = parts
        self.bridges = bridges


def bridges(calibration: Calibration) -> tuple[Bridge, ...]:
    """The fewest reviews that make all items comparable, and one to spare for each part of two items or more.

    Every part is tied to the largest: the item with fewest scores of the smaller part goes to a juror of the
    largest, and the largest part's item with fewest scores to a juror of the smaller one.
    """
    chosen: list[Bridge] = []
    used: set[Any] = set()
    for part in range(1, int(calibration.component.max()) + 1):
        chosen.append(_bridge(calibration, 0, part, used))
        if (calibration.component == part).sum() > 1:
            chosen.append(_bridge(calibration, part, 0, used))
    return tuple(chosen)


def _bridge(calibration: Calibration, juror_part: int, item_part: int, used: set[Any]) -> Bridge:
    items = np.flatnonzero(calibration.component == item_part)
    jurors = np.flatnonzero(calibration.juror_component == juror_part)
    item = _fresh(
        (calibration.items[at] for at in items[np.argsort(calibration.reviews[items], kind="stable")]), used
    )
    juror = _fresh((calibration.jurors[at] for at in jurors), used)
    return Bridge(juror, item, (juror_part, item_part))


def _fresh(labels: Iterable[Any], used: set[Any]) -> Any:
    """The first label that no bridge uses yet, or else the first."""
    known = list(labels)
    label = next((label for label in known if label not in used), known[0])
    used.add(label)
    return label
