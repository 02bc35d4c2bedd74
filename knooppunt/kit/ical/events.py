"""What is known about one event of a calendar file, with all its texts made safe to keep."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime

from knooppunt.kit.ical.cancellation import is_cancel_message, is_cancelled, without_notice
from knooppunt.kit.ical.lines import Component, tidy
from knooppunt.kit.ical.times import stamp
from knooppunt.kit.ical.zones import Zones
from knooppunt.kit.recurrence import Series

LONGEST_SUMMARY, LONGEST_LOCATION, LONGEST_DESCRIPTION, LONGEST_URL = 200, 300, 20_000, 500
MOST_CATEGORIES, LONGEST_CATEGORY = 20, 60
MOST_SEQUENCE = 2**31 - 1
ONLINE = (
    "CONFERENCE",
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
)
_URL = re.compile(r"https?://\S+", re.I)
_MAIL = re.compile(r"[(<\[]?(?:mailto:)?[^\s@(<\[]*+@\S*", re.I)


@dataclass(frozen=True)
class Change:
    """What one single time has of its own. ``original`` is the local begin that the rule gives it.

    ``starts`` is its own local begin, None when it is cancelled; ``minutes`` is None when it lasts
    as long as the others. Texts are empty when they are not given, or the same as those of the
    event. A change whose original the series does not name is one time more.
    """

    original: datetime
    starts: datetime | None
    minutes: int | None
    is_cancelled: bool
    summary: str
    location: str
    description: str
    comment: str = ""
    sequence: int = 0
    modified: datetime | None = None
    names_a_day: bool = False
    is_range: bool = False


@dataclass(frozen=True)
class Event:
    """One event with its series and its changed times, all texts safe to keep.

    ``point`` is longitude, latitude. ``online`` is the address at which to join. ``ranges`` change
    a time and all after it. ``singles`` are times of a series that this file does not give, on the
    clock of ``series.zone``. With ``is_cancel_message`` only the cancellation counts, and
    ``has_start`` says whether the series is more than a guess. ``is_one_of_several`` says that the
    file gives other events the same UID.
    """

    uid: str
    series: Series
    changes: tuple[Change, ...]
    summary: str
    description: str
    location: str
    url: str
    categories: tuple[str, ...]
    point: tuple[float, float] | None
    status: str
    visibility: str
    organizer: str
    sequence: int
    created: datetime | None
    modified: datetime | None
    comment: str = ""
    online: str = ""
    ranges: tuple[Change, ...] = ()
    singles: tuple[Change, ...] = ()
    is_cancel_message: bool = False
    has_start: bool = True
    is_one_of_several: bool = False


@dataclass(frozen=True)
class Refused:
    """An event that was not read, and why; without ``uid`` it may be the whole file."""

    uid: str
    code: str
    reason: str


def described(part: Component, series: Series, zones: Zones) -> Event:
    """The event that a component describes, without changed times."""
    return Event(
        uid=part.text("UID", 255),
        series=series,
        changes=(),
        summary=without_notice(_on_one_line(part, "SUMMARY", LONGEST_SUMMARY))[0],
        location=_on_one_line(part, "LOCATION", LONGEST_LOCATION),
        description=part.text("DESCRIPTION", LONGEST_DESCRIPTION),
        url=_url(part),
        categories=_categories(part),
        point=_point(part),
        status=_status(part),
        visibility=_visibility(part),
        organizer=_organizer(part),
        sequence=sequence(part),
        created=stamp(part.first("CREATED"), zones),
        modified=modified(part, zones),
        comment=_on_one_line(part, "COMMENT", LONGEST_SUMMARY),
        online=_online(part),
        is_cancel_message=is_cancel_message(part),
        has_start=part.first("DTSTART") is not None,
    )


def changed(
    original: datetime, starts: datetime | None, minutes: int | None, own: Event, event: Event
) -> Change:
    """A change with those texts that differ from the event's; without a begin it is cancelled."""
    summary, location, description = (
        mine if mine != others else ""
        for mine, others in (
            (own.summary, event.summary),
            (own.location, event.location),
            (own.description, event.description),
        )
    )
    said = (own.comment, own.sequence, own.modified)
    return Change(original, starts, minutes, starts is None, summary, location, description, *said)


