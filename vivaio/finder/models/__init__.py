"""What the index keeps."""

from vivaio.finder.models.index import Passage, Written

__all__ = ["Passage", "Written"]
