"""Splits a calendar file into the texts of its events, grouped by their name (UID), without
reading them yet.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knooppunt.kit.ical.cancellation import is_cancel_message
from knooppunt.kit.ical.lines import Component, logical_lines, name_of, tidy

MOST_EVENTS = 100_000
MOST_ZONES = 500
LONGEST_ZONE = 200_000
LONGEST_UID = 255
OTHER_KINDS = ("VTODO", "VJOURNAL", "VFREEBUSY", "VALARM", "VAVAILABILITY", "VPOLL")
_OF_CALENDAR = frozenset(("X-WR-TIMEZONE", "X-WR-CALNAME", "NAME", "PRODID"))
# What a reader of events needs; attachments stay out to keep memory small, guests because they are
# nobody's business.
_OF_EVENT = frozenset(
    """UID DTSTART DTEND DURATION RRULE EXRULE RDATE EXDATE RECURRENCE-ID SUMMARY DESCRIPTION
    LOCATION URL CATEGORIES
    GEO STATUS CLASS ORGANIZER CONTACT COMMENT SEQUENCE CREATED LAST-MODIFIED DTSTAMP CONFERENCE
    X-GOOGLE-CONFERENCE X-MICROSOFT-SKYPETEAMSMEETINGURL X-MICROSOFT-ONLINEMEETINGEXTERNALLINK
    X-MICROSOFT-CDO-ALLDAYEVENT""".split()
)
_OF_ZONE = frozenset(
    "TZID X-LIC-LOCATION DTSTART RRULE RDATE TZOFFSETFROM TZOFFSETTO TZNAME".split()
)


class UnreadableCalendar(ValueError):
    """The file as a whole is no calendar."""


@dataclass(frozen=True)
class Group:
    """The events with one name: mostly one, and one more for each time that was changed.

    A nameless event is alone. Different events to which their maker gave the same name (UID) are
    each a group ``is_one_of_several``.
    """

    uid: str
    texts: tuple[str, ...]
    is_one_of_several: bool = False


@dataclass(frozen=True)
class Parts:
    """What a calendar file consists of.

    ``is_complete`` is False when the file stops before its end.
    """

    properties: dict[str, str]
    zones: dict[str, str]
    groups: tuple[Group, ...]
    ignored: Counter[str]
    is_complete: bool


def split(data: bytes) -> Parts:
    """The parts of a calendar file. Raises UnreadableCalendar when it holds no calendar at all."""
    splitter = _Splitter()
    for line in logical_lines(data):
        splitter.take(line)
    splitter.close(is_whole=False)
    if not splitter.calendars:
        raise UnreadableCalendar("no BEGIN:VCALENDAR" if data.strip() else "the file is empty")
    groups = tuple(
        group
        for uid, texts in splitter.events.items()
        for group in groups_of("" if uid.startswith("\0") else uid, texts)
    )
    return Parts(
        splitter.properties, splitter.zones, groups, splitter.ignored, not splitter.is_open
    )


def groups_of(uid: str, texts: Sequence[str]) -> Iterator[Group]:
    """The events with one name, apart when they are different ones: another name or day without
    a higher SEQUENCE.
    """
    parts = [(text, Component.of(text)) for text in texts] if len(texts) > 1 else []
    masters = [(text, part) for text, part in parts if not part.first("RECURRENCE-ID")]
    apart: list[list[tuple[str, Component]]] = []
    for text, part in masters:
        same = next((one for one in apart if any(_is_version(part, x) for _t, x in one)), None)
        if same is None:
            apart.append([(text, part)])
        else:
            same.append((text, part))
    if len(apart) < 2:
        yield Group(uid, tuple(texts))
        return
    owned: list[list[str]] = [[text for text, _part in versions] for versions in apart]
    for text, part in parts:
        if part.first("RECURRENCE-ID"):
            owned[_owner(part, [versions[-1][1] for versions in apart])].append(text)
    for group in owned:
        yield Group(uid, tuple(group), is_one_of_several=True)


def _is_version(part: Component, other: Component) -> bool:
    """True if two events with one UID are versions of the same one; a maker who gives all the
    same UID has no versions.
    """
    same_start, same_name = (
        part.value(name).casefold() == other.value(name).casefold()
        for name in ("DTSTART", "SUMMARY")
    )
    if is_cancel_message(part) or is_cancel_message(other):
        return True
    if part.value("SEQUENCE") != other.value("SEQUENCE"):
        return same_start or same_name
    stamps = [one.value("LAST-MODIFIED") or one.value("DTSTAMP") for one in (part, other)]
    return same_start and (same_name or not all(stamps) or stamps[0] != stamps[1])


def _owner(change: Component, masters: Sequence[Component]) -> int:
    """Which of several series a changed time belongs to: with its name, else one that comes
    back, else the first.
    """
    ranked = sorted(
        range(len(masters)),
        key=lambda number: (
            masters[number].first("RRULE") is None,
            masters[number].value("SUMMARY") != change.value("SUMMARY"),
            number,
        ),
    )
    return ranked[0]


class _Splitter:
    """Walks through the lines; knows in which component it is, and how deep in one that it
    passes over.
    """

    def __init__(self) -> None:
        self.properties: dict[str, str] = {}
        self.zones: dict[str, str] = {}
        self.events: dict[str, list[str]] = {}
        self.ignored: Counter[str] = Counter()
        self.calendars = self._number = self._depth = 0
        self.is_open = False
        self._kind = self._name = self._method = ""
        self._lines: list[str] = []

    def take(self, line: str) -> None:
        """Take in the next line."""
        name = name_of(line)
        if name == "BEGIN":
            self._begin(line.strip()[6:].strip().upper(), line)
        elif name == "END":
            self._end(line.strip()[4:].strip().upper(), line)
        elif self._depth or not name:
            return
        elif not self._kind and name == "METHOD":
            self._method = line.partition(":")[2].strip().upper()[:20]
        elif not self._kind and name in _OF_CALENDAR:
            self.properties.setdefault(name, tidy(line.partition(":")[2], 200))
        elif name in (_OF_EVENT if self._kind == "VEVENT" else _OF_ZONE) and self._kind:
            self._lines.append(line)
            if name == ("UID" if self._kind == "VEVENT" else "TZID") and not self._name:
                self._name = tidy(line.partition(":")[2], 100_000)

    def _begin(self, kind: str, line: str) -> None:
        if kind in ("VCALENDAR", "VEVENT", "VTIMEZONE"):
            self.close()  # the writer forgot the end of the one before
        if kind == "VCALENDAR":
            self.calendars += 1
            self.is_open, self._method = True, ""
        elif kind in ("VEVENT", "VTIMEZONE"):
            # An event of a cancelling calendar carries that with it, as it is read apart from the
            # others.
            method = kind == "VEVENT" and self._method == "CANCEL"
            self._kind, self._lines = kind, [line, *(["METHOD:CANCEL"] if method else [])]
        elif self._kind == "VTIMEZONE":
            self._lines.append(line)
        else:
            self._depth += 1
            self.ignored[kind if kind in OTHER_KINDS else "OTHER"] += 1

    def _end(self, kind: str, line: str) -> None:
        if kind in ("VCALENDAR", "VEVENT", "VTIMEZONE"):
            self.close()
            self.is_open = self.is_open and kind != "VCALENDAR"
        elif self._kind == "VTIMEZONE":
            self._lines.append(line)
        else:
            self._depth = max(0, self._depth - 1)

    def close(self, is_whole: bool = True) -> None:
        """Put the open component with the others; without its last line when the file stopped
        halfway.
        """
        kind, name = self._kind, self._name
        text = "\n".join([*self._lines, f"END:{kind}"] if is_whole else self._lines)
        self._kind, self._name, self._lines, self._depth = "", "", [], 0
        if kind == "VEVENT":
            self._number += 1
            if self._number > MOST_EVENTS:
                raise UnreadableCalendar(f"more than {MOST_EVENTS} events")
            # No name of an event holds a NUL, so a nameless one cannot be taken for another.
            self.events.setdefault(_short(name) or f"\0{self._number}", []).append(text)
        elif kind == "VTIMEZONE" and len(text) <= LONGEST_ZONE and len(self.zones) < MOST_ZONES:
            self.zones.setdefault(name.strip('":'), text)


def _short(uid: str) -> str:
    """A name that fits in a register; of an over-long one the end becomes a fingerprint, so
    that it stays itself.
    """
    if len(uid) <= LONGEST_UID:
        return uid
    return f"{uid[: LONGEST_UID - 65]}-{hashlib.sha256(uid.encode()).hexdigest()}"
