"""The web server: the application is read once, and its processes share what was read (docs/adr/0001-web-server.md)."""

import functools
import gc
import os
import signal

import django
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from django.utils.translation import override
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from vivaio.config.keeper import end_with_parent

APPLICATION = "vivaio.config.wsgi:application"
THREADS = 4


def serve(host: str, port: int, processes: int, application: str = APPLICATION) -> None:
    """Serve until told to stop. Processes are copies of this one: memory that nobody writes to is held once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vivaio.config.settings")
    server = Granian(
        application,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=15,
        log_level=LogLevels.warning,
    )
    django.setup()
    _read(application)
    # granian's processes would outlive a granian that was killed
    os.register_at_fork(
        after_in_child=functools.partial(end_with_parent, signal.SIGTERM, os.getpid()),
    )
    server.serve()


def _read(application: str) -> None:
    """Import the application and the addresses of every room, then leave it all out of later collections."""
    import_string(application.replace(":", "."))
    for language in ("it", "en"):
        with override(language):
            try:
                reverse("no such address")
            except NoReverseMatch:
                continue
    gc.collect()
    gc.freeze()
