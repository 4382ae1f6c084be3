from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivaio.methods.weighted import (
    Criterion,
    Outcome,
    Score,
    TieBreak,
    by_criterion,
    earlier,
    points,
    rank,
    shown,
    weighted_totals,
)

SHEET = [
    Criterion("need", 1, 5, 20),
    Criterion("innovation", 1, 5, 30),
    Criterion("feasibility", 1, 5, 25),
    Criterion("impact", 1, 5, 25),
]


def scores(application, juror, *values):
    return [Score(application, juror, c.key, v) for c, v in zip(SHEET, values, strict=True)]


def outcomes(ranking):
    return {line.application: line.outcome for line in ranking}


def test_a_sheet_in_progress_counts_the_points_given_so_far():
    assert points(SHEET, {"need": 4, "innovation": 5, "feasibility": 3}) == 61


def test_totals_are_means_over_jurors_on_a_hundred():
    standing = weighted_totals(SHEET, scores("a", "x", 4, 5, 3, 4) + scores("a", "y", 5, 5, 5, 5))["a"]
    assert standing.by_juror == {"x": 81, "y": 100}
    assert standing.total == Fraction(181, 2)
    assert standing.by_criterion["feasibility"] == 80
    assert standing.raw_by_criterion["feasibility"] == 4


def test_weights_count_as_shares_of_their_sum():
    thirds = [Criterion(k, 0, 10, 1) for k in "abc"]
    sheet = [Score("p", "j", "a", 10), Score("p", "j", "b", Decimal("0.1")), Score("p", "j", "c", 0)]
    assert weighted_totals(thirds, sheet)["p"].total == Fraction(101, 3)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s: s[:-1], "juror 'x' on application 'a': no score on 'impact'"),
        (lambda s: [*s, s[0]], "twice"),
        (lambda s: [*s, Score("a", "x", "beauty", 3)], "'beauty' is not among"),
        (lambda s: [*s[:-1], Score("a", "x", "impact", 6)], "between 1 and 5"),
        (lambda s: [*s[:-1], Score("a", "x", "impact", 4.5)], "not float"),
        (lambda s: [*s[:-1], Score("a", "x", "impact", Decimal("NaN"))], "finite"),
    ],
)
def test_a_bad_sheet_is_refused_in_words(change, words):
    with pytest.raises(ValueError, match=words):
        weighted_totals(SHEET, change(scores("a", "x", 4, 5, 3, 4)))


@pytest.mark.parametrize(
    ("criteria", "words"),
    [
        ([], "no criteria"),
        ([Criterion("a", 1, 5, 1), Criterion("a", 1, 5, 1)], "twice"),
        ([Criterion("a", 5, 5, 1)], "above its bottom"),
        ([Criterion("a", -1, 5, 1)], "below 0"),
        ([Criterion("a", 1, 5, -1)], "negative"),
        ([Criterion("a", 1, 5, 0)], "all weights"),
    ],
)
def test_criteria_that_make_no_sense_are_refused(criteria, words):
    with pytest.raises(ValueError, match=words):
        weighted_totals(criteria, [])


def test_places_minimum_and_reserve():
    ranking = rank({"a": 90, "b": 80, "c": 70, "d": 59, "e": 60}, places=2, minimum=60)
    assert [line.application for line in ranking] == ["a", "b", "c", "e", "d"]
    assert [line.position for line in ranking] == [1, 2, 3, 4, 5]
    assert [str(line.outcome) for line in ranking] == [
        "selected",
        "selected",
        "reserve",
        "reserve",
        "not_selected",
    ]


def test_places_stay_empty_below_the_minimum():
    ranking = rank({n: (60 if n < 8 else 50) for n in range(9)}, places=9, minimum=60)
    assert sum(line.outcome == Outcome.SELECTED for line in ranking) == 8
    assert ranking[-1].outcome == Outcome.NOT_SELECTED


def test_the_chain_breaks_ties_in_its_order_and_says_which_link_did():
    noon = datetime(2020, 9, 15, 12, tzinfo=UTC)
    totals = {"a": 80, "b": 80, "c": 80, "d": 70}
    chain = [
        TieBreak("need", {"a": 60, "b": 60, "c": 70, "d": 99}),
        earlier({"a": noon, "b": noon - timedelta(microseconds=1), "c": noon, "d": noon}),
    ]
    ranking = rank(totals, tie_breaks=chain, places=2, minimum=60)
    assert [(line.application, line.position, line.settled_by) for line in ranking] == [
        ("c", 1, ("need",)),
        ("b", 2, ("need", "earlier")),
        ("a", 3, ("need", "earlier")),
        ("d", 4, ()),
    ]
    assert not any(line.tied or line.undecided for line in ranking)


