import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vivaio.methods.calibration import NotCalibrable, NotComparable, bridges, calibrate, rank
from vivaio.methods.canonical import canonical


def crossed(values):
    """The three arrays of a panel whose every juror (column) scored every item (row)."""
    item, juror = np.indices(values.shape)
    return item.ravel(), juror.ravel(), values.ravel()


def drawn_panel(chance, items, jurors, each, spreads):
    """Qualities, severities and scores as the model has them; every item goes to `each` jurors by lot."""
    quality = chance.normal(0, spreads[0], items)
    severity = chance.normal(0, spreads[1], jurors)
    item = np.repeat(np.arange(items), each)
    juror = np.concatenate([chance.choice(jurors, each, replace=False) for _ in range(items)])
    value = 70 + quality[item] + severity[juror] + chance.normal(0, spreads[2], len(item))
    return quality, severity, item, juror, value


def analysis_of_variance(values):
    """The variances of a crossed panel by the closed form of the two-way analysis, which REML equals inside."""
    items, jurors = values.shape
    grand, rows, columns = values.mean(), values.mean(axis=1), values.mean(axis=0)
    left = values - rows[:, None] - columns + grand
    residual = (left**2).sum() / ((items - 1) * (jurors - 1))
    of_items = (jurors * ((rows - grand) ** 2).sum() / (items - 1) - residual) / jurors
    of_jurors = (items * ((columns - grand) ** 2).sum() / (jurors - 1) - residual) / items
    return of_items, of_jurors, residual


@st.composite
def crossed_panels(draw):
    items, jurors = draw(st.integers(3, 9)), draw(st.integers(2, 9))
    chance = np.random.default_rng(draw(st.integers(0, 10_000)))
    return (
        60
        + chance.normal(0, draw(st.sampled_from([0, 1, 9])), (items, 1))
        + chance.normal(0, draw(st.sampled_from([0, 1, 9])), (1, jurors))
        + chance.normal(0, draw(st.sampled_from([0.5, 3])), (items, jurors))
    )


@given(crossed_panels())
@example(np.array([[67.65156037, 44.3074177], [40.3593452, 17.31335367], [75.41657015, 51.83995775]]))
@settings(max_examples=60, deadline=None)
def test_variances_are_those_of_the_closed_form_wherever_it_has_one(values):
    expected = analysis_of_variance(values)
    found = calibrate(*crossed(values)).variances
    if min(expected) > 0.01:
        assert found == pytest.approx(expected, rel=1e-6)
    assert min(found) >= 0


@given(crossed_panels())
@settings(max_examples=60, deadline=None)
def test_on_a_crossed_panel_the_order_is_the_one_of_the_means(values):
    found = calibrate(*crossed(values))
    means = values.mean(axis=1)
    order = np.argsort(means)
    assert (np.diff(found.quality[order]) >= -1e-6).all()


@given(crossed_panels(), st.floats(-40, 40), st.data())
@settings(max_examples=60, deadline=None)
def test_a_constant_added_to_one_juror_of_a_crossed_panel_changes_no_position(values, constant, data):
    changed = values.copy()
    changed[:, data.draw(st.integers(0, values.shape[1] - 1))] += constant
    one, other = calibrate(*crossed(values)), calibrate(*crossed(changed))
    if min(*analysis_of_variance(values), *analysis_of_variance(changed)) > 0.01:
        assert other.quality - other.mean == pytest.approx(one.quality - one.mean, abs=1e-6)
    order = np.argsort(one.quality, kind="stable")
    assert (np.diff(other.quality[order]) >= -1e-6).all()


def test_injected_severities_are_found_and_the_figures_are_mu_plus_f():
    chance = np.random.default_rng(3)
    quality, severity, item, juror, value = drawn_panel(chance, 400, 20, 4, (6, 5, 4))
    found = calibrate(item, juror, value)
    assert found.severity - found.severity.mean() == pytest.approx(severity - severity.mean(), abs=1.5)
    assert np.corrcoef(found.quality, quality)[0, 1] > 0.93
    assert (
        np.corrcoef(found.quality, quality)[0, 1]
        > np.corrcoef(np.bincount(item, value) / np.bincount(item), quality)[0, 1]
    )
    assert found.quality.mean() == pytest.approx(70, abs=4)


