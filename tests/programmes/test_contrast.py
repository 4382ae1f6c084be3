"""Contrast as WCAG 2.2 defines it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivaio.programmes import contrast

colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [
        ("#000000", 21.0),
        ("#ffffff", 1.0),
        ("#777777", 4.48),
        ("#767676", 4.54),
        ("#ff0000", 4.0),
        ("#12392b", 12.8),
    ],
)
def test_known_ratios_against_white(colour, ratio):
    assert contrast.ratio(colour) == pytest.approx(ratio, abs=0.06)


@given(colours, colours)
def test_contrast_has_no_direction_and_its_bounds(one, other):
    assert contrast.ratio(one, other) == contrast.ratio(other, one)
    assert 1 <= contrast.ratio(one, other) <= 21.0001


@given(colours)
def test_the_shade_that_is_proposed_can_be_read(colour):
    shade = contrast.darkened(colour)
    assert contrast.readable(shade)
    assert shade == colour or not contrast.readable(colour)


@pytest.mark.parametrize("wrong", ["", "red", "#fff", "#12345g", "#1234567", "12392b", "#12392b\n"])
def test_what_is_no_colour_is_refused(wrong):
    with pytest.raises(ValueError, match="is not a colour"):
        contrast.channels(wrong)
