"""What the clock does for the room: the jobs of its parts."""

from vivaio.initiatives.analysing import jobs as analysing

__all__ = ["analysing"]
