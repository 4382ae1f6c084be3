"""Keeps the embedded PostgreSQL running while anybody uses it, and stops it when the last user has gone.

Started by `postgres.Server`, in a session of its own, with one JSON argument; standard library only. Every
user holds a shared lock on one file. The keeper waits for the exclusive lock on it: the kernel grants that
when the last user has left, however it left (`kill -9` included), so no server is ever orphaned.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1


def end_with_parent(signal_number: int, parent: int | None = None) -> None:
    """The kernel sends this process `signal_number` when its parent dies (where the kernel is Linux).

    Run in a new child before it executes. With `parent`, a child whose parent is gone already ends at once.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal_number)
        if parent is not None and os.getppid() != parent:
            os._exit(1)


class Keeper:
    def __init__(
        self, *, argv: list[str], folder: str, user: int | None, group: int | None, users: str, mark: str
    ):
        self.argv, self.folder, self.user, self.group = argv, Path(folder), user, group
        self.users, self.mark = Path(users), Path(mark)
        self.stopping = threading.Event()
        self.server: subprocess.Popen[bytes] | None = None

    def keep(self) -> int:
        """Run the server until told to stop; 0 if it ever was ready, 1 if it never started."""
        mark = open(self.mark, "r+b")  # noqa: SIM115 - held until the process ends
        if not locked_within(mark, seconds=10):
            return 3
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stop(mark))
        threading.Thread(target=self.wait_for_the_last_user, args=(mark,), daemon=True).start()
        code = self.serve()
        fcntl.flock(mark, fcntl.LOCK_UN)  # before the kernel lets newcomers in, so that they see nobody here
        return code

    def serve(self) -> int:
        was_ready = False
        while not self.stopping.is_set():
            self.server = self.start()
            if self.stopping.is_set():  # asked to stop between the check and the start
                self.server.send_signal(signal.SIGINT)
            while self.server.poll() is None:
                was_ready = was_ready or self.is_ready()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.server.wait(timeout=1 if was_ready else 0.05)
            if self.stopping.is_set():
                break
            if not was_ready:
                return 1
            time.sleep(0.5)  # it crashed: let its remaining backends go, then start it again
        return 0

    def start(self) -> subprocess.Popen[bytes]:
        identity = {} if self.user is None else {"user": self.user, "group": self.group, "extra_groups": []}
        return subprocess.Popen(
            self.argv,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            preexec_fn=lambda: end_with_parent(signal.SIGINT),  # noqa: PLW1509 - no thread holds a lock here
            **identity,
        )

    def is_ready(self) -> bool:
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"

    def wait_for_the_last_user(self, mark) -> None:
        with open(self.users, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self.stop(mark)
            threading.Event().wait()  # newcomers wait at this lock until the process has ended

    def stop(self, mark) -> None:
        """A fast shutdown: transactions are rolled back, everything committed is on disk."""
        self.stopping.set()
        os.pwrite(mark.fileno(), b"stopping\n", 0)
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)


def locked_within(file, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.truncate(0)
            return True
        time.sleep(0.02)
    return False


if __name__ == "__main__":
    sys.exit(Keeper(**json.loads(sys.argv[1])).keep())
