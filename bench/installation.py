"""An installation of its own to measure on, in a folder that goes away afterwards. Imported before Django's models."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django

FOLDER = tempfile.TemporaryDirectory(prefix="vivaio-bench-")
os.chmod(FOLDER.name, 0o711)  # the database's service user passes through
os.environ["VIVAIO_DATA"] = os.environ.get("VIVAIO_BENCH_DATA") or f"{FOLDER.name}/data"
os.environ["DJANGO_SETTINGS_MODULE"] = "vivaio.config.settings"
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
django.setup()

from django.db import connections  # noqa: E402

from vivaio.config import postgres, schema  # noqa: E402


@contextlib.contextmanager
def installed() -> Iterator[None]:
    """An embedded database with this version's shape, and nothing in it."""
    with postgres.reachable():
        schema.migrate(verbosity=0)
        try:
            yield
        finally:
            connections.close_all()
