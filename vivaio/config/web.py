"""The web server: the application is read once, and its processes share what was read (docs/adr/0001-web-server.md)."""

import contextlib
import functools
import gc
import os
import signal

import django
from django.apps import apps
from django.conf import settings
from django.template import engines
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.module_loading import import_string
from django.utils.translation import override
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from vivaio.config.keeper import end_with_parent
from vivaio.kit import clock, formats

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
    """Read what every process needs, then leave it all out of later collections: the application, what the tables
    have to do with each other, the tags that templates may use, the addresses of every room in every language, and how
    figures and days are written.
    """
    import_string(application.replace(":", "."))
    for model in apps.get_models(include_auto_created=True):
        model._meta.get_fields()
    engines.all()
    for language, _name in settings.LANGUAGES:
        with override(language):
            for room in ("", *(f"{namespace}:" for namespace in get_resolver().namespace_dict)):
                with contextlib.suppress(NoReverseMatch):
                    reverse(f"{room}no such address")
            formats.money(1)
            formats.moment(clock.now())
    gc.collect()
    gc.freeze()