def test_ninety_percent_intervals_cover_ninety_percent():
    chance = np.random.default_rng(11)
    ranks, qualities = [], []
    for _panel in range(60):
        quality, _severity, item, juror, value = drawn_panel(chance, 100, 20, 4, (6, 3, 5))
        found = calibrate(item, juror, value)
        ranking = rank(found, draws=1_000)
        true = 1 + (quality[:, None] < quality).sum(axis=1)
        ranks.append(((ranking.low <= true) & (true <= ranking.high)).mean())
        qualities.append((abs(found.quality - found.mean - quality) <= 1.645 * found.error).mean())
    assert 0.88 <= np.mean(ranks) <= 0.92
    assert 0.88 <= np.mean(qualities) <= 0.92


def test_the_expected_rank_the_chance_and_the_intervals_agree():
    chance = np.random.default_rng(5)
    *_true, item, juror, value = drawn_panel(chance, 40, 8, 3, (6, 3, 5))
    ranking = rank(calibrate(item, juror, value), draws=4_000)
    by_draws = (1 - ranking.at_most).sum(axis=1) + 1
    assert ranking.expected_rank == pytest.approx(by_draws, abs=0.5)
    assert ranking.expected_rank.sum() == pytest.approx(40 * 41 / 2)
    assert ranking.top(10).sum() == pytest.approx(10)
    assert ranking.top(0).sum() == 0
    assert (ranking.top(40) == 1).all()
    assert ((ranking.low <= ranking.high) & (ranking.high <= 40)).all()
    crossing = ranking.tie_group(10)
    assert len(crossing)
    assert all(ranking.low[at] <= 10 < ranking.high[at] for at in crossing)


def test_more_jurors_than_items_are_the_same_model():
    chance = np.random.default_rng(8)
    values = chance.normal(0, 5, (6, 1)) + chance.normal(0, 2, (1, 9)) + chance.normal(0, 2, (6, 9))
    few, many = calibrate(*crossed(values)), calibrate(*crossed(values.T))
    assert few.variances.item == pytest.approx(many.variances.juror, rel=1e-8)
    assert few.quality - few.mean == pytest.approx(many.severity, rel=1e-6)
    sure = calibrate(*crossed(np.vstack([values, values[:5] + 1])))
    assert sure.error == pytest.approx(sure.error[0], rel=1e-6)
    assert few.error == pytest.approx(few.error[0], rel=1e-6)


def test_the_same_scores_give_the_same_bytes_in_whatever_order_they_come():
    chance = np.random.default_rng(2)
    *_true, item, juror, value = drawn_panel(chance, 30, 6, 3, (6, 3, 5))
    shuffled = chance.permutation(len(item))
    one = calibrate(item, juror, value)
    other = calibrate(item[shuffled], juror[shuffled], value[shuffled])
    for figures in ("quality", "error", "severity", "variances"):
        assert canonical(getattr(one, figures)) == canonical(getattr(other, figures))
    first, again = rank(one, seed=7), rank(one, seed=7)
    assert canonical(first) == canonical(again)


def test_labels_may_be_words():
    found = calibrate(["b", "b", "a", "a", "c", "c"], ["x", "y"] * 3, [3, 4, 9, 8, 5, 7])
    assert found.items.tolist() == ["a", "b", "c"]
    assert found.jurors.tolist() == ["x", "y"]
    assert found.quality.argmax() == 0


def test_scores_that_are_all_the_same_leave_every_rank_open():
    found = calibrate(*crossed(np.full((4, 3), 80.0)))
    assert (found.quality == 80).all()
    ranking = rank(found)
    assert (ranking.expected_rank == 2.5).all()
    assert ranking.low.tolist() == [1, 1, 1, 1]
    assert ranking.high.tolist() == [4, 4, 4, 4]
    assert ranking.top(1).tolist() == [0.25] * 4


