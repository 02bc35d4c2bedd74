"""Reads a stranger's events in a process of its own, that may use little memory and that can be stopped."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from knooppunt.kit.ical.events import Event, Refused
from knooppunt.kit.ical.reading import read_group
from knooppunt.kit.ical.splitting import Group
from knooppunt.kit.ical.wire import plain, to_json
from knooppunt.kit.recurrence import BadRule, turns

try:
    import resource
except ImportError:  # Windows: there only the time is guarded
    resource = None  # type: ignore[assignment]

OUT_OF_MEMORY = 70
_STATUS = Path("/proc/self/statm")


def main(arguments: list[str]) -> int:
    """Answer every line of JSON on standard input with one line, within so many megabytes and seconds of work."""
    limit(int(arguments[0]), int(arguments[1]))
    try:
        answer_all(sys.stdin.buffer, sys.stdout.buffer)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # nothing that still needs memory, such as tidying up
    return 0


def limit(megabytes: int, seconds: int) -> None:
    """Let this process take so many megabytes more than it has by now, and no more than so many seconds of work.

    The seconds are for a process whose parent is gone; a parent that is there stops it sooner.
    """
    if resource is None:
        return
    wanted = (
        (resource.RLIMIT_DATA, _used() + megabytes * 1024 * 1024),
        (resource.RLIMIT_CPU, seconds),
    )
    for kind, most in wanted:
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):  # not every system knows every limit
            continue


def _used() -> int:
    """How many bytes of its own this process has, as the system counts them for the limit."""
    try:
        return int(_STATUS.read_text().split()[5]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 100 * 1024 * 1024


def answer_all(questions: Iterable[bytes], answers: BinaryIO) -> None:
    """The first line says what holds for the whole file; every next one has some events, each answered by a line."""
    _say({"ready": True}, answers)
    job: dict[str, Any] = {}
    for line in questions:
        said = json.loads(line)
        if not job:
            job = said
            continue
        most = said["most"]
        for uid, texts in said["groups"]:
            given = answer(Group(uid, tuple(texts)), job, most)
            most -= given.get("turns", 0)
            _say(given, answers)


def _say(given: dict[str, Any], answers: BinaryIO) -> None:
    answers.write(to_json(given))
    answers.flush()


def answer(group: Group, job: dict[str, Any], most: int) -> dict[str, Any]:
    """The event with its number of turns, or why it is refused."""
    read = read_group(group, job["zones"], job["zone"])
    if isinstance(read, Refused):
        return {"code": read.code, "reason": read.reason}
    try:
        number = count(read, datetime.fromisoformat(job["until"]), most)
    except BadRule as problem:
        return {"code": "bad_rule", "reason": str(problem)[:200]}
    if number > most:
        return {"code": "too_many_occurrences", "reason": f"more than {most}"}
    return {"event": plain(read), "turns": number}


def count(event: Event, until: datetime, most: int) -> int:
    """How many times it takes place before a day, changed times that no rule names included; stops past ``most``."""
    changed = {change.original for change in event.changes}
    number = 0
    for turn in turns(event.series, until):
        changed.discard(turn.starts)
        number += 1
        if number > most:
            return number
    return number + len(changed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
