"""Sharing hours: against every possible sharing of small instances, and the promises it makes."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivaio.methods.hours import SCALE, share


@st.composite
def instances(draw):
    requests, experts = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    whole = st.integers(0, 4)
    fit = [[draw(st.integers(0, 10)) / 10 for _e in range(experts)] for _r in range(requests)]
    hours = [draw(st.integers(1, 3)) for _r in range(requests)]
    free = [draw(whole) for _e in range(experts)]
    allowed = [[draw(st.booleans()) for _e in range(experts)] for _r in range(requests)]
    return np.array(fit), np.array(hours), np.array(free), np.array(allowed)


def every_sharing(fit, hours, free, allowed):
    """All pairs that keep to one place each and to everybody's hours."""
    choices = [[None, *np.flatnonzero(row).tolist()] for row in allowed]
    for chosen in itertools.product(*choices):
        pairs = [(r, e) for r, e in enumerate(chosen) if e is not None]
        load = np.zeros(len(free), int)
        for r, e in pairs:
            load[e] += hours[r]
        if (load <= free).all():
            yield pairs


def value(pairs, fit):
    return len(pairs), sum(round(fit[pair] * SCALE) for pair in pairs)


@settings(max_examples=40, deadline=None)
@given(instances())
def test_no_sharing_fills_more_or_fits_better(case):
    fit, hours, free, allowed = case
    found = share(fit, hours=hours, free=free, allowed=allowed)
    best = max(value(pairs, fit) for pairs in every_sharing(fit, hours, free, allowed))
    assert found.proved
    assert value(found.pairs, fit) == best


@settings(max_examples=30, deadline=None)
@given(instances())
def test_fairness_lifts_the_lowest_then_spreads_the_work(case):
    fit, hours, free, allowed = case

    def worth(pairs):
        loads = np.bincount([e for _r, e in pairs], minlength=len(free)) if pairs else np.zeros(1)
        lowest = min((round(fit[pair] * SCALE) for pair in pairs), default=SCALE)
        return len(pairs), lowest, -int(loads.max()), value(pairs, fit)[1]

    found = share(fit, hours=hours, free=free, allowed=allowed, objective="fair")
    assert worth(found.pairs) == max(worth(pairs) for pairs in every_sharing(fit, hours, free, allowed))


def test_a_locked_pair_stands_beyond_the_hours_and_nothing_is_added_to_it():
    locked = np.array([[True], [False]])
    found = share([[0.1], [0.9]], hours=[5, 1], free=[2], locked=locked)
    assert found.pairs == [(0, 0)]


@pytest.mark.parametrize("objective", ["total", "fair"])
def test_of_very_many_pairs_every_place_is_filled_within_everybodys_hours(objective):
    many, draw = 220, np.random.default_rng(7)
    fit, hours, free = draw.random((many, many)), draw.integers(1, 6, many), draw.integers(5, 12, many)
    found = share(fit, hours=hours, free=free, objective=objective)
    load = np.zeros(many, int)
    for request, expert in found.pairs:
        load[expert] += hours[request]
    assert sorted(request for request, _expert in found.pairs) == list(range(many))
    assert (load <= free).all()
    assert sum(fit[pair] for pair in found.pairs) > 0.9 * fit.max(axis=1).sum()
    assert found == share(fit, hours=hours, free=free, objective=objective)


@pytest.mark.parametrize("wrong", [{"fit": [[2.0]]}, {"hours": [-1]}, {"free": [1.5]}, {"objective": "best"}])
def test_a_bad_argument_is_named(wrong):
    fit = wrong.pop("fit", [[0.5]])
    with pytest.raises(ValueError, match=r"fit|hours|free|objective"):
        share(fit, **({"hours": [1], "free": [1]} | wrong))
