"""Students and offers: stable, best for the students, and no use in hiding one's wishes."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivaio.methods.placing import Placing, blocking, place


@st.composite
def markets(draw, most=4):
    """A few students and offers, each with an order of some of the others."""
    students, offers = draw(st.integers(1, most)), draw(st.integers(1, 3))

    def some(count):
        return st.permutations(range(count)).flatmap(
            lambda order: st.integers(0, count).map(lambda kept: tuple(order[:kept]))
        )

    wishes = tuple(draw(some(offers)) for _student in range(students))
    orders = tuple(draw(some(students)) for _offer in range(offers))
    places = tuple(draw(st.integers(0, 2)) for _offer in range(offers))
    return wishes, orders, places


def every_matching(wishes, orders, places):
    """All that could be: each student with one of the wished offers that would have them, or with none."""
    options = [
        [None, *(offer for offer in wished if student in orders[offer])]
        for student, wished in enumerate(wishes)
    ]
    for chosen in itertools.product(*options):
        if all(chosen.count(offer) <= count for offer, count in enumerate(places)):
            kept = tuple(
                tuple(s for s in orders[offer] if chosen[s] == offer) for offer in range(len(places))
            )
            wish = tuple(
                None if offer is None else wishes[s].index(offer) + 1 for s, offer in enumerate(chosen)
            )
            yield Placing(chosen, kept, wish, 0)


def stable_ones(wishes, orders, places):
    return [
        one
        for one in every_matching(wishes, orders, places)
        if not blocking(one, wishes, orders, places=places)
    ]


def rank(wish):
    return 99 if wish is None else wish


@given(markets())
def test_nobody_would_rather_swap_and_no_stable_matching_is_better_for_a_student(market):
    wishes, orders, places = market
    found = place(wishes, orders, places=places)
    assert blocking(found, wishes, orders, places=places) == []
    assert all(len(kept) <= count for kept, count in zip(found.students_of, places, strict=True))
    others = stable_ones(wishes, orders, places)
    assert found.offer_of in [one.offer_of for one in others]
    for one in others:
        assert all(rank(mine) <= rank(theirs) for mine, theirs in zip(found.wish, one.wish, strict=True))


@given(markets())
def test_whoever_stays_without_a_place_does_so_in_every_stable_matching(market):
    wishes, orders, places = market
    found = place(wishes, orders, places=places)
    for one in stable_ones(wishes, orders, places):
        assert [o is None for o in found.offer_of] == [o is None for o in one.offer_of]
        for mine, theirs, count in zip(found.students_of, one.students_of, places, strict=True):
            assert len(mine) == len(theirs)
            assert len(mine) == count or set(mine) == set(theirs)


@given(markets(most=3))
def test_a_student_gains_nothing_by_hiding_their_true_order(market):
    wishes, orders, places = market
    honest = place(wishes, orders, places=places)
    for length in range(len(orders) + 1):
        for told in itertools.permutations(range(len(orders)), length):
            lied = place((told, *wishes[1:]), orders, places=places).offer_of[0]
            if lied is not None and lied in wishes[0]:
                assert rank(honest.wish[0]) <= wishes[0].index(lied) + 1


def test_the_example_of_the_paper():
    """Three men, three women (Gale and Shapley 1962, example 1): six matchings, three of them stable."""
    wishes = ((0, 1, 2), (1, 2, 0), (2, 0, 1))
    orders = ((1, 2, 0), (2, 0, 1), (0, 1, 2))
    found = place(wishes, orders, places=(1, 1, 1))
    assert found.offer_of == (0, 1, 2)
    assert found.wish == (1, 1, 1)
    assert len(stable_ones(wishes, orders, (1, 1, 1))) == 3


@pytest.mark.parametrize(
    ("wishes", "orders", "places", "said"),
    [
        ([[1]], [[0]], [1], "student 0 names somebody who is not there"),
        ([[0]], [[0, 0]], [1], "offer 0 names somebody twice"),
        ([[0]], [[0]], [-1], "offer 0 has -1 places"),
        ([[0]], [[0]], [], "1 offers, but places for 0"),
    ],
)
def test_what_cannot_be_is_named(wishes, orders, places, said):
    with pytest.raises(ValueError, match=said):
        place(wishes, orders, places=places)
