"""What the index keeps."""

from vivaio.finder.models.index import DIMENSIONS, Passage, Written

__all__ = ["DIMENSIONS", "Passage", "Written"]
