"""Reads cells that name networks: several in a cell, names with a comma or "en" in them, and typing errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process

from knooppunt.core.models import ImportWord
from knooppunt.directory.models import Organisation
from knooppunt.kit.text import alike, is_slip, normalise, several

SEMICOLON = r"[;\n|]+"
_JOINED = re.compile(r"\s+(?:en|and|&|\+)\s+|\s*/\s*", re.I)


def key_of(name: str) -> str:
    """The form in which names of networks are compared; empty for signs alone, and then it names nothing."""
    return normalise(name)[:200]


@dataclass
class Names:
    """The names of networks in one list. ``found`` holds organisations by key, ``said`` how a name was written."""

    found: dict[str, Organisation] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    alone: set[str] = field(default_factory=set)
    # Folded names with the slug of the network that they stand for, and those that are no network or a new one.
    meant: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)

    def learn(self, cells: Iterable[str]) -> None:
        """Look through all cells once: which names the register knows, and which stand alone in a cell."""
        different = {cell for cell in cells if cell}
        keys = {key_of(reading) for cell in different for reading in _readings(cell)}
        self._look_up(sorted(keys - {""}))
        networks = {
            one.slug: one for one in Organisation.objects.filter(slug__in=self.meant.values())
        }
        self.found.update(
            {key: networks[slug] for key, slug in self.meant.items() if slug in networks}
        )
        for cell in different:
            for part in several(cell, SEMICOLON):
                pieces = several(part)
                self.alone.update(key_of(piece) for piece in pieces if not _JOINED.search(piece))
        self.alone.discard("")

    def _look_up(self, keys: list[str]) -> None:
        """The organisations with these names, a network before another role, the oldest first."""
        for start in range(0, len(keys), 500):
            rows = Organisation.objects.filter(name_key__in=keys[start : start + 500])
            for one in sorted(
                rows, key=lambda row: (not row.merged_into_id, row.role == "network", -row.pk)
            ):
                if one.state != "merged" or one.merged_into_id:
                    self.found[one.name_key] = _where_it_went(one)

    def read(self, cell: str) -> list[str]:
        """The keys of the networks that a cell names, in order and once each."""
        if not cell:
            return []
        names: list[str] = []
        for part in [cell] if key_of(cell) in self.found else several(cell, SEMICOLON):
            pieces = [part] if key_of(part) in self.found else several(part)
            while pieces:
                size = self._longest(pieces)
                names += self._apart(", ".join(pieces[:size]))
                del pieces[:size]
        keys = [key_of(name) for name in names]
        for key, name in zip(keys, names, strict=True):
            self.said.setdefault(key, name)
        left_out = {key for key, answer in self.others.items() if answer != ImportWord.Answer.NEW}
        return list(dict.fromkeys(key for key in keys if key and key not in left_out))

    def _longest(self, pieces: list[str]) -> int:
        """How many pieces from the first together are the name of a known organisation; else one."""
        sizes = range(len(pieces), 1, -1)
        return next((n for n in sizes if key_of(" ".join(pieces[:n])) in self.found), 1)

    def _apart(self, name: str) -> list[str]:
        """Names joined by "en" or a slash, when one of them is known by itself; a slash alone parts them too."""
        pieces = [piece for piece in _JOINED.split(name) if piece.strip()]
        if len(pieces) < 2 or key_of(name) in self.found:
            return [name]
        known = [piece for piece in pieces if key_of(piece) in self.found.keys() | self.alone]
        is_list = "/" in name and all(len(key_of(piece)) > 2 for piece in pieces)
        return pieces if known or is_list else [name]

    def near_misses(self, users: dict[str, int]) -> dict[str, str]:
        """The unknown names that nearly are a known network's, or one that more rows name; each with that name."""
        known = {
            key_of(name): name for name in Organisation.objects.networks().values_list("name", flat=True)
        }  # fmt: skip
        known |= {key: one.name for key, one in self.found.items() if users.get(key)}
        known.pop("", None)
        close: dict[str, str] = {}
        missing = [key for key in users if key not in self.found and key not in self.others]
        for key in sorted(missing, key=lambda key: -users[key]):
            best = process.extractOne(key, known.keys(), scorer=alike, score_cutoff=80)
            if best and is_slip(key, best[0]):
                close[key] = known[best[0]]
            else:
                known[key] = self.said[key]
        return close


def _where_it_went(merged: Organisation) -> Organisation:
    """The record that a merged one went into, through several merges; else the record itself."""
    one: Organisation = merged
    seen = {one.pk}
    while one.merged_into_id and one.merged_into_id not in seen:
        seen.add(one.merged_into_id)
        one = Organisation.objects.get(pk=one.merged_into_id)
    return one


def _readings(cell: str) -> list[str]:
    """Every way in which a cell may name networks: as one name, cut at semicolons, at commas, and at "en"."""
    readings = [cell]
    for part in several(cell, SEMICOLON):
        pieces = several(part)[:12]
        readings += [
            " ".join(pieces[i:j]) for i in range(len(pieces)) for j in range(i + 1, len(pieces) + 1)
        ]
        for piece in pieces:
            readings += _JOINED.split(piece)[:12]
    return readings
