"""What is said when items cannot be compared, and which reviews would make them comparable."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from vivaio.kit.arrays import np
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


def bridges(
    calibration: Calibration,
    forbidden: Collection[tuple[Any, Any]] = frozenset(),
    room: Mapping[Any, int] | None = None,
) -> tuple[Bridge, ...]:
    """The fewest reviews that make all items comparable, and one to spare for each part of two items or more.

    Every part is tied to the largest: the item with fewest scores of the smaller part goes to a juror of the
    largest, and the largest part's item with fewest scores to a juror of the smaller one. `forbidden`: pairs
    (juror, item) that may not be, as conflicts of interest; `room`: how many more items each juror can take, where
    that is limited. What only such pairs could connect is left out.
    """
    chosen: list[Bridge] = []
    for part in range(1, int(calibration.component.max()) + 1):
        chosen += _bridge(calibration, (0, part), chosen, forbidden, room or {})
        if (calibration.component == part).sum() > 1:
            chosen += _bridge(calibration, (part, 0), chosen, forbidden, room or {})
    return tuple(chosen)


def _bridge(
    calibration: Calibration,
    parts: tuple[int, int],
    chosen: list[Bridge],
    forbidden: Collection[tuple[Any, Any]],
    room: Mapping[Any, int],
) -> list[Bridge]:
    """A review by a juror of the one part of an item of the other, whoever has least to do first."""
    items = np.flatnonzero(calibration.component == parts[1])
    given_items = Counter(bridge.item for bridge in chosen)
    given_jurors = Counter(bridge.juror for bridge in chosen)
    jurors = [
        at
        for at in np.flatnonzero(calibration.juror_component == parts[0])
        if given_jurors[calibration.jurors[at]] < room.get(calibration.jurors[at], math.inf)
    ]
    by_need = sorted(items, key=lambda at: calibration.reviews[at] + given_items[calibration.items[at]])
    by_load = sorted(jurors, key=lambda at: given_jurors[calibration.jurors[at]])
    pairs = ((calibration.jurors[juror], calibration.items[item]) for item in by_need for juror in by_load)
    found = next((pair for pair in pairs if pair not in forbidden), None)
    return [Bridge(*found, parts)] if found else []
