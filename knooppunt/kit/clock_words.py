"""Reads the hours that a sentence gives as clock times: ``van 7 tot 9 's avonds``, ``half acht``."""

from __future__ import annotations

import re
from datetime import time

NIGHT_FROM, NIGHT_TO = 18 * 60, 6 * 60


def clocks(found: re.Match[str], part: str) -> tuple[time, time | None] | None:
    """``van 7 tot 9 's avonds`` as clock times; the part of the day holds for both ends, if that can be."""
    fraction, clock, own, *behind = found.groups()
    begin = _minutes(fraction, clock, own or (behind and behind[2]) or part)
    if not behind:
        return None if begin < 0 or found[0].startswith("TO ") else (_clock(begin % 1440), None)
    end = (
        _minutes(behind[0], behind[1], behind[2] or (part if own == "Pam" else own or part)) or 1440
    )
    if begin >= end and behind[2] and not own:
        begin = _minutes(fraction, clock, "")
    # A party from ten to two ends the next day; anything else that ends before it begins is a slip.
    is_night = begin >= NIGHT_FROM and 0 < end <= NIGHT_TO
    return (_clock(begin), _clock(end)) if 0 <= begin < end or is_night else None


def _minutes(fraction: str | None, clock: str, part: str) -> int:
    """Minutes since midnight, below 0 for no such time; ``8 's avonds`` is 20:00, but 19 and 08 stay what they are."""
    hour, minute = (int(number) for number in f"{clock}:0".split(":")[:2])
    total = (
        hour * 60
        + minute
        + {"HALF": -30, "QTO": -15, "QPAST": 15, "HPAST": 30}.get(fraction or "", 0)
    )
    is_late = (part == "Pe" and 300 <= total <= 720) or (part == "Pa" and total < 420)
    if part == "Pam":
        total %= 720
    elif (part == "Ppm" and total < 720) or (is_late and not clock.startswith("0")):
        total += 720
    return total if hour <= 24 and minute <= 59 and total <= 1440 else -1


def _clock(minutes: int) -> time:
    return time(23, 59) if minutes == 1440 else time(*divmod(minutes, 60))
