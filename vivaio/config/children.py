"""Processes that `vivaio run` starts, watches, starts again when they crash, and ends."""

import contextlib
import functools
import os
import signal
import subprocess
import sys
import time

from vivaio.config import database
from vivaio.config.keeper import end_with_parent

LONGEST_PAUSE = 30.0
SETTLED_AFTER = 60.0


class Child:
    """One program in a session of its own: Ctrl-C reaches `vivaio run` alone, which then ends it in order."""

    def __init__(self, name: str, *arguments: str):
        self.name = name
        self.command = [sys.executable, "-m", *arguments]
        self.crashes = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at = 0.0

    def start(self) -> None:
        """Start it. If `vivaio run` is killed outright, the kernel ends this child too."""
        self._started_at = time.monotonic()
        self._process = subprocess.Popen(
            self.command,
            cwd=database.PROJECT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=functools.partial(end_with_parent, signal.SIGTERM, os.getpid()),  # noqa: PLW1509 - one thread
        )

    def tend(self) -> None:
        """Start it again if it has crashed, after a pause that grows with every crash."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._start_again_at:
                self.start()
            return
        code = self._process.poll()
        if code is None:
            if now - self._started_at > SETTLED_AFTER:
                self.crashes = 0
            return
        pause = min(2.0**self.crashes, LONGEST_PAUSE)
        self.crashes += 1
        self._process, self._start_again_at = None, now + pause
        print(
            f"The {self.name} ended unexpectedly (exit code {code}); starting it again in {pause:.0f} s.",
            file=sys.stderr,
            flush=True,
        )

    def ask_to_end(self) -> None:
        """Let it finish what it has in hand."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()

    def end(self, *, within: float) -> None:
        """Wait until it has ended; after `within` seconds end it and whatever it started."""
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=max(within, 0.1))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
