"""Takes the lines of a calendar file apart: folded lines, names, parameters, and text without
its escape signs.
"""

from __future__ import annotations

import base64
import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from knooppunt.kit.text import clean

_PHYSICAL = re.compile(rb"[^\r\n]+")
# A colon between quotation marks belongs to a parameter; possessive, so that a hostile line costs
# no time.
_HEAD = re.compile(r'((?:[^":]|"[^"]*")*+):', re.S)
_PARAMETER = re.compile(r';([\w-]+)=("[^"]*"|[^;]*)', re.S)
_ESCAPE = re.compile(r'\\([\\,;:"nN])')
_ITEM = re.compile(r"(?:\\.|[^,\\]|\\$)+", re.S)
_BEFORE_DATE = re.compile(r":(?=\s*[0-9]{4}-?[0-9]{2}-?[0-9]{2})")
# Calendars of before 1998 break lines and write letters as mail does.
_SOFT_BREAK = re.compile(rb"[^:]{0,300}ENCODING=QUOTED-PRINTABLE[^:]{0,300}:", re.I)
_CONTROL = re.compile(r"[\x80-\x9f\u2028\u2029]")
_CARET = {"^'": '"', "^n": " ", "^N": " ", "^^": "^"}
# The value of these holds no colon, but careless writers leave one in a time zone without quotation
# marks.
DATED = frozenset(("DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"))


def logical_lines(data: bytes) -> Iterator[str]:
    """The lines of a file, folded ones joined, whatever its line ends; NUL bytes are left out."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode()
    line = bytearray()
    for found in _PHYSICAL.finditer(data.removeprefix(codecs.BOM_UTF8)):
        piece = found[0]
        if piece[0] in b" \t" and line:
            line += piece[1:]
            continue
        if line.endswith(b"=") and _SOFT_BREAK.match(line):
            line = line[:-1] + piece
            continue
        if line:
            yield _decoded(line)
        line = bytearray(piece)
    if line:
        yield _decoded(line)


def _decoded(line: bytearray) -> str:
    """A line as text: UTF-8, else as an old Windows program wrote it."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1").replace("\0", "")


@dataclass(frozen=True)
class Property:
    """One line of a component: its parameters by name in capitals, and its value as it is
    written.
    """

    parameters: dict[str, str]
    value: str

    def items(self) -> list[str]:
        """The values that commas separate, without empty ones."""
        return [item.strip() for item in _ITEM.findall(self.value) if item.strip()]

    def dates(self) -> list[str]:
        """The dates that commas, or with some writers semicolons, separate."""
        return [item for part in self.items() for item in part.split(";") if item]


@dataclass(frozen=True)
class Component:
    """An event as its lines by name; ``is_whole`` is False when the file stopped halfway."""

    properties: dict[str, list[Property]]
    is_whole: bool

    @classmethod
    def of(cls, text: str) -> Self:
        """The component in a text of joined lines; what is no property is passed over."""
        properties: dict[str, list[Property]] = {}
        lines = text.split("\n")
        for line in lines:
            name, found = _taken_apart(line)
            if found and name not in ("BEGIN", "END"):
                properties.setdefault(name, []).append(found)
        return cls(properties, lines[-1].upper().startswith("END:"))

    def every(self, name: str) -> list[Property]:
        """All lines with this name that say something."""
        return [one for one in self.properties.get(name, []) if one.value.strip()]

    def first(self, name: str) -> Property | None:
        """The first line with this name that says something."""
        return next(iter(self.every(name)), None)

    def value(self, name: str) -> str:
        """The value of a line as it is written, empty when there is none."""
        found = self.first(name)
        return found.value.strip() if found else ""

    def text(self, name: str, longest: int) -> str:
        """The value of a line as people read it."""
        found = self.first(name)
        return tidy(found.value, longest) if found else ""


def _taken_apart(line: str) -> tuple[str, Property | None]:
    name = name_of(line)
    if name in DATED:
        date = _BEFORE_DATE.search(line)
        head, colon, value = (
            (line[: date.start()], ":", line[date.end() :]) if date else line.rpartition(":")
        )
    else:
        found = _HEAD.match(line)
        head, colon, value = (found[1], ":", line[found.end() :]) if found else line.partition(":")
    if not name or not colon:
        return "", None
    parameters = {
        one.upper(): _uncareted(said.strip().strip('"')) for one, said in _PARAMETER.findall(head)
    }
    return name, Property(parameters, _unwrapped(value, parameters))


def _unwrapped(value: str, parameters: dict[str, str]) -> str:
    """A value without the wrapping of mail in which older programs put it; as it is when that
    is damaged.
    """
    wrapping = parameters.get("ENCODING", "").upper()
    try:
        if wrapping == "QUOTED-PRINTABLE":
            octets = quopri.decodestring(value.encode())
        elif wrapping in ("BASE64", "B"):
            octets = base64.b64decode(value, validate=True)
        else:
            return value
        return octets.decode(parameters.get("CHARSET", "") or "utf-8")
    except (ValueError, LookupError):
        return value


def name_of(line: str) -> str:
    """What a line is about, in capitals; empty for a line that is no property."""
    cut = min((place for place in (line.find(":"), line.find(";")) if place >= 0), default=0)
    return line[:cut].strip().upper() if cut <= 60 else ""


def _uncareted(said: str) -> str:
    """A parameter without the escape signs of RFC 6868."""
    return re.sub(r"\^['nN^]", lambda found: _CARET[found[0]], said) if "^" in said else said


def tidy(value: str, longest: int) -> str:
    """A text without escape signs and control signs, cut off at a length."""
    plain = _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value[: longest * 8])
    return clean(_CONTROL.sub("", plain))[:longest].strip()
