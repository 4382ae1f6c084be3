"""Reciprocal rank fusion: the published formula, and what must hold of any rankings."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivaio.methods.fusion import reciprocal_rank_fusion

rankings = st.lists(st.lists(st.integers(0, 12), unique=True, max_size=10), max_size=5)


def test_the_score_is_that_of_the_paper():
    """Cormack, Clarke, Büttcher 2009: the sum of 1 / (60 + place)."""
    found = dict(reciprocal_rank_fusion([["a", "b", "c"], ["b", "a"], ["b"]]))
    assert found["a"] == pytest.approx(1 / 61 + 1 / 62)
    assert found["b"] == pytest.approx(1 / 62 + 1 / 61 + 1 / 61)
    assert found["c"] == pytest.approx(1 / 63)


def test_first_of_two_beats_first_of_one_and_ties_keep_the_order_in_which_they_came():
    assert [name for name, _score in reciprocal_rank_fusion([["a", "b"], ["c", "b"]])] == ["b", "a", "c"]


def test_weights_say_how_much_each_ranking_counts():
    assert reciprocal_rank_fusion([["a"], ["b"]], weights=[0.5, 1])[0][0] == "b"
    assert dict(reciprocal_rank_fusion([["a"], ["b"]], weights=[0, 1]))["a"] == 0


@given(rankings)
def test_whoever_stands_somewhere_stands_in_the_result_once(lists):
    found = [one for one, _score in reciprocal_rank_fusion(lists)]
    assert len(found) == len(set(found))
    assert set(found) == {one for ranking in lists for one in ranking}


@given(rankings)
def test_scores_fall_and_do_not_depend_on_the_order_of_the_rankings(lists):
    result = reciprocal_rank_fusion(lists)
    scores = [score for _one, score in result]
    assert scores == sorted(scores, reverse=True)
    assert dict(reciprocal_rank_fusion(lists[::-1])) == dict(result)


@given(st.lists(st.integers(), unique=True, max_size=20), st.floats(0.1, 1e6))
def test_one_ranking_alone_keeps_its_order(ranking, k):
    assert [one for one, _score in reciprocal_rank_fusion([ranking], k=k)] == ranking


@given(rankings.filter(bool), st.data())
def test_a_better_place_never_lowers_a_score(lists, data):
    number = data.draw(st.integers(0, len(lists) - 1))
    if not lists[number]:
        return
    place = data.draw(st.integers(0, len(lists[number]) - 1))
    moved = lists[number][place]
    better = [moved, *(one for one in lists[number] if one != moved)]
    before = dict(reciprocal_rank_fusion(lists))[moved]
    assert dict(reciprocal_rank_fusion([*lists[:number], better, *lists[number + 1 :]]))[moved] >= before


@pytest.mark.parametrize(
    ("lists", "more", "words"),
    [
        ([["a", "a"]], {}, "twice in ranking 1"),
        ([["a"]], {"k": 0}, "above zero"),
        ([["a"]], {"weights": []}, "1 rankings have 0 weights"),
        ([["a"]], {"weights": [-1]}, "not -1"),
        ([["a"]], {"weights": [math.nan]}, "not nan"),
    ],
)
def test_what_cannot_be_fused_says_why(lists, more, words):
    with pytest.raises(ValueError, match=words):
        reciprocal_rank_fusion(lists, **more)
