import numpy as np
import pytest
from hypothesis import given, settings
from ortools.linear_solver import pywraplp

from tests.methods.test_assignment import assert_respects, every_assignment, small_problems, sums, topics
from vivaio.methods.assignment import Infeasible, assign
from vivaio.methods.assignment import bounds as bounds_module


def lowest(problem, everybody):
    asked = [s for s, demand in zip(sums(problem, everybody), problem["demand"], strict=True) if demand]
    return min(asked, default=0.0)


@settings(max_examples=300, deadline=None)
@given(small_problems())
def test_the_lowest_sum_rises_and_the_bound_holds(problem):
    best = max((lowest(problem, e) for e in every_assignment(problem)), default=None)
    if best is None:
        with pytest.raises(Infeasible):
            assign(**problem, objective="fair")
        return
    fair = assign(**problem, objective="fair")
    assert_respects(fair, problem)
    assert fair.lowest >= assign(**problem).lowest - 1e-6
    assert fair.lowest <= best + 1e-6
    assert fair.bound >= best - 1e-6


def test_the_task_that_loses_for_the_total_gets_its_agent():
    affinity = np.array([[1.0, 0.6], [0.3, 0.0]])
    assert assign(affinity, demand=1, capacity=1).pairs.tolist() == [[0, 0], [1, 1]]
    fair = assign(affinity, demand=1, capacity=1, objective="fair")
    assert fair.pairs.tolist() == [[0, 1], [1, 0]]
    assert (fair.lowest, fair.optimality) == (pytest.approx(0.3), 1.0)


def linear_max_min(affinity, demand, capacity, minimum, forbidden):
    solver = pywraplp.Solver.CreateSolver("GLOP")
    level = solver.NumVar(-solver.infinity(), solver.infinity(), "level")
    x = {pair: solver.NumVar(0, 0 if forbidden[pair] else 1, "") for pair in np.ndindex(affinity.shape)}
    for task in range(len(affinity)):
        row = [x[task, agent] for agent in range(affinity.shape[1])]
        solver.Add(sum(row) == demand)
        solver.Add(sum(float(a) * v for a, v in zip(affinity[task], row, strict=True)) >= level)
    for agent in range(affinity.shape[1]):
        load = sum(x[task, agent] for task in range(len(affinity)))
        solver.Add(load <= capacity)
        solver.Add(load >= minimum)
    solver.Maximize(level)
    assert solver.Solve() == pywraplp.Solver.OPTIMAL
    return level.solution_value()


def correlated(kind, rng, tasks, agents):
    if kind == "topics":
        return topics(rng, tasks, agents, 5)
    return rng.random((tasks, 1)) * 0.3 + rng.random((1, agents)) + 0.05 * rng.random((tasks, agents))


@pytest.mark.parametrize("kind", ["topics", "popularity"])
def test_the_bound_is_the_linear_one_and_nearly_reached(kind):
    rng = np.random.default_rng(2)
    affinity = correlated(kind, rng, 60, 20)
    forbidden = rng.random((60, 20)) < 0.1
    arguments = {"demand": 3, "capacity": 10, "minimum": 6, "forbidden": forbidden}
    fair = assign(affinity, **arguments, objective="fair")
    assert_respects(fair, {"affinity": affinity, **arguments})
    assert fair.bound == pytest.approx(linear_max_min(affinity, 3, 10, 6, forbidden), abs=2e-6)
    assert 0.9 <= fair.optimality <= 1
    total = assign(affinity, **arguments)
    assert fair.lowest >= total.lowest * (1.5 if kind == "popularity" else 1)
    assert total.total * 0.95 <= fair.total <= total.total + 1e-6


def test_nearly_all_of_the_bound_is_reached_where_all_tasks_want_the_same_agents():
    affinity = correlated("popularity", np.random.default_rng(6), 270, 80)
    fair = assign(affinity, demand=3, capacity=12, objective="fair")
    assert_respects(fair, {"affinity": affinity, "demand": 3, "capacity": 12, "minimum": 0})
    assert fair.optimality >= 0.97
    assert fair.total >= assign(affinity, demand=3, capacity=12).total * 0.99


def test_without_the_linear_problem_the_bound_still_holds(monkeypatch):
    affinity = correlated("popularity", np.random.default_rng(4), 60, 20)
    linear = linear_max_min(affinity, 3, 10, 0, np.zeros((60, 20), dtype=bool))
    monkeypatch.setattr(bounds_module, "LINEAR_PAIRS", 0)
    fair = assign(affinity, demand=3, capacity=10, objective="fair")
    assert linear - 1e-6 <= fair.bound <= linear * 1.1
    assert fair.lowest >= 0.9 * linear


def test_the_same_seed_gives_the_same_pairs():
    affinity = topics(np.random.default_rng(8), 50, 16, 5)
    one, two = (assign(affinity, demand=3, capacity=11, objective="fair", seed=4) for _ in range(2))
    assert one.pairs.tobytes() == two.pairs.tobytes()
