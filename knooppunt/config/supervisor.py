"""Keeps the worker alive: starts it, and starts it again when it ends, with pauses that grow while it keeps crashing."""

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
        self._thread = threading.Thread(target=self._keep_alive, name="supervisor", daemon=True)

    def start(self) -> None:
        """Start the worker, and watch it from a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Let the worker finish what it is doing, and end it when that takes longer than ten seconds."""
        self._is_stopping.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
        if self._thread.is_alive():
            self._thread.join(timeout=2)

    def wait(self) -> None:
        """Until `stop` was called."""
        self._is_stopping.wait()

    def _keep_alive(self) -> None:
        crashes = 0
        while not self._is_stopping.is_set():
            began = time.monotonic()
            status = self._run_once()
            if self._is_stopping.is_set():
                return
            crashes = 1 if time.monotonic() - began > HEALTHY_AFTER else crashes + 1
            logger.warning("the worker ended (%s); it is started again", status)
            self._is_stopping.wait(pause_after(crashes))

    def _run_once(self) -> int | str:
        """Run the worker to its end; gives its status, or why it could not be started."""
        try:
            self._process = subprocess.Popen(self._command)
        except OSError as problem:  # no memory or no process left for a moment
            return str(problem)
        if self._is_stopping.is_set():
            self._process.terminate()
        return self._process.wait()
