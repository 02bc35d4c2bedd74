"""Reads cells that name networks: several in a cell, names with a comma or "en" in them, and
typing errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process

from knooppunt.core.models import ImportWord
from knooppunt.directory.importing.network_cells import (
    DASHED,
    DOUBTED,
    JOINED,
    behind,
    is_abbreviation,
    is_about_member,
    is_no_name,
    names_nothing,
    other_forms,
    parts_of,
    pieces_of,
    plain_name,
)
from knooppunt.directory.models import Organisation
from knooppunt.kit.text import alike, is_slip, normalise

# The most pieces between commas or an "and" that are tried together as one name.
MOST_TOGETHER = 12


def key_of(name: str) -> str:
    """The form in which names of networks are compared; empty for signs alone, and then it
    names nothing.
    """
    return normalise(name)[:200]


@dataclass
class Names:
    """The names of networks in one list.

    ``found`` holds organisations by key, ``said`` how a name was written.
    """

    found: dict[str, Organisation] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    # Keys that stand alone in a cell; ``whole`` those with an "en" in them that do.
    alone: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    # The abbreviation and the full name of "Full name (FN)", each with the key that stands for
    # both.
    aliases: dict[str, str] = field(default_factory=dict)
    # What cannot be joined as it stands, each with the name that was probably meant or nothing.
    doubted: dict[str, str] = field(default_factory=dict)
    # Per cell the words in brackets that are no part of a name.
    rests: dict[str, list[str]] = field(default_factory=dict)
    # Folded names with the slug of the network that they stand for, and those that are no network
    # or a new one.
    meant: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)

    def learn(self, cells: Iterable[str]) -> None:
        """Look through all cells once: which names the register knows, and which stand alone in
        a cell.
        """
        different = {cell for cell in cells if cell}
        keys = {key_of(reading) for cell in different for reading in _readings(cell)}
        self._look_up(sorted(keys - {""}))
        networks = {
            one.slug: one for one in Organisation.objects.filter(slug__in=self.meant.values())
        }
        self.found.update(
            {key: networks[slug] for key, slug in self.meant.items() if slug in networks}
        )
        written: set[str] = set()
        for cell in different:
            for part in parts_of(cell):
                pieces = [plain_name(piece) for piece in pieces_of(part)]
                written.update(pieces)
                for piece in pieces:
                    joined = JOINED.search(piece) or DASHED.search(piece) or DOUBTED.search(piece)
                    (self.whole if joined else self.alone).add(key_of(piece))
        self.alone.discard("")
        self._learn_abbreviations(written, keys)

    def _look_up(self, keys: list[str]) -> None:
        """The organisations with these names, a network before another role, the oldest first."""
        for start in range(0, len(keys), 500):
            rows = Organisation.objects.filter(name_key__in=keys[start : start + 500])
            for one in sorted(
                rows, key=lambda row: (not row.merged_into_id, row.role == "network", -row.pk)
            ):
                if one.state != "merged" or one.merged_into_id:
                    self.found[one.name_key] = _where_it_went(one)

    def _learn_abbreviations(self, written: set[str], keys: set[str]) -> None:
        """Which short name stands for which full one, when somebody wrote both: "Full name
        (FN)".
        """
        known = Organisation.objects.exclude(state="merged").filter(name__endswith=")")
        organisations = {one.name: one for one in known}
        meant: dict[str, set[str]] = {}
        for name in sorted({*written, *organisations}):
            full, short = behind(name)
            if not is_abbreviation(short) or not {key_of(full), key_of(short)} & keys:
                continue
            key = key_of(name)
            if name in organisations:
                self.found.setdefault(key, organisations[name])
            self.said.setdefault(key, name)
            for other in (full, short):
                meant.setdefault(key_of(other), set()).add(key)
        for other, names in meant.items():
            if len(names) == 1 and other not in self.found:
                self.aliases[other] = names.pop()
            elif len(names) == 1:
                self.aliases[names.pop()] = other

    def _is_known(self, name: str) -> bool:
        return (
            key_of(name) in self.found or key_of(name) in self.alone or key_of(name) in self.aliases
        )

    def read(self, cell: str) -> list[str]:
        """The keys of the networks that a cell names, in order and once each."""
        if not cell:
            return []
        if key_of(cell) in self.found:
            names = [cell]
        else:
            names = [name for part in parts_of(cell) for name in self._of_part(part)]
        keys = [self._key(name, cell) for name in names]
        left_out = {key for key, answer in self.others.items() if answer != ImportWord.Answer.NEW}
        return list(dict.fromkeys(key for key in keys if key and key not in left_out))

    def _of_part(self, part: str) -> list[str]:
        """The names of a part of a cell; the longest run of pieces that is a known name stays
        whole.
        """
        pieces = [part] if key_of(plain_name(part)) in self.found else pieces_of(part)
        names: list[str] = []
        while pieces:
            size = self._longest(pieces)
            names += self._apart(plain_name(", ".join(pieces[:size])))
            del pieces[:size]
        return names

    def _key(self, name: str, cell: str) -> str:
        """The key by which a name is kept, and how it was written; empty for what names nothing."""
        if names_nothing(name):
            return ""
        is_doubted = name.endswith("?")
        name = name.rstrip("? ")
        full, rest = behind(name)
        is_loose = rest and key_of(name) not in self.found and not is_abbreviation(rest)
        if is_loose and (is_about_member(rest) or self._is_known(full)):
            rests = self.rests.setdefault(cell, [])
            rests += [rest] if rest not in rests else []
            name = full
        key = self.aliases.get(key_of(name), key_of(name))
        before = self.said.get(key)
        if before is None or (before.isupper() and not name.isupper() and key_of(name) == key):
            self.said[key] = name
        if is_doubted:
            doubted = f"{key} ?"
            self.said[doubted], self.doubted[doubted] = f"{name}?", self.said[key]
            return doubted
        if is_no_name(name) and key not in self.found:
            self.doubted[key] = ""
        return key

    def _longest(self, pieces: list[str]) -> int:
        """How many pieces from the first together are the name of a known organisation; else
        one.
        """
        sizes = range(min(len(pieces), MOST_TOGETHER), 1, -1)
        return next((n for n in sizes if key_of(" ".join(pieces[:n])) in self.found), 1)

    def _apart(self, name: str) -> list[str]:
        """Names joined by "en", a slash or a dash, when one of them is known by itself; a slash
        alone parts them too.
        """
        if self._is_known(name) or is_no_name(name):
            return [name]
        dashed = [plain_name(piece) for piece in DASHED.split(name)]
        if len(dashed) > 1 and all(map(self._is_known, dashed)):
            return dashed
        doubted = [piece for piece in DOUBTED.split(name) if self._is_known(piece)]
        if doubted and len(DOUBTED.split(name)) > 1:
            self.doubted[key_of(name)] = ", ".join(doubted)
            return [name]
        pieces = JOINED.split(name)
        runs = list(self._runs(pieces))
        is_list = "/" in name and all(len(key_of(piece)) > 2 for piece in pieces[::2])
        is_parted = len(runs) > 1 and (is_list or any(map(self._is_known, runs)))
        return [plain_name(run) for run in runs if run.strip()] if is_parted else [name]

    def _runs(self, pieces: list[str]) -> Iterator[str]:
        """Pieces with the words between them, joined again where together they are a name that
        stands alone elsewhere.
        """
        at, last = 0, len(pieces)
        while at < last:
            for end in range(min(last, at + 2 * MOST_TOGETHER - 1), at, -2):
                run = "".join(pieces[at:end])
                is_all = end - at == last
                if (
                    end - at == 1
                    or self._is_known(run)
                    or (key_of(run) in self.whole and not is_all)
                ):
                    yield run
                    at = end + 1
                    break

    def near_misses(self, users: dict[str, int]) -> dict[str, str]:
        """The unknown names that nearly are a known network's, or one that more rows name; each
        with that name.
        """
        known = {
            key_of(name): name
            for name in Organisation.objects.networks().values_list("name", flat=True)
        }
        known |= {key: one.name for key, one in self.found.items() if users.get(key)}
        known.pop("", None)
        close = {key: meant for key, meant in self.doubted.items() if key in users}
        missing = [
            key for key in users if key not in self.found and key not in {*self.others, *close}
        ]
        close |= self._by_other_forms(missing) | self._by_initials(missing, known)
        for key in sorted(missing, key=lambda key: -users[key]):
            if key in close:
                continue
            best = process.extractOne(key, known.keys(), scorer=alike, score_cutoff=80)
            if best and is_slip(key, best[0]):
                close[key] = known[best[0]]
            else:
                known[key] = self.said[key]
        return close

    @staticmethod
    def _by_other_forms(missing: list[str]) -> dict[str, str]:
        """Names of which the register has one with another legal form: "Stichting X" for "X"."""
        forms = {form: key for key in missing for form in other_forms(key) if form != key}
        rows = Organisation.objects.filter(name_key__in=list(forms)).exclude(state="merged")
        return {forms[one.name_key]: one.name for one in rows}

    def _by_initials(self, missing: list[str], known: dict[str, str]) -> dict[str, str]:
        """Abbreviations that are the initials of one known network, which nobody wrote beside
        it.
        """
        full: dict[str, list[str]] = {}
        for key, name in (known | {key: self.said[key] for key in missing}).items():
            words = key.split()
            if len(words) > 1:
                full.setdefault("".join(word[0] for word in words), []).append(name)
        short = {key for key in missing if is_abbreviation(self.said[key])}
        return {key: full[key][0] for key in short if len(full.get(key, ())) == 1}


def _where_it_went(merged: Organisation) -> Organisation:
    """The record that a merged one went into, through several merges; else the record itself."""
    one: Organisation = merged
    seen = {one.pk}
    while one.merged_into_id and one.merged_into_id not in seen:
        seen.add(one.merged_into_id)
        one = Organisation.objects.get(pk=one.merged_into_id)
    return one


def _readings(cell: str) -> list[str]:
    """Every way in which a cell may name networks: as one name, cut at semicolons, at commas,
    and at "en".
    """
    readings = [cell]
    for part in parts_of(cell):
        pieces = pieces_of(part)[:MOST_TOGETHER]
        readings += [
            " ".join(pieces[i:j]) for i in range(len(pieces)) for j in range(i + 1, len(pieces) + 1)
        ]
        for name in map(plain_name, (part, *pieces)):
            readings += [name, behind(name)[0], behind(name)[1]]
            for separator in (JOINED, DASHED, DOUBTED):
                readings += map(plain_name, separator.split(name)[:24])
            joined = JOINED.split(name)[:MOST_TOGETHER]
            readings += [
                "".join(joined[i:j])
                for i in range(0, len(joined), 2)
                for j in range(i + 1, len(joined) + 1, 2)
            ]
    return readings
