"""Where the data lives, and how Django reaches the database (embedded unless `DATABASE_URL` is set)."""

import hashlib
import os
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LONGEST_SOCKET_PATH = 107 - len("/.s.PGSQL.5432.lock")


def data_dir() -> Path:
    """The folder that holds this installation's data.

    `VIVAIO_DATA` if set; for root a folder of its own below /var/lib (the database runs as a service user
    that could not, and should not, enter root's folders); else `var/` beside the code.
    """
    named = os.environ.get("VIVAIO_DATA")
    if named:
        return Path(named).resolve()
    if os.geteuid() == 0:
        return Path("/var/lib/vivaio") / _short(PROJECT)
    return PROJECT / "var"


def prepare(data: Path) -> None:
    """Make the data folder if it is not there.

    As root others may pass through it, never list it: the database's service user has to reach its own folder
    inside. Everything else in it is made private. A folder that is already there keeps its permissions.
    """
    if not data.is_dir():
        data.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        if os.geteuid() == 0 and data.parent == Path("/var/lib/vivaio"):
            data.parent.chmod(0o755)  # made by us, whatever the umask said
        data.mkdir(exist_ok=True, mode=0o700)
        if os.geteuid() == 0:
            data.chmod(0o711)


def socket_dir(data: Path) -> Path:
    """The private folder of the embedded server's socket; paths of sockets are short, so a deep one moves."""
    if len(os.fsencode(data / "run")) <= LONGEST_SOCKET_PATH:
        return data / "run"
    base = os.environ.get("XDG_RUNTIME_DIR") if os.geteuid() != 0 else "/run"
    if not base or len(os.fsencode(base)) > LONGEST_SOCKET_PATH - 20 or not os.access(base, os.W_OK):
        base = tempfile.gettempdir()
    return Path(base) / f"vivaio-{_short(data)}"


def settings_for(env) -> dict:
    """Django's database settings from `DATABASE_URL`, or for the embedded server's private socket."""
    common = {
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
    }
    if env("DATABASE_URL", default=""):
        return env.db_url("DATABASE_URL") | common
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "vivaio",
        "USER": "vivaio",
        "HOST": str(socket_dir(data_dir())),
        "PORT": "5432",
    } | common


def _short(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]
