"""Reads of the index: what a person looks for, what is near to what, how the index stands."""

from vivaio.finder.queries.audience import tokens_of
from vivaio.finder.queries.keeping import Standing, gone, is_empty, oldest_waiting, standing, waiting
from vivaio.finder.queries.nearness import Near, nearest
from vivaio.finder.queries.searching import SHORTEST, Found, Result, cleaned, search

__all__ = [
    "SHORTEST",
    "Found",
    "Near",
    "Result",
    "Standing",
    "cleaned",
    "gone",
    "is_empty",
    "nearest",
    "oldest_waiting",
    "search",
    "standing",
    "tokens_of",
    "waiting",
]
