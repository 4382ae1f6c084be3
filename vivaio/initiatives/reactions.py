"""Answers to earlier stages' events, and what is kept how long: the reactions of the room's parts."""

from vivaio.initiatives.analysing import reactions as analysing

__all__ = ["analysing"]
