"""What the clock does for the room: the jobs of its parts."""

from vivaio.initiatives.analysing import jobs as analysing
from vivaio.initiatives.contacting import jobs as contacting
from vivaio.initiatives.planning import jobs as planning

__all__ = ["analysing", "contacting", "planning"]
