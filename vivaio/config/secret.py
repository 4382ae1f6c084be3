"""The installation's secret key: taken from the environment, else made once and kept beside the data."""

import contextlib
import os
import secrets
from pathlib import Path


def kept_in(folder: Path) -> str:
    """The key kept in `folder`, made on first use and readable by its owner alone."""
    path = folder / "secret.key"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()
