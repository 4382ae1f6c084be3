import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivaio.methods.assignment import Infeasible, Kind, assign
from vivaio.methods.assignment import network as network_module
from vivaio.methods.assignment.problem import checked
from vivaio.methods.assignment.shortages import shortages

AFFINITIES = st.sampled_from([-2.0, -0.5, 0.0, 0.1, 0.25, 0.3, 1.0]) | st.floats(-1, 1)


@st.composite
def small_problems(draw, locks=True):
    tasks, agents = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    shape = (tasks, agents)

    def matrix(values):
        return np.array(draw(st.lists(values, min_size=tasks * agents, max_size=tasks * agents))).reshape(
            shape
        )

    capacity = draw(st.lists(st.integers(0, 4), min_size=agents, max_size=agents))
    problem = {
        "affinity": matrix(AFFINITIES).astype(float),
        "demand": draw(st.lists(st.integers(0, 3), min_size=tasks, max_size=tasks)),
        "capacity": capacity,
        "minimum": draw(st.just(0) | st.lists(st.integers(0, 2), min_size=agents, max_size=agents)),
        "forbidden": matrix(st.sampled_from([False, False, False, True])),
    }
    if locks:
        problem["locked"] = matrix(st.sampled_from([False, False, False, False, True]))
    return problem


def every_assignment(problem):
    """All assignments that respect the constraints, by trying every choice of agents for every task."""
    affinity = problem["affinity"]
    tasks, agents = affinity.shape
    locked = problem.get("locked", np.zeros(affinity.shape, dtype=bool))
    minimum = np.broadcast_to(problem["minimum"], agents)
    choices = []
    for task in range(tasks):
        choices.append(
            [
                chosen
                for chosen in itertools.combinations(range(agents), problem["demand"][task])
                if not any(problem["forbidden"][task, agent] for agent in chosen)
                and all(agent in chosen for agent in np.flatnonzero(locked[task]))
            ]
        )
    for everybody in itertools.product(*choices):
        load = np.bincount([agent for chosen in everybody for agent in chosen], minlength=agents)
        if (load <= problem["capacity"]).all() and (load >= minimum).all():
            yield everybody


def sums(problem, everybody):
    return [
        sum(problem["affinity"][task, agent] for agent in chosen) for task, chosen in enumerate(everybody)
    ]


def assert_respects(result, problem):
    pairs = result.pairs
    assert pairs.tolist() == sorted(pairs.tolist())
    taken = np.zeros(problem["affinity"].shape, dtype=bool)
    taken[pairs[:, 0], pairs[:, 1]] = True
    assert taken.sum() == len(pairs)
    assert (taken.sum(axis=1) == problem["demand"]).all()
    assert (taken.sum(axis=0) <= problem["capacity"]).all()
    assert (taken.sum(axis=0) >= problem.get("minimum", 0)).all()
    if problem.get("forbidden") is not None:
        assert not (taken & problem["forbidden"]).any()
    if problem.get("locked") is not None:
        assert (taken | ~problem["locked"]).all()
    assert (result.load == taken.sum(axis=0)).all()
    assert result.per_task == pytest.approx((problem["affinity"] * taken).sum(axis=1))
    assert result.total == pytest.approx((problem["affinity"] * taken).sum())


@settings(max_examples=400, deadline=None)
@given(small_problems(), st.integers(0, 3))
def test_the_total_is_the_highest_there_is(problem, seed):
    best = max((math.fsum(sums(problem, e)) for e in every_assignment(problem)), default=None)
    if best is None:
        with pytest.raises(Infeasible) as refusal:
            assign(**problem, seed=seed)
        assert refusal.value.shortages
        return
    result = assign(**problem, seed=seed)
    assert_respects(result, problem)
    assert result.total == pytest.approx(best, abs=1e-6)
    assert best - 1e-9 <= result.bound <= best + 1e-6
    assert result.optimality == 1.0


def possible(demand, capacity, minimum, forbidden):
    problem = {
        "affinity": np.zeros(forbidden.shape),
        "demand": demand,
        "capacity": capacity,
        "minimum": minimum,
        "forbidden": forbidden,
    }
    return any(True for _ in every_assignment(problem))


