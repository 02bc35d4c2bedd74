"""Joins the rows of a list to the networks they name, after all rows are in; a named network may stand below them."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.trail import Actor
from knooppunt.directory.actions.links import end_link, join_many
from knooppunt.directory.actions.records import create_many
from knooppunt.directory.importing.batches import Shelf
from knooppunt.directory.importing.codes import message
from knooppunt.directory.models import Membership, Organisation
from knooppunt.kit.findings import Finding, Outcome, Report
from knooppunt.kit.text import nearest, normalise, several

BATCH = 1000
SEMICOLON = r"[;\n|]+"


def settle_networks(actor: Actor, shelf: Shelf, report: Report) -> None:
    """Make the memberships that the rows asked for; unknown networks are added, unless the name nearly is a known one.

    A network that the list named before and names no longer is left as of yesterday.
    """
    found = _known(
        {
            normalise(name)[:200]
            for _line, *cells in shelf.networks.values()
            for cell in cells
            for name in _readings(cell)
        }
    )
    wanted = {
        pk: (line, _names(cell, found)) for pk, (line, cell, _before) in shelf.networks.items()
    }
    missing: dict[str, tuple[str, int]] = {}
    for line, names in wanted.values():
        for name in names:
            if normalise(name)[:200] not in found:
                missing.setdefault(normalise(name)[:200], (name, line))
    refused = _near_misses(missing, report)
    new = [(name, line) for key, (name, line) in missing.items() if key and key not in refused]
    with transaction.atomic():
        rows = [{"name": name[:200], "role": "network"} for name, _line in new]
        for network, (name, line) in zip(
            create_many(actor, Organisation, rows, shelf.organisation_slugs, shelf.areas),
            new,
            strict=True,
        ):
            found[normalise(name)[:200]] = network
            report.add(
                _finding(
                    line,
                    "new_network" if len(name) <= 200 else "long_name",
                    network.name,
                    network.slug,
                )
            )
    pairs = list(wanted.items())
    for start in range(0, len(pairs), BATCH):
        _join(actor, pairs[start : start + BATCH], found, report)
    for pk, (_line, cell, before) in shelf.networks.items():
        gone = {normalise(name)[:200] for name in _names(before, found)} - {
            normalise(name)[:200] for name in _names(cell, found)
        }
        if before and before != cell and gone:
            _leave(actor, pk, [found[key] for key in gone if key in found])


def _leave(actor: Actor, pk: int, networks: list[Organisation]) -> None:
    """End the open memberships in networks that the list no longer names."""
    yesterday = timezone.localdate() - timedelta(days=1)
    for membership in Membership.objects.filter(
        organisation=pk, network__in=networks, until__isnull=True
    ).select_related("organisation"):
        if membership.since is None or membership.since <= yesterday:
            end_link(actor, membership, yesterday)


def _readings(cell: str) -> list[str]:
    """Every way in which a cell may name networks: as one name, cut at semicolons, and cut at commas too."""
    found = [cell]
    for part in several(cell, SEMICOLON):
        pieces = several(part)[:12]
        found += [
            " ".join(pieces[i:j]) for i in range(len(pieces)) for j in range(i + 1, len(pieces) + 1)
        ]
    return found


def _names(cell: str, found: dict[str, Organisation]) -> list[str]:
    """The names in a cell; a comma or slash belongs to a name when the register has one with it."""
    names: list[str] = []
    for part in [cell] if normalise(cell)[:200] in found else several(cell, SEMICOLON):
        pieces = [part] if normalise(part)[:200] in found else several(part)
        while pieces:
            size = next(
                (n for n in range(len(pieces), 1, -1) if normalise(" ".join(pieces[:n])) in found),
                1,
            )
            names.append(", ".join(pieces[:size]))
            del pieces[:size]
    return list(dict.fromkeys(names))


def _known(names: set[str]) -> dict[str, Organisation]:
    """The organisations with these names, a network before another role, the oldest first."""
    found: dict[str, Organisation] = {}
    keys = sorted(names)
    for start in range(0, len(keys), 500):
        rows = Organisation.objects.filter(name_key__in=keys[start : start + 500]).exclude(
            state="merged"
        )
        for one in sorted(rows, key=lambda row: (row.role == "network", -row.pk)):
            found[one.name_key] = one
    return found


def _near_misses(missing: dict[str, tuple[str, int]], report: Report) -> set[str]:
    """The unknown names that nearly are a known network's; each is reported with that name."""
    refused = set()
    known = list(Organisation.objects.networks().values_list("name", flat=True)) if missing else []
    for key, (name, line) in missing.items():
        close = nearest(name, known, at_least=88)
        if close:
            refused.add(key)
            report.add(
                _finding(
                    line, "unknown_network", name, "", _("bedoel je %(known)s?") % {"known": close}
                )
            )
    return refused


def _join(
    actor: Actor,
    wanted: list[tuple[int, tuple[int, list[str]]]],
    found: dict[str, Organisation],
    report: Report,
) -> None:
    records = Organisation.objects.only("name").in_bulk([pk for pk, _names in wanted])
    pairs, lines = [], defaultdict(int)
    for pk, (line, names) in wanted:
        for name in names:
            network = found.get(normalise(name)[:200])
            if network is not None and network.pk != pk:
                pairs.append((records[pk], network))
                lines[pk] = line
    for one, network in join_many(actor, pairs):
        report.add(_finding(lines[one.pk], "network_circle", network.name, one.slug))


def _finding(line: int, code: str, value: str, slug: str, suggestion: str = "") -> Finding:
    outcome: Outcome = "warning"
    return Finding(line, outcome, "networks", code, message(code, value=value), suggestion, slug)
