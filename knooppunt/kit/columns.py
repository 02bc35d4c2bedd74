"""Recognises what columns of a spreadsheet mean, by the names that a kind of list knows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from knooppunt.kit.headings import Knows
from knooppunt.kit.tables import Table, open_table
from knooppunt.kit.text import nearest, normalise, slugify

# Words that say nothing of a column by themselves, and words that make of a column something else.
VAGUE = frozenset(
    "nummer nr number code id x y pc open over wat wie doel tekst start begin eind end tot type"
    " aard punt contact plaats van dag tijd waar door bron taal to from".split()
)
DOUBTFUL = frozenset(
    "oud oude vorig vorige aantal verstuurd datum laatste controle akkoord toestemming jaar".split()
)


@dataclass(frozen=True)
class Columns:
    """How a header is understood: per column its field or an empty text, and what was guessed."""

    header: list[str]
    fields: list[str]
    guessed: list[int]

    @property
    def unmapped(self) -> list[str]:
        """The names of the columns that no field takes."""
        numbered = enumerate(zip(self.header, self.fields, strict=True), start=1)
        return [name or f"kolom {number}" for number, (name, field) in numbered if not field]

    @property
    def by_name(self) -> dict[str, str]:
        """Column name to field, as it is saved."""
        return dict(zip(self.header, self.fields, strict=True))


class BadMapping(ValueError):
    """The mapping file cannot be used; the text says why."""


@dataclass(frozen=True)
class KnownColumns:
    """The fields of a kind of list, each with the names by which its column goes.

    ``several`` are the fields that more columns may have; their cells are joined.
    """

    fields: Mapping[str, tuple[str, ...]]
    several: frozenset[str]

    @cached_property
    def _known(self) -> dict[str, str]:
        return {normalise(name): field for field, names in self.fields.items() for name in names}

    def recognise(self, header: list[str], saved: Mapping[str, str] | None = None) -> Columns:
        """Give every column its field.

        A saved mapping goes first, then known names, then names that differ a letter.
        """
        known, several = self._known, self.several
        saved = {normalise(name): field for name, field in (saved or {}).items()}
        keys = [normalise(name) for name in header]
        sure = [saved[key] if key in saved else known.get(key, "") for key in keys]
        fields: list[str] = []
        guessed: list[int] = []
        for number, key in enumerate(keys):
            field = sure[number] if sure[number] in self.fields else ""
            if not field and key not in saved:
                field = _by_words(key, known) or _by_nearness(key, known)
                # A name that is known goes before one that looks like it, wherever it stands.
                field = field if field in several or field not in sure else ""
                if field and (field in several or field not in fields):
                    guessed.append(number)
            fields.append(field if key in saved or field not in fields or field in several else "")
        if "name" not in fields and "name" not in saved.values():
            _borrow_name(header, fields)
        return Columns(header, fields, guessed)

    def knowing(self, saved: Mapping[str, str] | None = None) -> Knows:
        """A function that says which field a name of a column means, as saved or as known.

        A column that was kept apart before is known too: it gives a field of its own that is none
        of ours.
        """
        known = dict(self._known)
        known |= {normalise(name): field or f"~{name}" for name, field in (saved or {}).items()}

        def knows(cell: str) -> str:
            return known.get(normalise(cell), "")

        return knows

    def read_mapping(self, path: Path) -> dict[str, str]:
        """A saved mapping from TOML: ``[columns]`` with ``"Column name" = "field"``.

        An empty field keeps a column apart. Raises BadMapping.
        """
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
            raise BadMapping(str(problem)) from problem
        columns: dict[str, str] = raw.get("columns", raw)
        for name, meant in columns.items():
            if meant not in ("", *self.fields):
                raise BadMapping(f"{name!r} = {meant!r}: choose one of {', '.join(self.fields)}")
        return columns


@dataclass
class ListFile:
    """A list and how it is read: known column names, a saved mapping, sheet and heading row.

    ``name`` is what the file was called by who sent it; an empty ``sheet`` and a row of 0 are
    looked for.
    """

    path: Path
    known: KnownColumns
    name: str = ""
    mapping: dict[str, str] = field(default_factory=dict)
    sheet: str = ""
    header_row: int = 0

    def __post_init__(self) -> None:
        self.name = self.name or self.path.name

    @property
    def stem(self) -> str:
        """The part of the name that stays when the list gets another number or date."""
        return list_stem(self.name)

    def table(self) -> Table:
        """The file, with the row of its header found. Raises UnreadableFile."""
        knows = self.known.knowing(self.mapping)
        return open_table(self.path, knows, self.sheet, self.header_row)

    def columns(self, table: Table | None = None) -> Columns:
        """How the header is understood; of a table that was opened already, or opened for this.

        Raises UnreadableFile.
        """
        return self.known.recognise((table or self.table()).header, self.mapping)

    def header(self, mapping: dict[str, str]) -> list[str]:
        """The names of the columns when a saved mapping says which names are known.

        Raises UnreadableFile.
        """
        return replace(self, mapping=mapping).table().header


def list_stem(name: str) -> str:
    """The part of a file's name that stays when the list gets another number or date."""
    return slugify(
        re.sub(
            r"[\d_().-]+|\b(v|versie|version|kopie|copy|def|new|nieuw)\b",
            " ",
            name.rsplit(".", 1)[0],
        ),
        24,
    )


def _by_words(key: str, known: dict[str, str]) -> str:
    """The field of the longest known name among the words of a column name.

    "name" only when there is no other.
    """
    words = key.split()
    if len(words) < 2 or DOUBTFUL & set(words):
        return ""
    for size in range(len(words) - 1, 0, -1):
        runs = [" ".join(words[at : at + size]) for at in range(len(words) - size + 1)]
        fields = [known[run] for run in runs if run in known and run not in VAGUE]
        if fields:
            return next((field for field in fields if field != "name"), fields[0])
    return ""


def _by_nearness(key: str, known: dict[str, str]) -> str:
    """The field of the known name that differs a letter."""
    close = nearest(key, known, at_least=84) if len(key) >= 5 else None
    return known[close] if close else ""


def _borrow_name(header: list[str], fields: list[str]) -> None:
    """Without a column of names, one that has ``naam`` or ``name`` in it will do."""
    for number, name in enumerate(header):
        if not fields[number] and ("naam" in normalise(name) or "name" in normalise(name)):
            fields[number] = "name"
            return


def as_toml(mapping: dict[str, str]) -> str:
    """A mapping as the TOML that ``read_mapping`` reads."""
    escaped = {
        name.replace("\\", "\\\\").replace('"', '\\"'): field for name, field in mapping.items()
    }
    return "[columns]\n" + "".join(f'"{name}" = "{field}"\n' for name, field in escaped.items())
