"""What one row of a list says about an organisation and its place, and what was odd about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from knooppunt.directory.importing.codes import ASKED, message
from knooppunt.kit import hours
from knooppunt.kit.findings import Finding


@dataclass
class Draft:
    """What a row says.

    ``parts`` holds per field what it sets on the organisation; ``place_parts`` on its place.
    """

    line: int
    raw: dict[str, str]
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    place_parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    contacts: dict[str, list[tuple[str, str, str, str]]] = field(default_factory=dict)
    networks: str = ""
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    volunteers: tuple[int, date | None] | None = None
    hours: list[hours.Stretch] | None = None
    confirmed_on: date | None = None
    wants_place: bool | None = None
    slug: str = ""
    kept: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    described: Any = None
    claims: list[tuple[str, str, int]] = field(default_factory=list)

    def find(self, code: str, column: str, suggestion: str = "", **words: object) -> None:
        """Note something odd about a field."""
        word = str(words.get("value", "")) if code in ASKED else ""
        finding = Finding(self.line, "warning", column, code, message(code, **words), suggestion)
        self.findings.append(replace(finding, word=word))

    def keep(self, column: str, value: str) -> None:
        """Keep what no field can hold with the record, beside what is kept there already."""
        self.kept[column] = f"{self.kept[column]}; {value}" if self.kept.get(column) else value

    @property
    def values(self) -> dict[str, Any]:
        """Everything for the organisation."""
        return {name: value for part in self.parts.values() for name, value in part.items()}

    @property
    def place_values(self) -> dict[str, Any]:
        """Everything for the place."""
        return {name: value for part in self.place_parts.values() for name, value in part.items()}

    @property
    def has_spot(self) -> bool:
        """True if the row says where or when one can go."""
        return bool(self.place_parts.keys() & {"street", "point", "latitude", "postcode", "hours"})