def sequence(part: Component) -> int:
    """How often the event was revised, as its maker counts."""
    said = part.value("SEQUENCE")
    return (
        min(int(said), MOST_SEQUENCE) if said.isascii() and said.isdigit() and len(said) < 20 else 0
    )


def modified(part: Component, zones: Zones) -> datetime | None:
    """When the event was changed last, in UTC."""
    return stamp(part.first("LAST-MODIFIED"), zones) or stamp(part.first("DTSTAMP"), zones)


def _on_one_line(part: Component, name: str, longest: int) -> str:
    return " ".join(part.text(name, longest).split())


def _word(part: Component, name: str, known: tuple[str, ...], otherwise: str) -> str:
    said = part.value(name).lower()
    return said if said in known else otherwise


def _status(part: Component) -> str:
    if is_cancelled(part):
        return "cancelled"
    return _word(part, "STATUS", ("confirmed", "tentative"), "confirmed")


def _online(part: Component) -> str:
    """The web address at which to join from elsewhere, of RFC 7986 and of those who came before
    it; else nothing.
    """
    addresses = (line.value.strip() for name in ONLINE for line in part.every(name))
    return next((address for address in addresses if _is_address(address)), "")


def _is_address(text: str) -> bool:
    return bool(
        len(text) <= LONGEST_URL and _URL.fullmatch(text) and tidy(text, LONGEST_URL) == text
    )


def address_in(location: str) -> tuple[str, str]:
    """The words of a location and the first web address in it: ``Zaal 2; https://a.example``
    gives both apart.
    """
    address = _URL.search(location)
    if not address:
        return location, ""
    url = address[0].rstrip(".,;)>]\"'")
    rest = location[: address.start()] + " " + location[address.start() + len(url) :]
    words = re.sub(r"[(<\[]\s*[)>\]]", " ", rest)
    words = re.sub(r"\s+([;,])", r"\1", " ".join(words.split()))
    return words.strip(" ;,|/-–—:"), url if _is_address(url) else ""


def _visibility(part: Component) -> str:
    """How secret it is; RFC 5545 section 3.8.1.3 has an unknown word count as private."""
    return _word(
        part,
        "CLASS",
        ("public", "private", "confidential"),
        "private" if part.value("CLASS") else "public",
    )


def _url(part: Component) -> str:
    """A web address; half an address leads to the wrong page, and one of another kind may be a
    trap.
    """
    url = part.value("URL")
    return url if _is_address(url) else ""


def _organizer(part: Component) -> str:
    """The name of who organises it, never a mail address; without an organizer who is named as
    contact.
    """
    found = part.first("ORGANIZER")
    name = (
        tidy(found.parameters.get("CN", ""), LONGEST_SUMMARY)
        if found
        else part.text("CONTACT", LONGEST_SUMMARY)
    )
    return " ".join(_MAIL.sub("", name).split())


def _categories(part: Component) -> tuple[str, ...]:
    words = (
        tidy(item, LONGEST_CATEGORY) for one in part.every("CATEGORIES") for item in one.items()
    )
    return tuple(dict.fromkeys(" ".join(word.split()) for word in words if word))[:MOST_CATEGORIES]


def _point(part: Component) -> tuple[float, float] | None:
    """Longitude and latitude; nought and nought is how some programs say that they do not know."""
    try:
        latitude, longitude = (float(number) for number in re.split(r"\\?[;,]", part.value("GEO")))
    except ValueError:
        return None
    on_earth = math.isfinite(latitude + longitude) and abs(latitude) <= 90 and abs(longitude) <= 180
    return (longitude, latitude) if on_earth and (latitude or longitude) else None
