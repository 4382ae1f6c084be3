"""Lots drawn from a public seed, so that anyone can draw them again.

The seed is something that nobody could know or bend when the rule was announced: the numbers of a named lottery on
a named day, the pulse of a public randomness beacon. Each entrant's lot is the SHA-256 of the seed, a space and the
entrant; the lowest lot comes first. On a command line: `printf '%s' 'SEED ENTRANT' | sha256sum`.

The order is as good as chance for whoever did not choose the seed (the hash behaves as a random function of it:
Bellare and Rogaway 1993, the random oracle model), and it does not change when another entrant comes or goes.
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Lot:
    """What an entrant drew: `digest` is the SHA-256 in hexadecimal."""

    entrant: str
    digest: str

    @property
    def number(self) -> int:
        """The lot as a number: the lowest comes first."""
        return int(self.digest, 16)


def normal(seed: str) -> str:
    """The seed as it is hashed: NFC, each run of white space one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", seed).split())


def lot(seed: str, entrant: str | int) -> Lot:
    """The lot of one entrant. ValueError for an empty seed or entrant."""
    seed, name = normal(seed), str(entrant)
    if not seed:
        raise ValueError("the seed is empty")
    if not name:
        raise ValueError("an entrant has no name")
    return Lot(name, hashlib.sha256(f"{seed} {name}".encode()).hexdigest())


def draw(seed: str, entrants: Iterable[str | int]) -> list[Lot]:
    """Everybody's lots, the first to come first. ValueError for an empty seed, or an entrant who is there twice."""
    lots = [lot(seed, entrant) for entrant in entrants]
    if len({one.entrant for one in lots}) != len(lots):
        raise ValueError("an entrant is there twice")
    return sorted(lots, key=lambda one: one.digest)
