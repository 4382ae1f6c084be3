"""What happened here, in words for the register."""

from vivaio.initiatives.analysing import verbs as analysing

__all__ = ["analysing"]
