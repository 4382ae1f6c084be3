from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivaio.methods.canonical import canonical, ties


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Result:
    pairs: np.ndarray
    total: float


def test_what_is_written():
    value = {
        "b": [1, 2.5, None, True],
        "a": {"é": Colour.RED},
        3: (Fraction(1, 3), Decimal("1.10"), -0.0, 1e-7),
    }
    assert canonical(value).decode() == '{"3":[0.333333,1.1,0,0],"a":{"é":"red"},"b":[1,2.5,null,true]}'
    assert (
        canonical(Result(np.array([[0, 1]]), np.float64(1e20)))
        == b'{"pairs":[[0,1]],"total":100000000000000000000}'
    )


def test_what_cannot_be_written():
    with pytest.raises(ValueError, match="nan"):
        canonical([float("nan")])
    with pytest.raises(TypeError, match="set"):
        canonical({1, 2})
    with pytest.raises(TypeError, match="key"):
        canonical({1.5: 1})


@given(st.floats(-1e6, 1e6))
def test_a_written_number_is_within_half_a_millionth(number):
    assert abs(float(canonical(number)) - number) <= 5.1e-7
    assert ties(number, number + 5e-7)
    assert not ties(number, number + 2e-6)
