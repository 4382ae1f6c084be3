"""Every read about placements, a module for each of its parts."""

from vivaio.experts.placing.queries.placements import placements_of

__all__ = ["placements_of"]
