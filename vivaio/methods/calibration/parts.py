"""Which items can be compared at all: the connected parts of the graph of jurors and items."""

from __future__ import annotations

from vivaio.kit.arrays import np
from vivaio.methods.calibration.equations import Whole


def labelled(item: Whole, juror: Whole, sizes: tuple[int, int]) -> tuple[Whole, Whole]:
    """The part of each item and of each juror, numbered from the one with most items (then by its first item)."""
    parent = list(range(sizes[0] + sizes[1]))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in zip(item.tolist(), (juror + sizes[0]).tolist(), strict=True):
        parent[root(one)] = root(other)
    roots = np.array([root(node) for node in range(sizes[0] + sizes[1])])
    kinds, first, label, items = np.unique(
        roots[: sizes[0]], return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((first, -items))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    of_root = dict(zip(kinds.tolist(), number.tolist(), strict=True))
    return number[label], np.array([of_root[found] for found in roots[sizes[0] :].tolist()], dtype=np.int64)