def test_scores_that_only_severity_parts_are_told_without_doubt():
    values = np.array([90.0, 70.0, 50.0])[:, None] + np.array([0.0, -8.0, 3.0])
    found = calibrate(*crossed(values))
    ranking = rank(found)
    assert ranking.low.tolist() == ranking.high.tolist() == [1, 2, 3]
    assert found.severity - found.severity.mean() == pytest.approx([5 / 3, -19 / 3, 14 / 3], abs=0.01)


def test_parts_that_no_juror_connects_are_refused_with_the_reviews_that_would():
    item = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    juror = ["a", "b", "a", "b", "a", "b", "c", "d", "c", "d"]
    value = [50.0, 60, 70, 75, 55, 62, 80, 81, 90, 85]
    found = calibrate(item, juror, value)
    assert found.component.tolist() == [0, 0, 0, 1, 1]
    with pytest.raises(NotComparable, match="2 parts") as refused:
        rank(found)
    extra = refused.value.bridges
    assert 1 <= len(extra) <= 2
    joined = calibrate(
        item + [bridge.item for bridge in extra],
        juror + [bridge.juror for bridge in extra],
        [*value, *[70.0] * len(extra)],
    )
    assert len(rank(joined).items) == 5


def test_no_bridge_is_a_pair_that_may_not_be():
    item = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    juror = ["a", "b", "a", "b", "a", "b", "c", "d", "c", "d"]
    found = calibrate(item, juror, [50.0, 60, 70, 75, 55, 62, 80, 81, 90, 85])
    free = {(one.juror, one.item) for one in bridges(found)}
    kept = {(one.juror, one.item) for one in bridges(found, free)}
    assert kept
    assert not kept & free
    everything = {(one, other) for one in "abcd" for other in range(5)}
    assert bridges(found, everything) == ()


@pytest.mark.parametrize(
    ("item", "juror", "value", "words"),
    [
        ([], [], [], "at least one"),
        ([1, 2], ["a"], [3, 4], "as long as"),
        ([1, 2], ["a", "b"], [3], "as long as"),
        ([1, 2], ["a", "b"], [3, np.nan], "value 1 is not a finite number"),
        ([1, 1], ["a", "a"], [3, 4], "scored item .*1.* twice"),
    ],
)
def test_bad_input_is_named(item, juror, value, words):
    with pytest.raises(ValueError, match=words):
        calibrate(item, juror, value)


def test_too_few_scores_are_refused_in_words():
    with pytest.raises(NotCalibrable, match="2 scores of 1 jurors on 2 items"):
        calibrate([1, 2], ["a", "a"], [50, 60])
    with pytest.raises(NotCalibrable):
        calibrate([1, 2], ["a", "b"], [50, 60])


def test_questions_that_make_no_sense_are_refused():
    found = calibrate(*crossed(np.array([[1.0, 2], [3, 5], [4, 4]])))
    with pytest.raises(ValueError, match="draws"):
        rank(found, draws=10)
    with pytest.raises(ValueError, match="places"):
        rank(found).top(-1)
    with pytest.raises(ValueError, match="places"):
        rank(found).tie_group(1.5)


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(0, 100)),
        min_size=1,
        max_size=30,
        unique_by=lambda review: review[:2],
    )
)
@settings(max_examples=150, deadline=None)
def test_any_panel_gives_finite_figures_or_says_why_not(reviews):
    item, juror, value = map(list, zip(*reviews, strict=True))
    try:
        ranking = rank(calibrate(item, juror, value), draws=100)
    except (NotCalibrable, NotComparable):
        return
    assert np.isfinite(ranking.expected_rank).all()
    assert ranking.expected_rank.sum() == pytest.approx(len(ranking.items) * (len(ranking.items) + 1) / 2)
    assert (ranking.low <= ranking.high).all()
