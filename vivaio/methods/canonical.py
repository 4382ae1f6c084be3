"""Canonical JSON: the same result writes the same bytes on every machine.

Keys are sorted, nothing is spaced, real numbers are rounded to 1e-6 in plain notation; what differs by less
counts as a tie. Text is UTF-8.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from vivaio.kit.arrays import np

TOLERANCE = 1e-6
_GRAIN = Decimal("0.000001")


def ties(one: float, other: float) -> bool:
    """Whether two numbers count as equal."""
    return abs(one - other) < TOLERANCE


def canonical(value: Any) -> bytes:
    """The canonical JSON of numbers, text, sequences, mappings, enums, numpy arrays and dataclasses.

    Raises ValueError for an infinite or undefined number, TypeError for anything without a canonical form.
    """
    return _written(value).encode()


def _written(value: Any) -> str:
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool | np.bool_):
        return {None: "null", True: "true", False: "false"}[None if value is None else bool(value)]
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int | np.integer):
        return str(int(value))
    if isinstance(value, float | np.floating | Decimal | Fraction):
        return _number(value)
    if isinstance(value, np.ndarray):
        return _written(value.tolist())
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _written({field.name: getattr(value, field.name) for field in dataclasses.fields(value)})
    if isinstance(value, Mapping):
        members = sorted((_key(key), _written(member)) for key, member in value.items())
        return "{" + ",".join(f"{key}:{member}" for key, member in members) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_written, value)) + "]"
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _key(key: Any) -> str:
    if isinstance(key, Enum):
        key = key.value
    if not isinstance(key, str | int):
        raise TypeError(f"a key must be text or a whole number, not {type(key).__name__}")
    return json.dumps(str(key), ensure_ascii=False)


def _number(value: Any) -> str:
    exact = Fraction(value) if isinstance(value, Fraction | Decimal) else None
    if exact is None:
        number = float(value)
        if not np.isfinite(number):
            raise ValueError(f"{number} has no canonical form")
        exact = Fraction(number)
    millionths = round(exact * 1_000_000)
    rounded = (Decimal(millionths) * _GRAIN).quantize(_GRAIN, ROUND_HALF_EVEN)
    text = f"{rounded:f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
