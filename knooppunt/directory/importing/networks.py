"""Joins the rows of a list to the networks they name, after all rows are in; a named network
may stand below them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from knooppunt.core.audit.trail import Actor
from knooppunt.core.imports.answers import Answers
from knooppunt.directory.actions.links import end_link, join_many, join_network
from knooppunt.directory.actions.listed import ask_about, listed_again
from knooppunt.directory.actions.records import change_many, create_many
from knooppunt.directory.importing.batches import ImportContext
from knooppunt.directory.importing.codes import ASKED, message, message_meant
from knooppunt.directory.importing.naming import Names, key_of
from knooppunt.directory.importing.words import GENERAL, Words
from knooppunt.directory.models import Membership, Organisation
from knooppunt.kit.findings import Finding, Report
from knooppunt.kit.text import normalise

BATCH = 1000


def settle_networks(
    actor: Actor,
    shelf: ImportContext,
    report: Report,
    answers: Answers,
    asks_about_new: bool = False,
) -> None:
    """Make the memberships that the rows asked for, and end or ask about those that they no longer
    name.

    Unknown networks are added, unless the name nearly is another one's; whoever is named as a
    network becomes one, unless its own row says that it is something else.
    """
    others = {key: said for (name, key), said in answers.others.items() if name == "networks"}
    names = Names(meant=answers.words_for("networks"), others=others)
    _Settling(actor, shelf, report, names, asks_about_new).go()


@dataclass
class _Settling:
    """The networks of one import."""

    actor: Actor
    shelf: ImportContext
    report: Report
    names: Names
    # Before anything is added, somebody can still say that a new name is that of a network we know.
    asks_about_new: bool
    records: dict[int, tuple[str, str]] = field(default_factory=dict)
    # Per row: the keys of the networks that it names now, and of those it named the last time.
    wanted: dict[int, list[str]] = field(default_factory=dict)
    before: dict[int, list[str]] = field(default_factory=dict)

    def go(self) -> None:
        rows = self.shelf.networks
        self.names.learn([cell for _line, *cells in rows.values() for cell in cells])
        self.wanted = {pk: self.names.read(cell) for pk, (_line, cell, _before) in rows.items()}
        self.before = {
            pk: self.names.read(before)
            for pk, (_line, cell, before) in rows.items()
            if before and before != cell
        }
        self._load_records()
        users: dict[str, list[int]] = defaultdict(list)
        for pk, keys in self.wanted.items():
            for key in keys:
                users[key].append(pk)
        close = self.names.near_misses({key: len(pks) for key, pks in users.items()})
        for key, meant in close.items():
            for pk in users[key]:
                hint = message_meant(meant) if meant else ""
                self._find(pk, "unknown_network", self.names.said[key], hint)
        self._name_rests()
        self._add(users, set(close))
        self._become_networks(users)
        pairs = list(self.wanted.items())
        for start in range(0, len(pairs), BATCH):
            self._join(pairs[start : start + BATCH])
        self._leave(close)

    def _load_records(self) -> None:
        """Slug and name of each row's record, for the report."""
        pks = list(self.shelf.networks)
        for start in range(0, len(pks), 500):
            rows = Organisation.objects.filter(pk__in=pks[start : start + 500])
            self.records.update(
                {pk: (slug, name) for pk, slug, name in rows.values_list("pk", "slug", "name")}
            )

    def _name_rests(self) -> None:
        """Name what stood in brackets behind a network, and is no part of its name."""
        for pk, (_line, cell, _before) in self.shelf.networks.items():
            for rest in self.names.rests.get(cell, ()):
                self._find(pk, "network_rest", rest)

    def _find(self, pk: int, code: str, value: str, suggestion: str = "") -> None:
        """Report something about the networks of a row."""
        line = self.shelf.networks[pk][0]
        words = message(code, value=value)
        word = value if code in ASKED else ""
        finding = Finding(line, "warning", "networks", code, words, suggestion, word=word)
        self.report.add_for(finding, *self.records.get(pk, ("", "")))

    def _add(self, users: dict[str, list[int]], refused: set[str]) -> None:
        """Networks without a row of their own."""
        new = [key for key in users if key not in self.names.found and key not in refused]
        with transaction.atomic():
            rows = [{"name": self.names.said[key][:200], "role": "network"} for key in new]
            shelf = self.shelf
            made = create_many(
                self.actor, Organisation, rows, shelf.organisation_slugs, shelf.areas
            )
        for key, network in zip(new, made, strict=True):
            self.names.found[key] = network
            code = "new_network" if len(self.names.said[key]) <= 200 else "long_name"
            line = shelf.networks[users[key][0]][0]
            words = message(code, value=network.name)
            finding = Finding(line, "warning", "networks", code, words)
            self.report.add_for(finding, network.slug, network.name)
            if self.asks_about_new and key not in self.names.others:
                self.report.ask("networks", network.name, rows=len(users[key]))

    def _become_networks(self, users: dict[str, list[int]]) -> None:
        """Whoever is named as a network is one; when it is said to be something else, that is
        asked on the worklist.
        """
        words, changes = Words(), []
        for key, pks in users.items():
            one = self.names.found.get(key)
            number = sum(one is not None and pk != one.pk for pk in pks)
            if one is None or one.role == "network" or not number:
                continue
            code = "named_but_other" if says_other(one, words) else "named_as_network"
            if code == "named_as_network":
                changes.append((one, {"role": "network"}))
            known = self.shelf.index.known.get(one.pk)
            sentence = message(code, value=one.name, number=number)
            line = known.line if known else 0
            finding = Finding(line, "warning", "role", code, sentence)
            self.report.add_for(finding, one.slug, one.name)
        change_many(self.actor, changes, self.shelf.areas)

    def _join(self, wanted: list[tuple[int, list[str]]]) -> None:
        records = Organisation.objects.only("name").in_bulk([pk for pk, _keys in wanted])
        pairs = [
            (records[pk], network)
            for pk, keys in wanted
            for key in keys
            if (network := self.names.found.get(key)) is not None and network.pk != pk
        ]
        for one, network in join_many(self.actor, pairs):
            self._find(one.pk, "network_circle", network.name)
        listed_again([(one.pk, network.pk) for one, network in pairs])
        again = {pk: set(keys) - set(self.before[pk]) for pk, keys in wanted if pk in self.before}
        for one, network in pairs:
            if key_of(network.name) in again.get(one.pk, ()):
                self._join_again(one, network)

    def _join_again(self, one: Organisation, network: Organisation) -> None:
        """A membership that had ended begins anew when the list names it anew."""
        rows = Membership.objects.filter(organisation=one, network=network)
        if rows.exists() and not rows.filter(until__isnull=True).exists():
            try:
                join_network(self.actor, one, network, since=timezone.localdate())
            except ValidationError:  # it still runs today, or it would be a circle
                return

    def _leave(self, close: dict[str, str]) -> None:
        """End what the list no longer names; ask first when the cell is empty or nearly says
        the same.
        """
        for pk, before in self.before.items():
            now = self.wanted[pk]
            for key in before:
                network = self.names.found.get(key)
                if key in now or network is None:
                    continue
                near = next((name for name in now if close.get(name) == network.name), None)
                rows = Membership.objects.filter(
                    organisation=pk, network=network, until__isnull=True
                )
                if near or not now:
                    if ask_about(rows, self.names.said[near] if near else "") and not near:
                        self._find(pk, "network_emptied", network.name)
                    continue
                for membership in rows.select_related("organisation"):
                    self._end(pk, membership, network.name)

    def _end(self, pk: int, membership: Membership, name: str) -> None:
        yesterday = timezone.localdate() - timedelta(days=1)
        if membership.since is None or membership.since <= yesterday:
            end_link(self.actor, membership, yesterday)
            self._find(pk, "membership_ended", name)


def says_other(one: Organisation, words: Words) -> bool:
    """True if an organisation is said to be something else than a network: by its kind, its
    row, or a person.
    """
    if one.kind_id or one.role == "institution" or not one.imported:
        return True
    kind, role = normalise(one.imported.get("kind", "")), one.imported.get("role", "")
    if role and words.role(role) in ("initiative", "institution"):
        return True
    return bool(kind) and kind not in GENERAL and words.role(kind) is None
