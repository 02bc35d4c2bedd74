"""Reads the hours that a sentence gives as clock times: ``van 7 tot 9 's avonds``, ``half
acht``.
"""

from __future__ import annotations

import re
from datetime import time

NIGHT_FROM, NIGHT_TO = 18 * 60, 6 * 60
# "2-4" and "half zes" are said of the night and of the afternoon alike; "2.30 uur" is how a clock
# writes it.
EARLY_FROM, EARLY_TO = 60, 7 * 60


def clocks(found: re.Match[str], part: str) -> tuple[time, time | None] | None:
    """``van 7 tot 9 's avonds`` as clock times; the part of the day holds for both ends, if that
    can be.

    None when it is no time, or a time of which nobody can say whether it is in the night or in the
    afternoon.
    """
    fraction, clock, own, *behind = found.groups()
    begin = _minutes(fraction, clock, own or (behind and behind[2]) or part)
    is_spoken = bool(fraction) or (":" not in clock and "HOUR" not in found[0].split())
    is_bare = is_spoken and not (own or part or (behind and behind[2]) or clock.startswith("0"))
    is_early = is_bare and EARLY_FROM <= begin < EARLY_TO
    if not behind:
        is_no_time = begin < 0 or is_early or found[0].startswith("TO ")
        return None if is_no_time else (_clock(begin % 1440), None)
    end = (
        _minutes(behind[0], behind[1], behind[2] or (part if own == "Pam" else own or part)) or 1440
    )
    if begin >= end and behind[2] and not own:
        begin = _minutes(fraction, clock, "")
    if is_early and end <= 720:
        return None
    # A party from ten to two ends the next day; anything else that ends before it begins is a slip.
    is_night = begin >= NIGHT_FROM and 0 < end <= NIGHT_TO
    return (_clock(begin), _clock(end)) if 0 <= begin < end or is_night else None


def _minutes(fraction: str | None, clock: str, part: str) -> int:
    """Minutes since midnight, below 0 for no such time; ``8 's avonds`` is 20:00, but 19 and 08
    stay what they are.
    """
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