def test_a_tie_that_nothing_breaks_is_flagged_and_never_decided_by_chance():
    ranking = rank({"a": 90, "b": 80, "c": 80, "d": 70}, places=2, minimum=60)
    assert [line.position for line in ranking] == [1, 2, 2, 4]
    assert [line.tied for line in ranking] == [False, True, True, False]
    assert [line.undecided for line in ranking] == [False, True, True, False]
    assert outcomes(ranking) == {"a": "selected", "b": "reserve", "c": "reserve", "d": "reserve"}


def test_a_tie_wholly_within_the_places_hurts_nobody():
    ranking = rank({"a": 80, "b": 80}, places=2, minimum=None)
    assert {line.outcome for line in ranking} == {Outcome.SELECTED}
    assert all(line.tied and not line.undecided for line in ranking)


def test_same_scores_in_another_order_tie_exactly():
    thirds = [Criterion(k, 1, 7, 1) for k in "abc"]
    given_scores = {"p": (1, 2, 4), "q": (4, 1, 2)}
    sheets = [
        Score(p, "j", c.key, v) for p, vs in given_scores.items() for c, v in zip(thirds, vs, strict=True)
    ]
    assert all(line.tied for line in rank(weighted_totals(thirds, sheets), places=1))


def test_a_criterion_breaks_a_tie():
    standings = weighted_totals(SHEET, scores("p", "x", 5, 4, 4, 4) + scores("q", "x", 4, 4, 5, 4))
    totals = dict.fromkeys(standings, 80)
    ranking = rank(totals, tie_breaks=[by_criterion(standings, "feasibility")], places=1)
    assert [line.application for line in ranking] == ["q", "p"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"places": -1}, "places"),
        ({"places": 1.5}, "places"),
        ({"minimum": 60.0}, "minimum"),
        ({"tie_breaks": [TieBreak("t", {"a": 1})]}, "no value for 'b'"),
        ({"tie_breaks": [TieBreak("t", {"a": 1, "b": datetime(2020, 1, 1, tzinfo=UTC)})]}, "mixes"),
        ({"tie_breaks": [earlier({"a": datetime(2020, 1, 1), "b": datetime(2020, 1, 1)})]}, "no time zone"),  # noqa: DTZ001
    ],
)
def test_a_bad_call_is_refused_in_words(arguments, words):
    with pytest.raises(ValueError, match=words):
        rank({"a": 1, "b": 2}, **arguments)


def test_numbers_are_shown_with_halves_up():
    assert shown(Fraction(1, 8)) == Decimal("0.13")
    assert str(shown(Fraction(200, 3), 1)) == "66.7"
    assert str(shown(80)) == "80.00"


some_totals = st.dictionaries(st.integers(0, 30), st.fractions(0, 100, max_denominator=12), min_size=1)


@given(some_totals, st.none() | st.integers(0, 12), st.none() | st.integers(0, 100), st.randoms())
def test_any_ranking_keeps_the_rules(totals, places, minimum, chance):
    ranking = rank(totals, places=places, minimum=minimum)
    shuffled = list(totals.items())
    chance.shuffle(shuffled)
    assert rank(dict(shuffled), places=places, minimum=minimum) == ranking
    assert {line.application for line in ranking} == set(totals)
    selected = [line for line in ranking if line.outcome == Outcome.SELECTED]
    assert places is None or len(selected) <= places
    for line in ranking:
        better = sum(other > line.total for other in totals.values())
        equal = sum(other == line.total for other in totals.values())
        assert line.position == 1 + better
        assert line.tied == (equal > 1)
        reaches = minimum is None or line.total >= minimum
        assert (line.outcome == Outcome.NOT_SELECTED) == (not reaches)
        if reaches and (places is None or better + equal <= places):
            assert line.outcome == Outcome.SELECTED
        assert line.undecided == (reaches and places is not None and better < places < better + equal)


@given(some_totals, st.integers(1, 8))
def test_differences_below_a_millionth_are_ties(totals, parts):
    base = max(totals.values())
    nudged = {n: base + Fraction(n, 10_000_000) for n in range(parts)}
    assert [line.position for line in rank(nudged)] == [1] * parts


@given(
    st.lists(st.integers(1, 5), min_size=4, max_size=4),
    st.lists(st.integers(1, 5), min_size=4, max_size=4),
)
def test_a_better_sheet_never_earns_less(lower, raised):
    better = [max(pair) for pair in zip(lower, raised, strict=True)]
    one = weighted_totals(SHEET, scores("a", "x", *lower))["a"].total
    two = weighted_totals(SHEET, scores("a", "x", *better))["a"].total
    assert 20 <= one <= two <= 100
