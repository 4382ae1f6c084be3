"""An encoder that answers on a socket, as it does in an installation."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.finder.stub import Encoder
from vivaio.finder.encoding.serving import Service


@pytest.fixture
def encoder(settings, tmp_path_factory) -> Iterator[Path]:
    """The small encoder, held by a process of its own as far as whoever asks can tell."""
    settings.ENCODER = "tests.finder.stub:Encoder"
    settings.ENCODER_SOCKET = tmp_path_factory.mktemp("e") / "s"
    with Service(settings.ENCODER_SOCKET, Encoder()) as service:
        thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield settings.ENCODER_SOCKET
        service.shutdown()
        thread.join()
