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

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vivaio.kit.arrays import np
from vivaio.kit.later import later
from vivaio.methods.assignment.problem import Flags, Wholes

min_cost_flow = later("ortools.graph.python.min_cost_flow")

FIRST_LOOK = 20_000  # up to so many pairs, the network simply holds them all
SAMPLE = 250_000  # pairs of the smaller problem whose prices guide the choice of the first network
CANDIDATES = 50  # pairs of each task that the first network holds
ROWS_AT_ONCE = 500  # bounds the memory of passes over all pairs
CLOSED = -(2**62)  # value of a pair that must not be used

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
        flows, load = _flow(tasks, agents, worth, sides)
        used = flows > 0
        task_price, agent_price = _prices(tasks, agents, worth, (used, ~used), load, sides)
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
    most = max(1, int(sides.demand.max()))  # where everything is given already, nobody wants more
    wanted, spread = max(CANDIDATES, 2 * most), max(4, 2 * most)
    offsets = np.arange(spread) * (agents // spread or 1)
    per_agent = min(tasks, 2 * int(max(np.minimum(sides.capacity, tasks).mean(), sides.minimum.max())) + 5)
    best = np.full((per_agent, agents), CLOSED, dtype=np.int64)
    price = _sampled_prices(values, sides)
    worth = np.zeros(tasks, dtype=np.int64)
    for rows in _blocks(tasks):
        block = values(rows)
        block[block > CLOSED] -= np.broadcast_to(price, block.shape)[block > CLOSED]
        chosen[rows] = block >= _kth_largest(block, wanted)[:, None]
        numbers = np.arange(rows.start, rows.start + len(block))
        around = (numbers[:, None] * spread + offsets[None, :] + numbers[:, None] // agents) % agents
        np.put_along_axis(chosen[rows], around, True, axis=1)
        worth[rows] = np.maximum(_kth_largest(block, most), -sides.penalty)
        best = _top(np.vstack([best, block - worth[rows, None]]), per_agent)
    line = best.min(axis=0)
    for rows in _blocks(tasks):
        block = values(rows)
        chosen[rows] |= block - price - worth[rows, None] >= line
        chosen[rows] &= block > CLOSED
    return chosen


def _sampled_prices(values: Values, sides: Sides) -> Wholes:
    """Rough prices of the agents: those of a smaller problem in which each sampled task stands for many.

    Where many tasks want the same few agents, their best pairs are the same and useless; net of such prices
    they are not. A rough price costs rounds, never exactness.
    """
    tasks, agents = len(sides.demand), len(sides.capacity)
    copies = min(-(-tasks * agents // SAMPLE), 60)
    if copies < 2:
        return np.zeros(agents, dtype=np.int64)
    chosen = _alike(values, tasks)[copies // 2 :: copies]
    sampled = np.concatenate([values(slice(task, task + 1)) for task in chosen.tolist()])
    open_pairs = sampled > CLOSED
    demand = np.minimum(sides.demand[chosen], np.count_nonzero(open_pairs, axis=1)) * copies
    rows, columns = np.nonzero(open_pairs)
    alike = Sides(demand, sides.capacity, sides.minimum, sides.penalty)
    flows, load = _flow(rows, columns, sampled[open_pairs], alike, copies)
    return _prices(rows, columns, sampled[open_pairs], (flows > 0, flows < copies), load, alike)[1]


def _alike(values: Values, tasks: int) -> Wholes:
    """The tasks in order of their mean value, so that every so many of them stand for those around them."""
    means = [
        np.where(block > CLOSED, block, 0).mean(axis=1) for block in (values(rows) for rows in _blocks(tasks))
    ]
    return np.argsort(np.concatenate(means), kind="stable")


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


def _flow(
    tasks: Wholes, agents: Wholes, worth: Wholes, sides: Sides, copies: int = 1
) -> tuple[Wholes, Wholes]:
    """How much of each pair the optimal flow uses (at most `copies`), and each agent's load."""
    rows, columns, pairs = len(sides.demand), len(sides.capacity), len(tasks)
    sink = rows + columns
    everyone = np.arange(rows, sink)
    whole = int(sides.demand.sum())
    network = min_cost_flow.SimpleMinCostFlow()
    network.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([tasks, everyone, everyone, everyone]).astype(np.int32),
        np.concatenate([agents + rows, np.full(3 * columns, sink)]).astype(np.int32),
        np.concatenate(
            [
                np.full(pairs, copies),
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
    if status == network.BAD_COST_RANGE:
        raise TooLarge
    if status != network.OPTIMAL:
        raise RuntimeError(f"the flow solver answered {status}")
    flows = np.asarray(network.flows(np.arange(pairs, dtype=np.int32)), dtype=np.int64)
    load = np.zeros(columns, dtype=np.int64)
    np.add.at(load, agents, flows)
    return flows, load


def _prices(
    tasks: Wholes, agents: Wholes, worth: Wholes, use: tuple[Flags, Flags], load: Wholes, sides: Sides
) -> tuple[Wholes, Wholes]:
    """Prices such that value - task - agent >= 0 on used pairs and <= 0 on pairs with room left (`use`:
    which are which).

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
    used, room = use
    task_used, agent_used, worth_used = tasks[used], agents[used], worth[used]
    starts_used = np.flatnonzero(np.diff(task_used, prepend=-1))
    order = np.flatnonzero(room)
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
