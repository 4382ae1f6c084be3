"""Asking the process that holds the encoder."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Sequence

from django.conf import settings

from vivaio.finder.encoding import encoders, wire
from vivaio.finder.encoding.encoders import Vectors

# Somebody waits for what they look for; nobody for what is found.
PATIENCE, LONG_PATIENCE = 0.4, 120.0


def queries_or_none(texts: Sequence[str]) -> Vectors | None:
    """What is looked for, as vectors; None where there is no encoder or it does not answer in time."""
    if not encoders.name() or not texts:
        return None
    patience = PATIENCE + 0.05 * len(texts)
    with contextlib.suppress(OSError):
        return _asked(texts, asked=True, patience=patience)
    return None


def passages(texts: Sequence[str], *, asked: bool = False) -> Vectors:
    """What is found, as vectors; made here where no other process holds the encoder.

    For work in the background. Raises `EncoderMissing` if the encoder cannot be had.
    """
    with contextlib.suppress(OSError):
        return _asked(texts, asked=asked, patience=LONG_PATIENCE)
    return encoders.load().encode(list(texts), asked=asked)


def state() -> tuple[bool, str]:
    """Whether the encoder answers, and how quickly or why not."""
    begun = time.monotonic()
    try:
        _asked(["vivaio"], asked=True, patience=LONG_PATIENCE)
    except OSError as failure:
        return False, " ".join(str(failure).split())
    return True, f"{(time.monotonic() - begun) * 1000:.0f} ms"


def _asked(texts: Sequence[str], *, asked: bool, patience: float) -> Vectors:
    """Raises `OSError` if nobody answers with vectors within `patience` seconds."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        link.settimeout(patience)
        link.connect(str(settings.ENCODER_SOCKET))
        wire.send(link, wire.question(texts, asked=asked, encoder=encoders.name()))
        return wire.vectors(wire.receive(link), len(texts))
