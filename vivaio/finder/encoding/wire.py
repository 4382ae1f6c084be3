"""How the encoder is asked over its socket: a length, then JSON; back a length, then the vectors, as floats."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Sequence

from vivaio.finder.encoding.encoders import DIMENSIONS, Vectors
from vivaio.kit.arrays import np

LENGTH = struct.Struct("!I")
# More than any question or answer is long: what claims more is not ours.
LONGEST = 32_000_000


def send(link: socket.socket, content: bytes) -> None:
    link.sendall(LENGTH.pack(len(content)) + content)


def receive(link: socket.socket) -> bytes:
    """The next message. Raises `OSError` when the other side has gone or speaks another language."""
    (length,) = LENGTH.unpack(_exactly(link, LENGTH.size))
    if length > LONGEST:
        raise OSError(f"a message of {length} bytes")
    return _exactly(link, length)


def question(texts: Sequence[str], *, asked: bool, encoder: str) -> bytes:
    return json.dumps({"texts": list(texts), "asked": asked, "encoder": encoder}).encode()


def answer(vectors: Vectors) -> bytes:
    return np.ascontiguousarray(vectors, "<f4").tobytes()


def vectors(content: bytes, count: int) -> Vectors:
    """The vectors of an answer. Raises `OSError` if it does not hold as many as were asked for."""
    if len(content) != count * DIMENSIONS * 4:
        raise OSError("the encoder answered something else than the vectors")
    return np.frombuffer(content, "<f4").reshape(count, DIMENSIONS)


def _exactly(link: socket.socket, length: int) -> bytes:
    parts = []
    while length:
        part = link.recv(min(length, 1 << 20))
        if not part:
            raise OSError("the other side has gone")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
