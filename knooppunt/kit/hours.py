"""Reads door hours as people write them: ``ma t/m vr 9.00-17.00, za 10-14 uur``. Monday is 0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import time
from itertools import pairwise
from typing import Literal

Stretch = tuple[int, time, time]
# Why a text gives no hours: not understood, it ends before it begins, it may be the night or the
# afternoon, or one comes by appointment.
Problem = Literal["", "unread", "backwards", "unsure", "appointment"]
LONGEST_TEXT = 2000
NOON, EVENING, DAY = 12 * 60, 18 * 60, 24 * 60
# "2-5" is said of the afternoon and of the night alike.
EARLY_FROM, EARLY_TO = 60, 7 * 60
ALL_DAY = (time(0), time(0))

_DAY_NAMES = (
    r"ma|maandag|mo|mon|monday",
    r"di|dinsdag|tu|tue|tues|tuesday",
    r"wo|woensdag|we|wed|wednesday",
    r"do|don|donderdag|th|thu|thur|thurs|thursday",
    r"vr|vrij|vrijdag|fr|fri|friday",
    r"za|zat|zaterdag|sa|sat|saturday",
    r"zo|zon|zondag|su|sun|sunday",
)
_GROUPS = {
    "week": (r"werkdag(?:en)?|weekdag(?:en)?|door ?de ?weeks?e?(?: dagen)?|weekdays?", range(5)),
    "ends": (r"(?:in het )?week-?ei?nde?(?:n|s)?|weekend ?dagen", (5, 6)),
    "daily": (
        r"dagelijks|(?:elke|iedere|every) (?:dag|day)|alle dagen|(?:7|zeven) dagen (?:per|in de) "
        r"week"
        r"|(?:de )?hele week|daily",
        range(7),
    ),
}
# What may stand right behind the name of a day: "maandagmiddag".
_BEHIND = "ochtend|morgen|middag|avond|namiddag|voormiddag"
_PARTS = {
    "M": r"ochtends?|morgens?|voormiddags?|mornings?",
    "A": r"(?:na)?middags?|afternoons?",
    "E": r"avonds?|evenings?",
}
# Each kind of word with its pattern, tried in this order at every place of the text.
_TOKENS = {
    "ALWAYS": r"24\s*(?:u|uur)?\s*/\s*7(?: open)?|24 ?(?:u|uur|hours)\b(?: (?:per dag|a day))?"
    r"|dag en nacht(?: open)?|altijd (?:open|geopend|toegankelijk)|always open",
    "APPOINTMENT": r"(?:(?:alleen|uitsluitend|enkel|only) )?(?:op|na|volgens|in|by)"
    r" (?:telefonische )?(?:afspraak|overleg|appointment)\b",
    "BREAK": r"(?:lunch|middag)?pauzes?\b|lunch(?:tijd)?\b|lunch ?break\b",
    "EXCEPT": r"behalve(?: op)?\b|m\.?u\.?v\.?\b|uitgezonderd\b|except\b|niet op\b",
    "CLOSED": r"gesloten\b|dicht\b|closed\b|off\b",
    "HOLIDAY": r"(?:op )?feestdagen\b|(?:public )?holidays\b",
    **{f"GROUP_{name}": rf"(?:{words})\b" for name, (words, _days) in _GROUPS.items()},
    **{
        f"DAY_{number}": rf"(?:'s )?(?:{names})(?:en|s)?(?:\.|-(?= "
        rf"(?:en|and|&) )|(?=[^a-z]|$|{_BEHIND}))"
        for number, names in enumerate(_DAY_NAMES)
    },
    **{f"PART_{part}": rf"(?:'s |in de |s')?(?:{words})\b" for part, words in _PARTS.items()},
    "CLOCK": r"(?P<hour>\d{1,2})(?:\s?[.:uh]\s?(?P<minute>\d{2})(?!\d))?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?|\s*(?:uur|u|h)(?![a-z]))?(?!\d|[.:,]\d)",
    "WHOLE": r"(?P<four>[01]\d[0-5]\d|2[0-4][0-5]\d)\s*(?:uur|u|h)?(?!\d)",
    "TO": r"-|–|—|t/?m\b|tot en met\b|to\b|through\b",
    "UNTIL": r"tot\b|till\b|until\b",
    "BETWEEN": r"tussen\b|between\b",
    "FILL": r"(?:open|geopend|van|uur|from|op|on|elke|iedere|every)\b",
    "JOIN": r"(?:en|and)\b|[\s,;:/&+|.()]",
}
_TOKEN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _TOKENS.items()))


@dataclass(frozen=True)
class HoursReading:
    """What a text says of door hours.

    ``stretches`` is None when a part of it was not understood, with the ``problem``; ``meant`` is
    what was probably meant, such as ``14:00-17:00``. ``has_remark`` is true when the text says more
    than the hours, such as "op feestdagen gesloten".
    """

    stretches: list[Stretch] | None
    problem: Problem = ""
    meant: str = ""
    has_remark: bool = False


@dataclass(frozen=True)
class _Clock:
    """Minutes since midnight, and whether nobody can take it for another half of the day."""

    minutes: int
    is_sure: bool
    half: str = ""


@dataclass(frozen=True)
class _Token:
    """A word of the text: its kind, and the days or the clock that it stands for."""

    kind: str
    days: tuple[int, ...] = ()
    clock: _Clock | None = None


class _Unread(ValueError):
    """A part of the text is not understood; ``problem`` says why, and ``meant`` what it may be."""

    def __init__(self, problem: Problem = "unread", meant: str = "") -> None:
        super().__init__(problem)
        self.problem, self.meant = problem, meant


def read_hours(text: str) -> HoursReading:
    """The stretches of the week that a text names, or why there are none; a very long text is not
    understood.
    """
    if len(text) > LONGEST_TEXT:
        return HoursReading(None, "unread")
    plain = text.lower().replace("’", "'").replace("‘", "'").replace("\xa0", " ")
    try:
        tokens = list(_tokens(plain))
        if any(token.kind == "APPOINTMENT" for token in tokens):
            raise _Unread("appointment")
        week = _Week(_joined(tokens))
        week.read()
    except _Unread as reason:
        return HoursReading(None, reason.problem, reason.meant)
    return HoursReading(sorted(week.stretches), has_remark=week.has_remark)


def _tokens(text: str) -> Iterator[_Token]:
    """The words of a text. Raises _Unread at the first that is not known."""
    at = 0
    while at < len(text):
        word = _TOKEN.match(text, at)
        if word is None:
            raise _Unread
        at = word.end()
        kind, _sign, value = str(_kind_of(word)).partition("_")
        if kind == "DAY":
            yield _Token("DAY", (int(value),))
        elif kind == "GROUP":
            yield _Token("GROUP", tuple(_GROUPS[value][1]))
        elif kind == "PART":
            yield _Token(f"PART_{value}")
        elif kind in ("CLOCK", "WHOLE"):
            yield _Token("CLOCK", clock=_clock(word))
        elif kind not in ("FILL", "JOIN"):
            yield _Token(kind)
        elif word[0] in ("en", "and"):
            yield _Token("AND")


def _kind_of(word: re.Match[str]) -> str | None:
    """The name of the alternative that matched, and not of a group inside it."""
    return next((name for name in _TOKENS if word[name] is not None), None)


def _clock(word: re.Match[str]) -> _Clock:
    """A clock time. Raises _Unread for one that does not exist."""
    digits = word["four"] or f"{word['hour']:0>2}{word['minute'] or '00'}"
    hour, minute, half = int(digits[:2]), int(digits[2:]), word["half"] or ""
    if hour * 60 + minute > DAY or minute > 59 or (half and not 1 <= hour <= 12):
        raise _Unread
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    is_written_out = bool(word["four"]) or word["hour"].startswith("0")
    return _Clock(hour * 60 + minute, bool(half) or is_written_out or not 0 < hour <= 12, half)


def _joined(tokens: list[_Token]) -> list[_Token]:
    """The words with "ma t/m vr" as one group of days, and "and" where it parts two clocks only."""
    joined: list[_Token] = []
    for token in tokens:
        before = joined[-1].kind if len(joined) > 1 else ""
        if token.kind == "DAY" and before == "UNTIL":
            raise _Unread  # "maandag tot vrijdag": with Friday or not?
        if token.kind == "DAY" and before == "TO":
            first = joined[-2]
            if first.kind != "DAY":
                raise _Unread
            start, end = first.days[0], token.days[0]
            end += 7 if end < start else 0
            days = tuple(day % 7 for day in range(start, end + 1))
            joined[-2:] = [_Token("GROUP", days)]
        elif token.kind != "AND" or (len(joined) > 1 and joined[-2].kind == "BETWEEN"):
            joined.append(replace(token, kind="TO") if token.kind == "AND" else token)
    return [replace(token, kind="TO") if token.kind == "UNTIL" else token for token in joined]


@dataclass
class _Week:
    """The words of a text one by one, and the week that they describe so far.

    ``days`` holds those that were named last, which wait for their hours or have them; ``single``
    the days that have hours and were named one by one.
    """

    tokens: list[_Token]
    at: int = 0
    stretches: set[Stretch] = field(default_factory=set)
    single: set[int] = field(default_factory=set)
    days: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    part: str = ""
    waits: bool = False
    is_wide: bool = False
    has_remark: bool = False

    def read(self) -> None:
        """Walk through all words. Raises _Unread when they do not make a week."""
        self._times_before_days()
        while self.at < len(self.tokens):
            self._step(self.tokens[self.at])
        if self.waits or not self.stretches:
            raise _Unread
        self._see_that_none_overlap()

    def _kind(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self.tokens[at].kind if at < len(self.tokens) else ""

    def _times_before_days(self) -> None:
        """``9-17 ma-vr`` is read as ``ma-vr 9-17``, when the days stand at the end and nowhere
        else.
        """
        kinds = [token.kind for token in self.tokens]
        start = next((at for at, kind in enumerate(kinds) if kind in ("DAY", "GROUP")), 0)
        is_clocks = set(kinds[:start]) <= {"CLOCK", "TO"} and set(kinds[start:]) <= {"DAY", "GROUP"}
        if start and is_clocks:
            self.tokens = self.tokens[start:] + self.tokens[:start]

    def _step(self, token: _Token) -> None:
        if token.kind in ("DAY", "GROUP"):
            self._take_days()
        elif token.kind.startswith("PART"):
            self.part = token.kind[-1]
            self.at += 1
        elif token.kind == "ALWAYS":
            self.at += 1
            self._open([ALL_DAY], self.days if self.waits else list(range(7)))
        elif token.kind == "TO" and self._kind(1) == "CLOCK" and self._kind(2) == "TO":
            self.at += 1  # "ma - 9-12"
        elif token.kind in ("CLOCK", "BETWEEN"):
            self._take_times()
        elif token.kind in ("CLOSED", "EXCEPT", "BREAK", "HOLIDAY"):
            self._take_closing(token.kind)
        else:
            raise _Unread

    def _take_days(self) -> None:
        """The days that stand here together; a part of the day may be tied to them."""
        if self.waits and self.part:
            raise _Unread  # "ma 's middags, di 9-12"
        if not self.waits:
            self.days, self.part, self.is_wide = [], "", False
        while self._kind() in ("DAY", "GROUP"):
            token = self.tokens[self.at]
            self.days += token.days
            self.is_wide |= token.kind == "GROUP"
            self.at += 1
        self.waits = True

    def _take_times(self) -> None:
        """One stretch of clock times, which opens the days before it, or closes them when it
        says so.
        """
        opens, closes = self._span()
        if not self.days:
            raise _Unread
        if self._kind().startswith("PART") and not self._is_before_times():
            self.part = self._kind()[-1]
            self.at += 1
        span = self._sure(opens, closes)
        if self._kind() == "CLOSED" and self._kind(1) != "BETWEEN" and not self._are_days_last(1):
            self.at += 1
            self._shut(span, self.days)
            self.waits = False
        else:
            self._open([(_time(span[0]), _time(span[1]))], self.days)
            self.spans.append(span)

    def _is_before_times(self) -> bool:
        """True if the part of the day that stands here is that of the clocks behind it."""
        kinds = [self._kind(ahead) for ahead in range(1, 5)]
        return kinds[:3] == ["CLOCK", "TO", "CLOCK"] and not kinds[3].startswith("PART")

    def _are_days_last(self, ahead: int) -> bool:
        """True if from here on only days stand, to the end."""
        kinds = {token.kind for token in self.tokens[self.at + ahead :]}
        return bool(kinds) and kinds <= {"DAY", "GROUP"}

    def _span(self) -> tuple[_Clock, _Clock]:
        """The two clocks that stand here. Raises _Unread when there is only one."""
        self.at += self._kind() == "BETWEEN"
        kinds = [self._kind(ahead) for ahead in range(3)]
        if kinds != ["CLOCK", "TO", "CLOCK"]:
            raise _Unread
        opens, closes = self.tokens[self.at].clock, self.tokens[self.at + 2].clock
        self.at += 3
        assert opens and closes
        return opens, closes

    def _sure(self, opens: _Clock, closes: _Clock) -> tuple[int, int]:
        """Both ends in minutes. Raises _Unread when they may be of another half of the day."""
        start, end = _in_part(opens, closes, self.part)
        after = self.spans[-1][1] if self.spans and not self.waits else 0
        is_early = not opens.is_sure and EARLY_FROM <= start < EARLY_TO and end <= NOON
        if is_early and NOON - 60 <= after <= start + NOON and start < end:
            return start + NOON, end + NOON  # "8-12 en 1-5"
        if is_early:
            raise _Unread("unsure", _written(start + NOON, end + NOON))
        if runs_backwards(_time(start), _time(end)):
            late = end + NOON
            meant = _written(start, late) if not closes.is_sure and start < late <= DAY else ""
            raise _Unread("backwards", meant)
        if start % DAY == end % DAY and (start, end) != (0, DAY):
            raise _Unread
        return start, end

    def _take_closing(self, kind: str) -> None:
        """Days, hours or holidays on which the door is shut."""
        if kind == "HOLIDAY":
            self._take_holidays()
            return
        self.at += 1
        if kind == "BREAK":
            opens, closes = self._span()
            self.at += self._kind() == "CLOSED"
            self._shut((opens.minutes, closes.minutes), self.days)
            return
        if self._kind() == "HOLIDAY":
            self.has_remark = True
            self.at += 1
        elif self._kind() in ("DAY", "GROUP") and (kind == "EXCEPT" or not self.waits):
            self._leave_out()
        elif self._kind() == "BETWEEN":
            opens, closes = self._span()
            self._shut((opens.minutes, closes.minutes), self.days)
        elif kind == "CLOSED" and self.waits:
            self._close(self.days)
            self.waits = False
        else:
            raise _Unread

    def _take_holidays(self) -> None:
        """``op feestdagen gesloten`` is a remark; ``zon- en feestdagen gesloten`` closes
        Sundays too.
        """
        self.at += 1
        self.has_remark = True
        if self._kind() != "CLOSED":
            raise _Unread
        if not self.waits:
            self.at += 1

    def _leave_out(self) -> None:
        """Take the days that stand here from those that wait for their hours, or from the week."""
        before, waits, is_wide, part = self.days, self.waits, self.is_wide, self.part
        self.waits = False
        self._take_days()
        left_out, self.waits, self.is_wide, self.part = self.days, waits, is_wide, part
        if waits:
            self.days = [day for day in before if day not in left_out]
        else:
            self._close(left_out)
            self.days = before

    def _open(self, times: list[tuple[time, time]], days: list[int]) -> None:
        if not days:
            raise _Unread
        self.stretches |= {(day, *span) for day in days for span in times}
        if self.waits:
            self.spans = []
        if not self.is_wide:
            self.single |= set(days)
        self.waits = False

    def _close(self, days: list[int]) -> None:
        """Days without hours. Raises _Unread when one of them was named with hours of its own."""
        opened = {day for day, _opens, _closes in self.stretches}
        if opened & set(days) & self.single:
            raise _Unread
        self.stretches = {row for row in self.stretches if row[0] not in days}

    def _shut(self, span: tuple[int, int], days: list[int]) -> None:
        """Take an hour or more out of the middle of the stretches of some days."""
        start, end = _time(span[0]), _time(span[1])
        for row in [row for row in self.stretches if row[0] in days]:
            day, opens, closes = row
            if opens <= start < end and (end <= closes or closes == time(0)):
                self.stretches.remove(row)
                ends = {(day, opens, start), (day, end, closes)}
                self.stretches |= {part for part in ends if part[1] != part[2]}
                days = [other for other in days if other != day]
        if days:
            raise _Unread

    def _see_that_none_overlap(self) -> None:
        """Raises _Unread when the door would open twice at once."""
        rows = sorted(self.stretches)
        for (day, _opens, closes), (other, opens, _closes) in pairwise(rows):
            if day == other and (closes > opens or closes == time(0)):
                raise _Unread


def _in_part(opens: _Clock, closes: _Clock, part: str) -> tuple[int, int]:
    """Both ends in minutes, in the part of the day that is named.

    Raises _Unread when they are not in it.
    """
    start, end = opens.minutes, closes.minutes
    if closes.half == "p" and not opens.is_sure and start < NOON and start + NOON < end:
        return start + NOON, end
    if not part:
        return start, end
    if part != "M" and not opens.is_sure and start < (EARLY_TO if part == "A" else NOON):
        start += NOON
    if part != "M" and not closes.is_sure and end <= NOON and start < end + NOON <= DAY:
        end += NOON
    fits = {"M": start < NOON, "A": 11 * 60 <= start < EVENING, "E": start >= 16 * 60}
    if not fits[part]:
        raise _Unread
    return start, end


def _time(minutes: int) -> time:
    return time(*divmod(minutes % DAY, 60))


def _written(start: int, end: int) -> str:
    return f"{_time(start):%H:%M}-{_time(end):%H:%M}"


def runs_backwards(opens: time, closes: time) -> bool:
    """True if a door would close before it opens; closing before six in the morning, after an
    evening, is past midnight.
    """
    return closes < opens and closes != time(0) and not (closes <= time(6) and opens >= time(15))
