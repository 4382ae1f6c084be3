"""The installation's secret key: taken from the environment, else made once and kept beside the data."""

import contextlib
import os
import secrets
from pathlib import Path

from vivaio.config import database
from vivaio.config.failures import CannotStart


def kept_in(folder: Path) -> str:
    """The key kept in `folder`, made on first use and readable by its owner alone."""
    path = folder / "secret.key"
    try:
        database.prepare(folder)
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
        return path.read_text()
    except OSError as error:
        raise CannotStart(
            f"The secret key {path} cannot be read or made ({error.strerror}): set SECRET_KEY, "
            "or VIVAIO_DATA to a folder of this user."
        ) from None
