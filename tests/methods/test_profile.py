"""Answers to a profile: bounds, order, weights, what is left out."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from vivaio.methods.profile import Feed, earned, level, points, profile, spread

POINTS = st.integers(0, 100)
SCALES = st.dictionaries(st.sampled_from(["no", "little", "some", "yes"]), POINTS, min_size=1)


@st.composite
def fed(draw):
    """Feeds on choices, with an answer to each, or none."""
    feeds, answers = [], {}
    for number in range(draw(st.integers(1, 6))):
        scale = draw(SCALES)
        feeds.append(Feed(f"q{number}", draw(st.integers(1, 10)), scale))
        if draw(st.booleans()):
            answers[f"q{number}"] = draw(st.sampled_from(sorted(scale)))
    return feeds, answers


@given(fed())
def test_points_lie_between_the_least_and_the_most_that_was_earned(made):
    feeds, answers = made
    found = [earned(feed, answers.get(feed.question)) for feed in feeds]
    given_ones = [one for one in found if one is not None]
    total = points(feeds, answers)
    if not given_ones:
        assert total is None
    else:
        assert min(given_ones) <= total <= max(given_ones)


@given(fed())
def test_the_order_of_the_questions_and_a_common_factor_change_nothing(made):
    feeds, answers = made
    heavier = [Feed(one.question, one.weight * 7, one.points) for one in feeds]
    assert points(feeds, answers) == points(feeds[::-1], answers) == points(heavier, answers)


@given(fed(), st.integers(0, 5))
def test_a_better_answer_never_lowers_a_profile(made, which):
    feeds, answers = made
    feed = feeds[which % len(feeds)]
    if feed.question in answers:
        best = max(feed.points, key=lambda one: feed.points[one])
        assert points(feeds, {**answers, feed.question: best}) >= points(feeds, answers)


@given(st.decimals(-1000, 1000, places=2), st.integers(-50, 50), st.integers(1, 100))
def test_a_number_earns_its_place_between_both_ends_and_the_ends_may_be_swapped(number, low, span):
    up = Feed("n", 1, low=Decimal(low), high=Decimal(low + span))
    down = Feed("n", 1, low=Decimal(low + span), high=Decimal(low))
    assert 0 <= earned(up, str(number)) <= 100
    assert earned(up, str(number)) + earned(down, str(number)) == 100


def test_what_was_not_answered_is_not_zero_and_what_cannot_be_read_does_not_count():
    feeds = [Feed("a", 3, {"no": 0, "yes": 100}), Feed("b", 1, low=Decimal(0), high=Decimal(10))]
    assert points(feeds, {"a": "yes"}) == 100
    assert points(feeds, {"a": "yes", "b": "2"}) == 80
    assert points(feeds, {"a": "gone", "b": "many"}) is None
    assert points([Feed("c", 1, {"x": 0, "y": 50, "z": 100})], {"c": ["y", "z"]}) == 75
    assert profile({"one": feeds, "two": []}, {"b": 4}) == {"one": 40}


@given(POINTS, POINTS, POINTS)
def test_every_value_has_one_level(value, one, other):
    gap, strength = sorted((one, other))
    assert level(value, gap, strength) in ("gap", "fair", "strength")
    assert (level(value, gap, strength) == "gap") == (value < gap)


def test_a_scale_begins_evenly_spread():
    assert spread(5) == [0, 25, 50, 75, 100]
    assert spread(4) == [0, 33, 67, 100]
    assert spread(1) == [100]