def fewest_relaxations(problem):
    """The fewest steps (a demand or minimum down by one, a capacity up by one) that make it possible."""
    tasks, agents = problem["affinity"].shape
    start = (*problem["demand"], *problem["capacity"], *np.broadcast_to(problem["minimum"], agents).tolist())
    steps = [-1] * tasks + [1] * agents + [-1] * agents
    level, seen = {tuple(map(int, start))}, set()
    for count in range(100):
        for numbers in level:
            demand, capacity, minimum = numbers[:tasks], numbers[tasks:-agents], numbers[-agents:]
            if possible(demand, capacity, minimum, problem["forbidden"]):
                return count
        seen |= level
        level = {
            (*numbers[:i], numbers[i] + step, *numbers[i + 1 :])
            for numbers in level
            for i, step in enumerate(steps)
            if numbers[i] + step >= 0
        } - seen
    raise AssertionError("never possible")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_shortages_are_as_few_as_can_be(data):
    tasks, agents = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 2))
    problem = {
        "affinity": np.zeros((tasks, agents)),
        "demand": data.draw(st.lists(st.integers(0, 2), min_size=tasks, max_size=tasks)),
        "capacity": data.draw(st.lists(st.integers(0, 2), min_size=agents, max_size=agents)),
        "minimum": data.draw(st.lists(st.integers(0, 3), min_size=agents, max_size=agents)),
        "forbidden": np.array(
            data.draw(st.lists(st.booleans(), min_size=tasks * agents, max_size=tasks * agents))
        ).reshape(tasks, agents),
    }
    found = shortages(checked(**problem, locked=None))
    assert sum(shortage.amount for shortage in found) == fewest_relaxations(problem)


def short(**arguments):
    with pytest.raises(Infeasible) as refusal:
        assign(**arguments)
    return refusal.value


def test_a_task_with_too_many_conflicts_is_named():
    forbidden = np.zeros((8, 4), dtype=bool)
    forbidden[7, :2] = True
    refusal = short(affinity=np.ones((8, 4)), demand=3, capacity=8, forbidden=forbidden)
    (shortage,) = refusal.shortages
    assert (shortage.kind, shortage.task, shortage.needed, shortage.available) == (
        Kind.TASK_CONFLICTS,
        7,
        3,
        2,
    )
    assert str(refusal) == "task 7 needs 3, only 2 are free of conflict"


def test_too_few_places_are_counted():
    refusal = short(affinity=np.ones((15, 8)), demand=3, capacity=5)
    assert str(refusal) == "agents offer 40 places, 45 are asked for"
    assert refusal.shortages[0].amount == 5


def test_too_high_minimums_are_counted():
    assert str(short(affinity=np.ones((3, 4)), demand=2, capacity=3, minimum=2)) == (
        "agents must take at least 8, tasks ask for 6"
    )


def test_one_agent_asked_too_much_is_named():
    forbidden = np.zeros((4, 3), dtype=bool)
    forbidden[:3, 1:] = True
    (shortage,) = short(affinity=np.ones((4, 3)), demand=1, capacity=2, forbidden=forbidden).shortages
    assert (shortage.kind, shortage.agent, shortage.needed, shortage.available) == (
        Kind.AGENT_CAPACITY,
        0,
        3,
        2,
    )


def test_an_agent_in_conflict_below_its_minimum_is_named():
    forbidden = np.zeros((4, 3), dtype=bool)
    forbidden[1:, 2] = True
    (shortage,) = short(
        affinity=np.ones((4, 3)), demand=2, capacity=4, minimum=2, forbidden=forbidden
    ).shortages
    assert (shortage.kind, shortage.agent, shortage.amount) == (Kind.AGENT_CONFLICTS, 2, 1)


def test_locks_that_cannot_hold_are_named():
    locked = np.zeros((2, 3), dtype=bool)
    locked[0] = True
    forbidden = np.zeros((2, 3), dtype=bool)
    forbidden[0, 1] = True
    refusal = short(
        affinity=np.ones((2, 3)), demand=2, capacity=[0, 2, 2], locked=locked, forbidden=forbidden
    )
    assert [shortage.kind for shortage in refusal.shortages] == [
        Kind.LOCKED_CONFLICT,
        Kind.TASK_LOCKS,
        Kind.AGENT_LOCKS,
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"affinity": [1.0, 2.0]}, "two dimensions"),
        ({"affinity": [[1.0, math.nan]]}, "task 0, agent 1 is nan"),
        ({"affinity": [["a", "b"]]}, "matrix of numbers"),
        ({"demand": 1.5}, "demand must be whole"),
        ({"demand": [1, 1]}, "demand must be one number or 1 numbers"),
        ({"capacity": -1}, "capacity must lie"),
        ({"forbidden": [[True]]}, "forbidden must have the shape"),
        ({"locked": [[0, 1]]}, "locked must be true or false"),
        ({"objective": "best"}, "objective"),
        ({"seed": 1.0}, "seed"),
    ],
)
def test_bad_input_is_named(change, words):
    arguments = {"affinity": [[1.0, 2.0]], "demand": 1, "capacity": 1} | change
    with pytest.raises(ValueError, match=words):
        assign(**arguments)


def test_nothing_to_assign():
    assert assign(np.zeros((0, 3)), demand=1, capacity=1).pairs.shape == (0, 2)
    assert assign(np.zeros((2, 0)), demand=0, capacity=1).total == 0
    with pytest.raises(Infeasible, match="task 0 needs 1, only 0"):
        assign(np.zeros((1, 0)), demand=1, capacity=1)


