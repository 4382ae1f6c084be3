"""NumPy, read when something is reckoned with it: a web process that only answers pages does without its weight.

from __future__ import annotations  # what a type is called is not looked up

from vivaio.kit.arrays import np
"""

from typing import TYPE_CHECKING

from vivaio.kit.later import later

if TYPE_CHECKING:
    import numpy as np
else:
    np = later("numpy")

__all__ = ["np"]
