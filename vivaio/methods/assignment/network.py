"""The flow network of an assignment, solved on chosen pairs and priced over all the others.

Tasks send their demand to distinct agents; an agent passes it on to the sink through three steps of rising
cost: its minimum load (rewarded), its other places (free), places beyond its capacity (punished). So
minimum loads are lower bounds of the same flow, and there is always a flow: whether it uses the punished
step, or leaves a reward, tells whether the problem is possible.

Solved by the cost-scaling push-relabel of OR-Tools. It yields no prices, so they are rebuilt as shortest
distances in the residual network (Ahuja, Magnanti, Orlin, Network Flows, 1993, theorem 9.3: a flow is
optimal if and only if such distances exist). A pair outside the network can improve the flow only if its
value exceeds the difference of its ends' prices; when no pair does, the flow is optimal among all pairs.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # type: ignore[import-untyped,unused-ignore]

from vivaio.methods.assignment.problem import Flags, Wholes

FIRST_LOOK = 20_000  # up to so many pairs, the network simply holds them all
CANDIDATES = 50  # pairs of each task that the first network holds
ROWS_AT_ONCE = 500  # bounds the memory of passes over all pairs
CLOSED = np.iinfo(np.int64).min // 2  # value of a pair that must not be used

Values = Callable[[slice], Wholes]  # rows -> whole-number values, CLOSED where a pair is not open


class TooLarge(ArithmeticError):
    """The solver cannot hold numbers so large; ask again with smaller ones."""


@dataclass(frozen=True)
class Solved:
    """A flow that no further pair can improve."""

    tasks: Wholes  # one entry per pair used
    agents: Wholes
    value: int  # sum of the pairs' values
    short: int  # units of minimum load left open
    over: int  # units beyond capacity
    rounds: int
    pairs: int  # pairs in the last network


@dataclass(frozen=True)
class Sides:
    """What is left to send and to receive (no minimum above its capacity), and the price of a unit short or
    over.
    """

    demand: Wholes
    capacity: Wholes
    minimum: Wholes
    penalty: int


def solve(values: Values, sides: Sides) -> Solved:
    """The best flow over all open pairs. Needs, per task, at least as many open pairs as it demands."""
    chosen = _first_pairs(values, sides)
    rounds = 0
    while True:
        rounds += 1
        tasks, agents = np.nonzero(chosen)
        worth = _worth(values, chosen)
        used, load = _flow(tasks, agents, worth, sides)
        task_price, agent_price = _prices(tasks, agents, worth, used, load, sides)
        if not _price_in(values, chosen, task_price, agent_price):
            return Solved(
                tasks=tasks[used],
                agents=agents[used],
                value=sum(worth[used].tolist()),
                short=int(np.maximum(sides.minimum - load, 0).sum()),
                over=int(np.maximum(load - sides.capacity, 0).sum()),
                rounds=rounds,
                pairs=len(tasks),
            )


def _blocks(rows: int) -> list[slice]:
    return [slice(start, start + ROWS_AT_ONCE) for start in range(0, max(rows, 1), ROWS_AT_ONCE)]


def _first_pairs(values: Values, sides: Sides) -> Flags:
    """The best pairs of each task and of each agent, and a spread of others so that no agent is out of
    reach.
    """
    tasks, agents = len(sides.demand), len(sides.capacity)
    chosen = np.zeros((tasks, agents), dtype=bool)
    if tasks * agents <= FIRST_LOOK:
        for rows in _blocks(tasks):
            chosen[rows] = values(rows) > CLOSED
        return chosen
    wanted = max(CANDIDATES, 2 * int(sides.demand.max()))
    spread = max(4, 2 * int(sides.demand.max()))
    offsets = np.arange(spread) * (agents // spread or 1)
    per_agent = min(tasks, 2 * int(max(np.minimum(sides.capacity, tasks).mean(), sides.minimum.max())) + 5)
    best = np.full((per_agent, agents), CLOSED, dtype=np.int64)
    for rows in _blocks(tasks):
        block = values(rows)
        chosen[rows] = block >= _kth_largest(block, wanted)[:, None]
        numbers = np.arange(rows.start, rows.start + len(block))
        around = (numbers[:, None] * spread + offsets[None, :] + numbers[:, None] // agents) % agents
        np.put_along_axis(chosen[rows], around, True, axis=1)
        best = _top(np.vstack([best, block]), per_agent)
    line = best.min(axis=0)
    for rows in _blocks(tasks):
        block = values(rows)
        chosen[rows] |= block >= line
        chosen[rows] &= block > CLOSED
    return chosen


def _kth_largest(block: Wholes, k: int) -> Wholes:
    if k >= block.shape[1]:
        return np.full(len(block), CLOSED, dtype=np.int64)
    cut = block.shape[1] - k
    return np.asarray(np.partition(block, cut, axis=1)[:, cut])


def _top(block: Wholes, k: int) -> Wholes:
    """The k largest of each column."""
    if k >= len(block):
        return block
    return np.asarray(np.partition(block, len(block) - k, axis=0)[len(block) - k :])


def _worth(values: Values, chosen: Flags) -> Wholes:
    return np.concatenate([values(rows)[chosen[rows]] for rows in _blocks(len(chosen))])


def _flow(tasks: Wholes, agents: Wholes, worth: Wholes, sides: Sides) -> tuple[Flags, Wholes]:
    """Which pairs the optimal flow uses, and each agent's load."""
    rows, columns, pairs = len(sides.demand), len(sides.capacity), len(tasks)
    sink = rows + columns
    everyone = np.arange(rows, sink)
    whole = int(sides.demand.sum())
    network = SimpleMinCostFlow()
    network.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([tasks, everyone, everyone, everyone]).astype(np.int32),
        np.concatenate([agents + rows, np.full(3 * columns, sink)]).astype(np.int32),
        np.concatenate(
            [
                np.ones(pairs, np.int64),
                sides.minimum,
                np.minimum(sides.capacity - sides.minimum, whole),
                np.full(columns, whole),
            ]
        ),
        np.concatenate([-worth, np.repeat(np.array([-1, 0, 1]) * sides.penalty, columns)]),
    )
    supplies = np.concatenate([sides.demand, np.zeros(columns, np.int64), [-whole]])
    network.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supplies)
    status = network.solve()
    if status == SimpleMinCostFlow.BAD_COST_RANGE:
        raise TooLarge
    if status != SimpleMinCostFlow.OPTIMAL:
        raise RuntimeError(f"the flow solver answered {status}")
    used = network.flows(np.arange(pairs, dtype=np.int32)) > 0
    return used, np.bincount(agents[used], minlength=columns)


