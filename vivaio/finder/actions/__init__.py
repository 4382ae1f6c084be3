"""Every write of the index. What it says is taken from the rooms' rows; it can be made anew at any time."""

from vivaio.finder.actions.encoding import encode
from vivaio.finder.actions.indexing import (
    catch_up,
    distrust,
    drop_unknown,
    follow,
    followed,
    forget,
    index,
    touch,
)
from vivaio.finder.actions.withdrawing import withdraw

__all__ = [
    "catch_up",
    "distrust",
    "drop_unknown",
    "encode",
    "follow",
    "followed",
    "forget",
    "index",
    "touch",
    "withdraw",
]
