"""Documents as PDF/UA-1: tagged, titled, in a language, with Vivaio's look; the same data give the same bytes."""

from vivaio.kit.documents.blocks import blocks
from vivaio.kit.documents.press import DocumentFailed, pdf

__all__ = ["DocumentFailed", "blocks", "pdf"]
