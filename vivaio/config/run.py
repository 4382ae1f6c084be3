"""`vivaio run`: one command starts everything, keeps it running, and ends it."""

import contextlib
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver
from django.utils.module_loading import import_string

from vivaio.config import assets, postgres, schema
from vivaio.config.children import Child
from vivaio.config.failures import CannotStart
from vivaio.finder import encoding

TENDED_EVERY = 0.5
CRASHES_BEFORE_GIVING_UP = 3
TIME_TO_BEGIN = 90.0
TIME_TO_END = 25.0


def run(*, with_worker: bool = True, with_migrations: bool = True) -> int:
    """Start database, migrations, demo, worker and web server; return when told to stop."""
    host, port = _address()
    _check_free(host, port)
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # each thread would keep freed memory to itself
    web = Child("web server", *_web_server(host, port))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(0))
    # A shell that starts it in the background leaves SIGINT ignored: Ctrl-C must end it all the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with postgres.reachable() as server:
        django.setup()
        if with_migrations:
            schema.migrate_if_needed()
        assets.collect()
        if settings.DEMO:
            _load_demo_once()
        connections.close_all()
        _check_application()
        children = [web, Child("worker", "vivaio", "worker")] if with_worker else [web]
        if encoding.name():
            children.append(Child("encoder", "vivaio", "encoder"))
        with _ended(children):
            web.start()
            _wait_for(web, host, port)
            for child in children[1:]:  # the worker begins last: it would take what the first pages need
                child.start()
            _tell(host)
            with contextlib.suppress(KeyboardInterrupt):
                _tend(children, server)
    return 0


def _address() -> tuple[str, int]:
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise CannotStart(f"PORT is {port!r}: set it to a number from 1 to 65535.")
    return host, int(port)


def _check_free(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        raise CannotStart(
            f"HOST is {host!r}, which is no address of this machine: set another one."
        ) from None
    except PermissionError:
        raise CannotStart(
            f"Port {port} is reserved to root: choose one from 1024 on, as in PORT=8000."
        ) from None
    except OSError as error:
        if error.errno == 98 or "in use" in str(error):
            raise CannotStart(
                f"Port {port} is taken by another program (or by Vivaio already running): "
                f"stop that one, or choose another port, as in PORT={port + 1}."
            ) from None
        raise CannotStart(
            f"{host}:{port} cannot be listened on ({error.strerror}): set HOST and PORT."
        ) from None


def _check_application() -> None:
    """A fault in middleware or addresses shows here, once, rather than in every process of the web server."""
    get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018 - reading it imports every room's addresses


def processes() -> int:
    """How many processes the web server has. Raises `CannotStart` for a number that is none."""
    said = os.environ.get("WEB_CONCURRENCY") or str(min(os.cpu_count() or 1, 4))
    if not said.isdigit() or int(said) == 0:
        raise CannotStart(f"WEB_CONCURRENCY is {said!r}: set it to a number above zero.")
    return int(said)


def _web_server(host: str, port: int) -> list[str]:
    return [
        *("vivaio", "web", "--host", host, "--port", str(port), "--processes", str(processes())),
    ]


def _load_demo_once() -> None:
    if not apps.get_model("programmes", "Programme").objects.exists():
        print("Loading the demo ...", flush=True)
        call_command("demo")


@contextlib.contextmanager
def _ended(children: list[Child]) -> Iterator[None]:
    """Whatever happens, they are ended."""
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # one Ctrl-C is enough
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for child in children:
            child.ask_to_end()
        deadline = time.monotonic() + TIME_TO_END
        for child in children:
            child.end(within=deadline - time.monotonic())


def _wait_for(web: Child, host: str, port: int) -> None:
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    deadline = time.monotonic() + TIME_TO_BEGIN
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(near, port, timeout=30)
            connection.request("HEAD", "/", headers={"Host": f"localhost:{port}"})
            connection.getresponse()
            connection.close()
            return
        web.tend()
        if web.crashes >= CRASHES_BEFORE_GIVING_UP or time.monotonic() > deadline:
            raise CannotStart("The web server does not start; the lines above say why (see `vivaio doctor`).")
        time.sleep(0.1)


def _tend(children: list[Child], server: postgres.Server | None) -> None:
    while True:
        if server is not None:
            server.ensure_kept()
        for child in children:
            child.tend()
        time.sleep(TENDED_EVERY)


def _tell(host: str) -> None:
    lines = ["", f"Vivaio is ready: {settings.BASE_URL}", ""]
    if settings.DEMO:
        with contextlib.suppress(ImportError):
            signs = import_string(settings.DEMO_SIGN_INS)()
            widths = [max(len(str(row[column])) for row in signs) for column in (0, 1)]
            lines += ["Sign in to the demo as:"]
            lines += [
                f"  {role!s:<{widths[0]}}  {email:<{widths[1]}}  {password}"
                for role, email, password in signs
            ]
            if not settings.STAFF_SECOND_STEP:
                lines += ["The demo asks staff for no second step of sign-in: VIVAIO_STAFF_MFA=yes asks it."]
            lines += [""]
    lines += ["Ctrl-C ends it."]
    print("\n".join(lines), flush=True)
