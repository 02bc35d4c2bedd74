"""Keeps the worker alive: starts it, and starts it again when it ends, with pauses that grow
while it keeps crashing.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds
HEALTHY_AFTER = 60.0  # a worker that lived this many seconds did not crash at its start

logger = logging.getLogger(__name__)


def pause_after(crashes: int) -> float:
    """How many seconds to wait after so many crashes in a row."""
    return min(FIRST_PAUSE * 2 ** min(crashes - 1, 10), LONGEST_PAUSE)


class Supervisor:
    """One worker process that is there until `stop`."""

    def __init__(
        self, command: tuple[str, ...] = (sys.executable, "-m", "knooppunt.config.worker")
    ) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._is_stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the worker, and watch it from a thread of its own.

        The first one is there before this returns. The server forks its processes right after it,
        and a fork while `Popen` waits for its child keeps the pipe open on which it waits: the
        worker would run, and nobody would see it end.
        """
        began, problem = time.monotonic(), self._begin()
        self._thread = threading.Thread(
            target=self._keep_alive, args=(began, problem), name="supervisor", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Let the worker finish what it is doing, and end it when that takes longer than ten
        seconds.
        """
        self._is_stopping.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
        if self._thread is not None:
            self._thread.join(timeout=2)

    def wait(self) -> None:
        """Until `stop` was called."""
        self._is_stopping.wait()

    def _keep_alive(self, began: float, problem: str) -> None:
        crashes = 0
        while True:
            status = problem or self._wait_for_end()
            if self._is_stopping.is_set():
                return
            crashes = 1 if time.monotonic() - began > HEALTHY_AFTER else crashes + 1
            logger.warning("the worker ended (%s); it is started again", status)
            self._is_stopping.wait(pause_after(crashes))
            if self._is_stopping.is_set():
                return
            began, problem = time.monotonic(), self._begin()

    def _begin(self) -> str:
        """Begin a worker; gives why it could not be started, or nothing."""
        try:
            self._process = subprocess.Popen(self._command)
        except OSError as problem:  # no memory or no process left for a moment
            return str(problem)
        return ""

    def _wait_for_end(self) -> int:
        """Wait until the worker ends; gives its status.

        One that began while `stop` ran is told to end.
        """
        assert self._process is not None
        if self._is_stopping.is_set():
            self._process.terminate()
        return self._process.wait()
