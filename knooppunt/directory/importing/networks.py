"""Joins the rows of a list to the networks they name, after all rows are in; a named network may stand below them."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from knooppunt.core.trail import Actor
from knooppunt.directory.actions.links import join_many
from knooppunt.directory.actions.records import create_many
from knooppunt.directory.importing.batches import Shelf
from knooppunt.directory.importing.codes import message
from knooppunt.directory.models import Organisation
from knooppunt.kit.findings import Finding, Outcome, Report
from knooppunt.kit.text import nearest, normalise, several

BATCH = 1000
SEMICOLON = r"[;\n|]+"


def settle_networks(actor: Actor, shelf: Shelf, report: Report) -> None:
    """Make the memberships that the rows asked for; unknown networks are added, unless the name nearly is a known one."""
    found = _known({normalise(name) for _line, cell in shelf.networks.values() for name in _readings(cell)})
    wanted = {pk: (line, _names(cell, found)) for pk, (line, cell) in shelf.networks.items()}
    missing: dict[str, tuple[str, int]] = {}
    for line, names in wanted.values():
        for name in names:
            if normalise(name) not in found:
                missing.setdefault(normalise(name), (name, line))
    refused = _near_misses(missing, report)
    new = [
        {"name": name[:200], "role": "network"} for key, (name, _line) in missing.items() if key and key not in refused
    ]
    with transaction.atomic():
        for network in create_many(actor, Organisation, new, shelf.organisation_slugs, shelf.areas):
            found[network.name_key] = network
            report.add(_finding(missing[network.name_key][1], "new_network", network.name, network.slug))
    pairs = list(wanted.items())
    for start in range(0, len(pairs), BATCH):
        _join(actor, pairs[start : start + BATCH], found, report)


def _readings(cell: str) -> list[str]:
    """Every way in which a cell may name networks: as one name, cut at semicolons, and cut at commas too."""
    return [cell, *several(cell, SEMICOLON), *several(cell)]


def _names(cell: str, found: dict[str, Organisation]) -> list[str]:
    """The names in a cell; a comma or slash belongs to a name when the register has one with it."""
    if normalise(cell) in found:
        return [cell]
    parts = several(cell, SEMICOLON)
    return list(
        dict.fromkeys(name for part in parts for name in ([part] if normalise(part) in found else several(part)))
    )


def _known(names: set[str]) -> dict[str, Organisation]:
    """The organisations with these names, a network before another role, the oldest first."""
    found: dict[str, Organisation] = {}
    keys = sorted(names)
    for start in range(0, len(keys), 500):
        rows = Organisation.objects.filter(name_key__in=keys[start : start + 500]).exclude(state="merged")
        for one in sorted(rows, key=lambda row: (row.role == "network", -row.pk)):
            found[one.name_key] = one
    return found


def _near_misses(missing: dict[str, tuple[str, int]], report: Report) -> set[str]:
    """The unknown names that nearly are a known network's; each is reported with that name."""
    refused = set()
    known = list(Organisation.objects.networks().values_list("name", flat=True)) if missing else []
    for key, (name, line) in missing.items():
        close = nearest(name, known, at_least=80)
        if close:
            refused.add(key)
            report.add(_finding(line, "unknown_network", name, "", _("bedoel je %(known)s?") % {"known": close}))
    return refused


def _join(
    actor: Actor, wanted: list[tuple[int, tuple[int, list[str]]]], found: dict[str, Organisation], report: Report
) -> None:
    records = Organisation.objects.in_bulk([pk for pk, _names in wanted])
    pairs, lines = [], defaultdict(int)
    for pk, (line, names) in wanted:
        for name in names:
            network = found.get(normalise(name))
            if network is not None and network.pk != pk:
                pairs.append((records[pk], network))
                lines[pk] = line
    for one, network in join_many(actor, pairs):
        report.add(_finding(lines[one.pk], "network_circle", network.name, one.slug))


def _finding(line: int, code: str, value: str, slug: str, suggestion: str = "") -> Finding:
    outcome: Outcome = "warning"
    return Finding(line, outcome, "networks", code, message(code, value=value), suggestion, slug)