def _prices(
    tasks: Wholes, agents: Wholes, worth: Wholes, used: Flags, load: Wholes, sides: Sides
) -> tuple[Wholes, Wholes]:
    """Prices such that value - task - agent <= 0 on unused pairs and >= 0 on used ones.

    An agent's price lies at the step of its cost where its load stands: between the steps on either side of
    it. The lowest such prices are the longest paths from those lower ends; relaxed over all arcs at once
    until nothing moves. (The last unit of an agent without load is not priced: its lower end is the step
    that it would take next.)
    """
    rows = len(sides.demand)
    bare, penalty = load == 0, sides.penalty
    price = np.select(
        [
            load > sides.capacity,
            bare & (sides.capacity == 0),
            bare & (sides.minimum == 0),
            load > sides.minimum,
        ],
        [penalty, penalty, 0, 0],
        -penalty,
    ).astype(np.int64)
    task_price = np.full(rows, np.iinfo(np.int64).max // 4, dtype=np.int64)
    task_used, agent_used, worth_used = tasks[used], agents[used], worth[used]
    starts_used = np.flatnonzero(np.diff(task_used, prepend=-1))
    order = np.flatnonzero(~used)
    order = order[np.argsort(agents[order], kind="stable")]
    task_free, agent_free, worth_free = tasks[order], agents[order], worth[order]
    starts_free = np.flatnonzero(np.diff(agent_free, prepend=-1))
    waiting = agent_free[starts_free]
    for _ in range(rows + len(price) + 2):
        if len(task_used):
            task_price[task_used[starts_used]] = np.minimum.reduceat(
                worth_used - price[agent_used], starts_used
            )
        if not len(waiting):
            return task_price, price
        asked = np.maximum.reduceat(worth_free - task_price[task_free], starts_free)
        if (asked <= price[waiting]).all():
            return task_price, price
        price[waiting] = np.maximum(price[waiting], asked)
    raise RuntimeError("the flow solver called optimal a flow that can be improved")


def _price_in(values: Values, chosen: Flags, task_price: Wholes, agent_price: Wholes) -> int:
    """Choose further pairs whose value exceeds their ends' prices, the best of each task; how many there
    were.
    """
    added = 0
    for rows in _blocks(len(chosen)):
        if chosen[rows].all():
            continue
        gain = values(rows)
        gain -= task_price[rows, None]
        gain -= agent_price
        gain[chosen[rows]] = CLOSED
        improving = gain > 0
        if improving.any():
            improving &= gain >= np.maximum(_kth_largest(gain, CANDIDATES // 2), 1)[:, None]
            chosen[rows] |= improving
            added += int(np.count_nonzero(improving))
    return added
