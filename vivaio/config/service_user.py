"""As root, PostgreSQL runs under a service user of its own, which owns its data and socket, nothing else."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from vivaio.config.failures import CannotStart

NAME = "vivaio-db"


@dataclass(frozen=True)
class Identity:
    """Who the database server runs as. `uid` and `gid` are None for the present user."""

    name: str
    uid: int | None = None
    gid: int | None = None

    def as_popen(self) -> dict:
        """Arguments with which `subprocess` starts a process under this identity."""
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Make this identity the owner of `path`."""
        if self.uid is not None:
            os.chown(path, self.uid, self.gid)

    def barred_by(self, path: Path) -> Path | None:
        """The outermost folder on the way to `path` (itself included) that this identity may not enter."""
        if self.uid is None:
            return None
        for folder in [*reversed(path.parents), path]:
            status = folder.stat()
            if status.st_uid == self.uid:
                needed = stat.S_IXUSR
            elif status.st_gid == self.gid:
                needed = stat.S_IXGRP
            else:
                needed = stat.S_IXOTH
            if not status.st_mode & needed:
                return folder
        return None


def identity() -> Identity:
    """The present user; for root the service user, made if it is not there yet."""
    if os.geteuid() != 0:
        try:
            return Identity(pwd.getpwuid(os.geteuid()).pw_name)
        except KeyError:
            raise CannotStart(
                f"This user (number {os.geteuid()}) has no name on this machine, and PostgreSQL wants one: "
                "add it to /etc/passwd, or set DATABASE_URL."
            ) from None
    return _known() or _made()


def _known() -> Identity | None:
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        return None
    return Identity(NAME, entry.pw_uid, entry.pw_gid)


def _made() -> Identity:
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    if tool := shutil.which("useradd", path=path):
        command = [tool, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        command += ["--shell", "/usr/sbin/nologin", NAME]
    elif tool := shutil.which("adduser", path=path):  # Alpine
        command = [tool, "-S", "-D", "-H", "-h", "/nonexistent", "-s", "/sbin/nologin", NAME]
    else:
        raise CannotStart(
            f"As root the database runs under a user called {NAME}, and neither useradd nor adduser is here "
            "to make it: create that user, or run as an ordinary user, or set DATABASE_URL."
        )
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    made = _known()  # another command may have made it in the same moment
    if made is None:
        reason = " ".join(outcome.stderr.split()) or f"exit code {outcome.returncode}"
        raise CannotStart(
            f"The service user {NAME} could not be made ({reason}): create it with "
            f"`useradd --system {NAME}`, or run as an ordinary user, or set DATABASE_URL."
        )
    return made
