"""Texts cut into passages: each short enough for one vector, none cut inside a sentence unless it has to be."""

import re
from collections.abc import Iterable, Iterator

from vivaio.kit import markdown

# In signs: some 120 words, which the encoder reads whole and a reader takes in at a glance.
LONGEST = 700
# Of one text. What follows is found by its words alone.
MOST = 40
MARKS = re.compile(r"^\s*(?:[->]|\d+\.)\s+", re.MULTILINE)
SENTENCE = re.compile(r"(?<=[.!?…;:])\s+|\n+")


def of_texts(texts: Iterable[str]) -> list[str]:
    """The passages of the texts of one entry, in order."""
    found: list[str] = []
    for text in texts:
        found += _joined(_pieces(MARKS.sub("", markdown.plain(text))))
    return found[:MOST]


def _pieces(text: str) -> Iterator[str]:
    for sentence in SENTENCE.split(text):
        rest = " ".join(sentence.split())
        while len(rest) > LONGEST:
            cut = rest.rfind(" ", 0, LONGEST)
            cut = cut if cut > 0 else LONGEST
            yield rest[:cut]
            rest = rest[cut:].strip()
        if rest:
            yield rest


def _joined(pieces: Iterable[str]) -> list[str]:
    """Neighbours put together as long as they fit."""
    found: list[str] = []
    for piece in pieces:
        if found and len(found[-1]) + 1 + len(piece) <= LONGEST:
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return found
