"""The process that holds the encoder: `vivaio encoder`. It listens on a socket that its own user alone can open."""

import contextlib
import json
import logging
import os
import socket
import socketserver
import threading
from pathlib import Path
from typing import Any

from vivaio.finder.encoding import encoders, wire

# Of a long question so many texts are encoded at a time, so that a short one need not wait for all of it.
AT_ONCE = 4
logger = logging.getLogger(__name__)


class Service(socketserver.ThreadingUnixStreamServer):
    """Answers one question a connection. The encoder is used by one question at a time."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, path: Path, encoder: encoders.Encoder):
        self.encoder, self.turn = encoder, threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
        before = os.umask(0o177)
        try:
            super().__init__(str(path), Answer)
        finally:
            os.umask(before)


class Answer(socketserver.BaseRequestHandler):
    """One question: texts in, vectors out. Texts are never written anywhere, not to the log either."""

    server: Service
    request: socket.socket

    def handle(self) -> None:
        self.request.settimeout(30)
        try:
            asked = json.loads(wire.receive(self.request))
            if asked["encoder"] != encoders.name():
                return  # its settings are others than ours: words alone serve until one of us starts anew
            wire.send(self.request, self.vectors(asked))
        except (OSError, ValueError, KeyError, TypeError) as failure:
            logger.info("A question to the encoder was broken off: %s", type(failure).__name__)

    def vectors(self, asked: dict[str, Any]) -> bytes:
        texts = [str(text) for text in asked["texts"]]
        parts = []
        for start in range(0, len(texts), AT_ONCE):
            with self.server.turn:
                made = self.server.encoder.encode(texts[start : start + AT_ONCE], asked=bool(asked["asked"]))
            parts.append(wire.answer(made))
        return b"".join(parts)


def free(path: Path) -> bool:
    """Whether nobody listens there."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return True
    return False
