"""Lots drawn for pairs: the same for the same seed on every machine, so that ties are settled by chance,
not by order.
"""

from __future__ import annotations

from vivaio.kit.arrays import np
from vivaio.methods.assignment.problem import Wholes


def noise(rows: slice, agents: int, tasks: int, bits: int, *, seed: int) -> Wholes:
    """A whole number of so many bits for each pair of these rows, by SplitMix64 (Steele, Lea, Flood 2014)."""
    first, last = rows.start, min(rows.stop, tasks)
    state = np.arange(first * agents, last * agents, dtype=np.uint64).reshape(last - first, agents)
    start = (seed * 0xD1342543DE82EF95 + 0x2545F4914F6CDD1D) % 2**64
    state += np.uint64(1)
    state *= np.uint64(0x9E3779B97F4A7C15)
    state += np.uint64(start)
    state ^= state >> np.uint64(30)
    state *= np.uint64(0xBF58476D1CE4E5B9)
    state ^= state >> np.uint64(27)
    state *= np.uint64(0x94D049BB133111EB)
    state ^= state >> np.uint64(31)
    state >>= np.uint64(64 - bits)
    return state.astype(np.int64)
