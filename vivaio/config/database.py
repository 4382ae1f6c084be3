"""Where the data lives, and how Django reaches the database (embedded unless `DATABASE_URL` is set)."""

import hashlib
import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def data_dir() -> Path:
    """The folder that holds this installation's data.

    `VIVAIO_DATA` if set; for root a folder of its own below /var/lib (the database runs as a service user
    that could not, and should not, enter root's folders); else `var/` beside the code.
    """
    named = os.environ.get("VIVAIO_DATA")
    if named:
        return Path(named).resolve()
    if os.geteuid() == 0:
        return Path("/var/lib/vivaio") / hashlib.sha256(str(PROJECT).encode()).hexdigest()[:12]
    return PROJECT / "var"


def socket_dir(data: Path) -> Path:
    """The private folder of the embedded server's socket (short: socket paths end at 107 bytes)."""
    return data / "run"


def settings_for(env) -> dict:
    """Django's database settings from `DATABASE_URL`, or for the embedded server's private socket."""
    common = {"ATOMIC_REQUESTS": False, "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60), "CONN_HEALTH_CHECKS": True}
    if env("DATABASE_URL", default=""):
        return env.db_url("DATABASE_URL") | common
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "vivaio",
        "USER": "vivaio",
        "HOST": str(socket_dir(data_dir())),
        "PORT": "5432",
    } | common