def topics(rng, tasks, agents, count=12):
    ours, theirs = rng.dirichlet(np.full(count, 0.1), tasks), rng.dirichlet(np.full(count, 0.1), agents)
    return (ours / np.linalg.norm(ours, axis=1)[:, None]) @ (
        theirs / np.linalg.norm(theirs, axis=1)[:, None]
    ).T


@pytest.mark.parametrize("kind", ["topics", "popularity", "product", "equal"])
@pytest.mark.parametrize("minimum", [0, 4])
def test_pricing_finds_the_same_optimum_as_the_whole_network(monkeypatch, kind, minimum):
    rng = np.random.default_rng(3)
    affinity = {
        "topics": lambda: topics(rng, 300, 90),
        "popularity": lambda: rng.random((300, 1)) * 0.2 + rng.random((1, 90)) + 0.05 * rng.random((300, 90)),
        "product": lambda: np.outer(rng.random(300), rng.random(90)),
        "equal": lambda: np.ones((300, 90)),
    }[kind]()
    forbidden = rng.random((300, 90)) < 0.1
    arguments = {"demand": 3, "capacity": 12, "minimum": minimum, "forbidden": forbidden}
    priced = assign(affinity, **arguments)
    assert_respects(priced, {"affinity": affinity, **arguments})
    assert priced.proof.pairs_in_network < priced.proof.pairs_open
    monkeypatch.setattr(network_module, "FIRST_LOOK", 10**9)
    whole = assign(affinity, **arguments)
    assert whole.proof.pairs_in_network == whole.proof.pairs_open
    assert priced.total == pytest.approx(whole.total, abs=1e-6)
    assert priced.bound - priced.total < 1e-6


def test_few_networks_are_enough_where_nearly_all_assignments_are_nearly_equal():
    rng = np.random.default_rng(0)
    product = assign(np.outer(rng.random(1_200), rng.random(350)), demand=3, capacity=11)
    assert product.optimality == 1.0
    assert product.proof.rounds <= 2


def test_lots_decide_ties_the_same_way_every_time():
    equal = np.ones((30, 12))
    first = assign(equal, demand=2, capacity=6, seed=1)
    again = assign(equal, demand=2, capacity=6, seed=1)
    other = assign(equal, demand=2, capacity=6, seed=2)
    assert first.pairs.tobytes() == again.pairs.tobytes()
    assert first.pairs.tobytes() != other.pairs.tobytes()
    assert first.total == other.total == 60


@settings(max_examples=50, deadline=None)
@given(small_problems(locks=False), st.randoms())
def test_the_total_does_not_depend_on_the_order_of_tasks(problem, chance):
    try:
        total = assign(**problem).total
    except Infeasible:
        return
    order = list(range(len(problem["demand"])))
    chance.shuffle(order)
    problem["affinity"], problem["forbidden"] = problem["affinity"][order], problem["forbidden"][order]
    problem["demand"] = [problem["demand"][task] for task in order]
    assert assign(**problem).total == pytest.approx(total, abs=1e-6)


def test_noise_in_the_last_digits_changes_nothing():
    affinity = np.random.default_rng(5).integers(0, 6, (40, 15)) / 5
    shaken = affinity + np.random.default_rng(6).normal(0, 1e-15, affinity.shape)
    assert (
        assign(affinity, demand=3, capacity=10).pairs == assign(shaken, demand=3, capacity=10).pairs
    ).all()


def test_a_large_prohibited_affinity_does_not_cost_digits():
    affinity = np.array([[1e-7, 2e-7, 1e12], [2e-7, 1e-7, 0.0]])
    forbidden = np.array([[False, False, True], [False, False, True]])
    assert assign(affinity, demand=1, capacity=1, forbidden=forbidden).pairs.tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize("size", [5e-324, 1e-300, 1e-9, 1.0, 1e9, 1e300])
def test_affinities_of_any_size(size):
    result = assign(np.array([[1.0, 0.0], [1.0, 0.5]]) * size, demand=1, capacity=1)
    assert result.total <= result.bound
    assert size < 1e-100 or result.pairs.tolist() == [[0, 0], [1, 1]]


def test_where_everything_is_given_already_nothing_changes(monkeypatch):
    """A large panel whose sheets all stand: what is left to give is nothing, and the plan is what there is."""
    tasks, agents = 200, 100
    locked = np.zeros((tasks, agents), dtype=bool)
    locked[np.arange(tasks)[:, None], (np.arange(tasks)[:, None] * 7 + np.arange(5)) % agents] = True
    monkeypatch.setattr(network_module, "FIRST_LOOK", 0)
    affinity, none = np.zeros((tasks, agents)), np.zeros((tasks, agents), dtype=bool)
    found = assign(affinity, demand=5, capacity=40, minimum=0, forbidden=none, locked=locked)
    given_now = np.zeros((tasks, agents), dtype=bool)
    for task, agent in found.pairs:
        given_now[task, agent] = True
    assert (given_now == locked).all()
