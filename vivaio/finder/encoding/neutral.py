"""Vectors without the language in which they were written.

Multilingual encoders put texts of one language close together, whatever they say, and all texts into a narrow cone.
Both are taken out by one linear map, fitted without knowing any text of the installation: `parallel.txt` says the same
in every language, so that the means of the languages there differ by the language alone. What lies between these means
is projected out (Yang, Yang, Cer, Darve: A Simple and Effective Method to Eliminate the Self Language Bias in
Multilingual Representations, EMNLP 2021), and the mean of what is left is taken away (Libovický, Rosa, Fraser: On the
Language Neutrality of Pre-trained Multilingual Representations, Findings of EMNLP 2020): one for what is looked for,
one for what is found. What it changes is in docs/performance.md.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from django.conf import settings

from vivaio.kit.arrays import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PARALLEL = Path(__file__).with_name("parallel.txt")
# Raised when the map or its texts change: vectors made before are then made anew.
VERSION = 1
# Shorter than this, a direction between two means is noise of the numbers.
LEAST = 1e-4
Map: TypeAlias = "tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]"


class Neutral:
    """An encoder whose vectors tell less of the language and more of what is said."""

    def __init__(self, encoder: Any, called: str):
        self.encoder = encoder
        self.asked, self.found, self.between = _kept(encoder, called)

    def encode(self, texts: Sequence[str], *, asked: bool) -> NDArray[np.float32]:
        centred = self.encoder.encode(list(texts), asked=asked) - (self.asked if asked else self.found)
        left = centred - (centred @ self.between.T) @ self.between
        return np.asarray(left / np.maximum(np.linalg.norm(left, axis=1, keepdims=True), 1e-9), np.float32)


def parallel() -> tuple[list[str], list[str]]:
    """The languages and the texts, line by line."""
    lines = [line.split("|", 1) for line in PARALLEL.read_text("utf-8").splitlines() if "|" in line]
    return [code for code, _text in lines], [text for _code, text in lines]


def fitted(encoder: Any) -> Map:
    """The mean of what is looked for, that of what is found, and the directions between the languages."""
    codes, texts = parallel()
    means = []
    for asked in (True, False):
        made = np.asarray(encoder.encode(texts, asked=asked), np.float64)
        of_language = {code: made[[one == code for one in codes]].mean(axis=0) for code in sorted(set(codes))}
        means.append(np.array(list(of_language.values())))
    apart = np.vstack([mean - mean.mean(axis=0) for mean in means])
    _left, lengths, directions = np.linalg.svd(apart, full_matrices=False)
    between = directions[: len(means[0]) - 1][lengths[: len(means[0]) - 1] > LEAST]
    asked_mean, found_mean = (mean.mean(axis=0).astype(np.float32) for mean in means)
    return asked_mean, found_mean, between.astype(np.float32)


def _kept(encoder: Any, called: str) -> Map:
    """The map of this encoder: fitted once a machine, which takes seconds, and kept beside its data."""
    digest = hashlib.sha256(f"{called} {VERSION} ".encode() + PARALLEL.read_bytes()).hexdigest()[:16]
    path = Path(settings.DATA_DIR) / f"encoder-{digest}.npz"
    try:
        with np.load(path) as kept:
            return kept["asked"], kept["found"], kept["between"]
    except (OSError, ValueError, KeyError):
        made = fitted(encoder)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npz", delete=False) as part:
        np.savez(part, asked=made[0], found=made[1], between=made[2])
    Path(part.name).replace(path)
    return made
