"""The `vivaio` command."""

import os
import sys

from vivaio.config import database
from vivaio.config.failures import CannotStart
from vivaio.config.postgres import Server


def main() -> None:
    """Run the command named on the command line; a failure to start is one line and exit code 1."""
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vivaio.config.settings")
    arguments = sys.argv[1:] or ["help"]
    if arguments[0] == "manage":
        arguments = arguments[1:]
    elif arguments[0] == "run":
        arguments = [
            "runserver",
            "--insecure",
            f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}",
        ]
    try:
        with Server(database.data_dir()).joined():
            from django.core.management import execute_from_command_line  # noqa: PLC0415

            execute_from_command_line(["vivaio", *arguments])
    except CannotStart as error:
        sys.exit(f"vivaio: {error}")
