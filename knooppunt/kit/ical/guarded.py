"""Reads a stranger's calendar file without letting it take all memory or time; what asks too
much is refused.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from queue import Empty, SimpleQueue
from threading import Thread

from knooppunt.kit.ical.events import Event, Refused
from knooppunt.kit.ical.splitting import Group, Parts, split
from knooppunt.kit.ical.wire import Message, event_of, to_json
from knooppunt.kit.ical.zones import default_zone
from knooppunt.kit.process_limits import bare_environment

LARGEST_FILE = 20 * 1024 * 1024
_WORKER = "knooppunt.kit.ical.worker"
_LEAST = 0.05
_MOST_AT_ONCE, _LONGEST_AT_ONCE = 50, 200_000


@dataclass(frozen=True)
class Read:
    """An event, and how many times it takes place before the horizon."""

    event: Event
    turns: int


class _Died(Exception):
    """The worker stopped by itself, most likely because it may have no more memory."""


def read_guarded(
    data: bytes,
    until: datetime,
    seconds: float = 20.0,
    megabytes: int = 200,
    most_turns: int = 20_000,
    parts: Parts | None = None,
) -> Iterator[Read | Refused]:
    """Every event of a file, each read and counted up to ``until`` in another process.

    Raises UnreadableCalendar. ``parts`` is the file taken apart already, by whoever needed that
    too.

    Refuses, next to what ``read_event`` refuses: file_too_large, too_many_occurrences, time_limit
    and memory_limit.
    """
    if len(data) > LARGEST_FILE:
        yield Refused("", "file_too_large", f"{len(data)} bytes")
        return
    guard = _Guard(parts or split(data), until, seconds, megabytes)
    try:
        yield from guard.read_all(most_turns)
    finally:
        guard.stop()


class _Guard:
    """Keeps a worker and the time that is left; only time spent on reading counts."""

    def __init__(self, parts: Parts, until: datetime, seconds: float, megabytes: int) -> None:
        self._groups = parts.groups
        self._job = {
            "zones": parts.zones,
            "zone": default_zone(parts.properties),
            "until": until.isoformat(),
        }
        self._left, self._limits = seconds, (str(megabytes), str(math.ceil(seconds) + 5))
        self._worker: _Worker | None = None
        self._asked = 0

    def read_all(self, most: int) -> Iterator[Read | Refused]:
        """Every event in turn, as long as they take place no more than so many times together."""
        waiting = deque(self._groups)
        while waiting:
            read = self._read(waiting, most)
            most -= read.turns if isinstance(read, Read) else 0
            waiting.popleft()
            yield read

    def _read(self, waiting: deque[Group], most: int) -> Read | Refused:
        """The first that waits; a worker that takes a quarter of the time left for it, or that
        dies, is replaced.
        """
        began, uid = time.monotonic(), waiting[0].uid
        try:
            said = self._answer(waiting, most)
        except TimeoutError:
            self.stop()
            return Refused(uid, "time_limit", "takes too long to work out")
        except _Died:
            self.stop()
            return Refused(uid, "memory_limit", "takes too much memory to work out")
        finally:
            self._left -= time.monotonic() - began
        if "code" in said:
            return Refused(uid, said["code"], said["reason"])
        return Read(event_of(said["event"]), said["turns"])

    def _answer(self, waiting: deque[Group], most: int) -> Message:
        if self._left < _LEAST:
            raise TimeoutError
        began = time.monotonic()
        worker = self._worker or self._started()
        if not self._asked:
            # Some at a time, for a question and an answer take longer than most events; the worker
            # is idle and listens.
            batch = _batch(waiting)
            worker.tell({"most": most, "groups": [list(vars(group).values()) for group in batch]})
            self._asked = len(batch)
        said = worker.listen(max(_LEAST, (self._left - (time.monotonic() - began)) / 4))
        self._asked -= 1
        return said

    def _started(self) -> _Worker:
        self._worker = _Worker(self._limits)
        try:
            self._worker.listen(self._left)
        except _Died:
            # No file has been read yet, so this is no fault of the file.
            raise RuntimeError("the process that reads calendars does not start") from None
        self._worker.tell(self._job)
        return self._worker

    def stop(self) -> None:
        """End the worker, if there is one."""
        if self._worker:
            self._worker.stop()
            self._worker, self._asked = None, 0


def _batch(waiting: Iterable[Group]) -> list[Group]:
    """The first events that wait: as many as are small together, at least one."""
    batch: list[Group] = []
    size = 0
    for group in islice(waiting, _MOST_AT_ONCE):
        size += sum(map(len, group.texts))
        if batch and size > _LONGEST_AT_ONCE:
            break
        batch.append(group)
    return batch


class _Worker:
    """The other process: gets lines of JSON, and gives one back for every event."""

    def __init__(self, limits: tuple[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-W", "ignore", "-m", _WORKER, *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=bare_environment(),
        )
        self._answers: SimpleQueue[bytes] = SimpleQueue()
        # A thread, because a pipe cannot be waited for with a time limit on every system.
        self._listener = Thread(target=self._gather, daemon=True)
        self._listener.start()

    def _gather(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put(b"")

    def tell(self, said: Message) -> None:
        """Hand something over. Raises _Died."""
        assert self._process.stdin
        try:
            self._process.stdin.write(to_json(said))
            self._process.stdin.flush()
        except OSError:
            raise _Died from None

    def listen(self, seconds: float) -> Message:
        """The next answer. Raises TimeoutError and _Died."""
        try:
            line = self._answers.get(timeout=seconds)
        except Empty:
            raise TimeoutError from None
        if not line.endswith(b"\n"):
            raise _Died
        answer: Message = json.loads(line)
        return answer

    def stop(self) -> None:
        """End the process at once and leave nothing open."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:  # what was not yet written has nobody to read it
                    pass
