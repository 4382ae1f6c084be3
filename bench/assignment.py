"""Measure the assignment method at the sizes it is held to. Run: python bench/assignment.py [--quick]

Each case runs in a process of its own held to two processors, so that the peak memory is its own and includes the
affinities. `lost to 50 best` is what keeping only each task's 50 best agents would cost. Processor seconds are the
figure to trust on a machine that does other work too.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from vivaio.methods.assignment import Infeasible, assign

SIZES = {"small": (200, 50), "medium": (2_000, 500), "large": (10_000, 3_000)}
DEMAND = 3
CASES = [
    ("medium", "uniform", "total"),
    ("medium", "topics", "total"),
    ("medium", "same tastes", "total"),
    ("large", "uniform", "total"),
    ("large", "topics", "total"),
    ("large", "same tastes", "total"),
    ("large", "crowded topics", "total"),
    ("large", "one number each", "total"),
    ("small", "topics", "fair"),
    ("small", "same tastes", "fair"),
    ("small", "crowded topics", "fair"),
    ("medium", "topics", "fair"),
    ("medium", "same tastes", "fair"),
    ("medium", "crowded topics", "fair"),
    ("medium", "one number each", "fair"),
]
QUICK = [case for case in CASES if case[0] != "large"]


def affinities(kind, tasks, agents, rng):
    """Affinities that are independent, shaped by shared topics, alike for all tasks, crowded on few topics, or
    products of one number of the task and one of the agent, which makes nearly all assignments nearly equal.
    """
    if kind == "uniform":
        return rng.random((tasks, agents))
    if kind == "one number each":
        return np.outer(rng.random(tasks), rng.random(agents))
    if kind == "same tastes":
        return 0.3 * rng.random((tasks, 1)) + rng.random((1, agents)) + 0.05 * rng.random((tasks, agents))
    wanted = np.full(25, 0.1) if kind == "topics" else np.r_[np.full(3, 2.0), np.full(22, 0.05)]
    ours, theirs = rng.dirichlet(wanted, tasks), rng.dirichlet(np.full(25, 0.1), agents)
    return (ours / np.linalg.norm(ours, axis=1)[:, None]) @ (
        theirs / np.linalg.norm(theirs, axis=1)[:, None]
    ).T


def measure(size, kind, objective):
    tasks, agents = SIZES[size]
    affinity = affinities(kind, tasks, agents, np.random.default_rng(0))
    arguments = {"demand": DEMAND, "capacity": -(-tasks * DEMAND * 11 // (agents * 10))}
    started, worked = time.perf_counter(), time.process_time()
    result = assign(affinity, **arguments, objective=objective)
    elapsed, work = time.perf_counter() - started, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    figures = {
        "seconds": elapsed,
        "processor": work,
        "peak_gb": peak,
        "total": result.total,
        "lowest": result.lowest,
        "bound": result.bound,
        "optimality": result.optimality,
    }
    if objective == "total":
        figures |= {"rounds": result.proof.rounds, "pairs_in_network": result.proof.pairs_in_network}
        figures["lost"] = (
            lost_to_few_candidates(affinity, arguments, result.total) if size == "medium" else None
        )
    return figures


def lost_to_few_candidates(affinity, arguments, best):
    """The share of the best total that is lost when each task sees its 50 best agents only; None if impossible."""
    line = np.partition(affinity, -50, axis=1)[:, -50][:, None]
    try:
        return 1 - assign(affinity, **arguments, forbidden=affinity < line).total / best
    except Infeasible:
        return "impossible"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="leave the large size out")
    parser.add_argument("--case", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    if options.case:
        print(json.dumps(measure(*options.case)))
        return
    print(
        "| tasks x agents | affinities | objective | seconds | processor s | peak GB | total | lowest "
        "| achieved / bound | networks | pairs in the last | lost to 50 best |"
    )
    print("| --- | --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |")
    for case in QUICK if options.quick else CASES:
        command = [sys.executable, __file__, "--case", *case]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
        told = json.loads(run.stdout)
        size = " x ".join(f"{number:,}" for number in SIZES[case[0]])
        lost = told.get("lost")
        lost = f"{lost:.2%}" if isinstance(lost, float) else (lost or "")
        networks, pairs = told.get("rounds", ""), f"{told['pairs_in_network']:,}" if "rounds" in told else ""
        cells = [size, case[1], case[2], f"{told['seconds']:.2f}", f"{told['processor']:.2f}"]
        cells += [f"{told['peak_gb']:.2f}", f"{told['total']:.3f}", f"{told['lowest']:.4f}"]
        cells += [f"{told['optimality']:.6f}", str(networks), pairs, lost]
        print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
