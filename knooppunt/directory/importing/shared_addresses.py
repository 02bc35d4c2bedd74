"""Puts together the records of one import that share a website or address, so that each group
is named once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from knooppunt.directory.importing.codes import message
from knooppunt.directory.importing.matching import Index, Known
from knooppunt.directory.models import DuplicateCandidate, Organisation
from knooppunt.kit.findings import Finding
from knooppunt.kit.headings import STEP

# How many records of a group are named.
MOST_NAMED = 6


@dataclass
class Member:
    """A record of a group: its number in the register, and what it is called."""

    pk: int
    name: str
    slug: str


@dataclass
class SharedSpots:
    """Groups of records by what they share, with the line of the new row that was added last."""

    members: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    lines: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    # Pairs that were named already, for another reason.
    named: set[frozenset[int]] = field(default_factory=set)

    def copy(self) -> SharedSpots:
        """The groups as they are now, to go back to when a batch is refused."""
        members = {key: set(pks) for key, pks in self.members.items()}
        return SharedSpots(members, dict(self.lines), set(self.named))

    def add(self, index: Index, new: Known) -> None:
        """Put a new record with those that have its website or address."""
        for why, key, others in (
            ("website", new.website, index.by_website),
            ("address", new.address, index.by_address),
        ):
            here = {pk for pk in others.get(key, ()) if key and self._stands(index, pk)}
            if here:
                self.members.setdefault((why, key), set()).update(here, {new.pk})
                self.lines[why, key] = new.line, new.pk

    @staticmethod
    def _stands(index: Index, pk: int) -> bool:
        return pk in index.known and not index.known[pk].leads_to

    def findings(self, index: Index) -> Iterator[tuple[Finding, str, str]]:
        """One finding per group, with slug and name of its newest record."""
        told: list[set[int]] = []
        for key, pks in self.members.items():
            is_pair = len(pks) == 2 and frozenset(pks) in self.named
            if is_pair or any(pks <= group for group in told):
                continue
            told.append(pks)
            line, newest = self.lines[key]
            members = self._members(pks, newest)
            why = DuplicateCandidate.REASONS[key[0]]
            if len(pks) == 2:
                other = index.known[members[-1].pk]
                where = f" (#{other.line % STEP})" if other.line else ""
                value = f"{members[-1].name}{where}"
                words = message("possible_duplicate", value=value, why=why)
            else:
                words = message("shared_spot", value=_listed(members), number=len(pks), why=why)
            code = "possible_duplicate" if len(pks) == 2 else "shared_spot"
            finding = Finding(
                line, "warning", key[0] if code == "shared_spot" else "name", code, words
            )
            yield finding, members[0].slug, members[0].name

    @staticmethod
    def _members(pks: set[int], newest: int) -> list[Member]:
        """The newest record and as many others as are named."""
        others = sorted(pks - {newest})[:MOST_NAMED]
        rows = Organisation.objects.in_bulk([newest, *others])
        return [Member(pk, rows[pk].name, rows[pk].slug) for pk in (newest, *others) if pk in rows]


def _listed(members: list[Member]) -> str:
    names = ", ".join(member.name[:30] for member in members[:MOST_NAMED])
    return names if len(members) <= MOST_NAMED else _("%(names)s en meer") % {"names": names}
