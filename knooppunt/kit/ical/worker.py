"""Reads a stranger's events in a process of its own, that may use little memory and that can be
stopped.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from knooppunt.kit.ical.events import Event, Refused
from knooppunt.kit.ical.reading import read_group
from knooppunt.kit.ical.splitting import Group
from knooppunt.kit.ical.wire import Message, plain, to_json
from knooppunt.kit.process_limits import OUT_OF_MEMORY, limit_process
from knooppunt.kit.recurrence import BadRule, turns


def main(arguments: list[str]) -> int:
    """Answer every line of JSON on standard input with one line, within so many megabytes and
    seconds of work.
    """
    limit_process(int(arguments[0]), int(arguments[1]))
    try:
        answer_all(sys.stdin.buffer, sys.stdout.buffer)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # nothing that still needs memory, such as tidying up
    return 0


def answer_all(questions: Iterable[bytes], answers: BinaryIO) -> None:
    """The first line says what holds for the whole file; every next one has some events, each
    answered by a line.
    """
    _say({"ready": True}, answers)
    job: Message = {}
    for line in questions:
        said = json.loads(line)
        if not job:
            job = said
            continue
        most = said["most"]
        for uid, texts, is_one_of_several in said["groups"]:
            given = answer(Group(uid, tuple(texts), is_one_of_several), job, most)
            most -= given.get("turns", 0)
            _say(given, answers)


def _say(given: Message, answers: BinaryIO) -> None:
    answers.write(to_json(given))
    answers.flush()


def answer(group: Group, job: Message, most: int) -> Message:
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
    """How many times it takes place before a day, changed times that no rule names included;
    stops past ``most``.
    """
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
