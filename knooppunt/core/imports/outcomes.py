"""Gathers from the report of a list the records that came of it, each with its page."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext_lazy as _

from knooppunt.core.labels import Label
from knooppunt.core.models import ImportRun
from knooppunt.core.registry.list_kinds import ListKind

MOST_READ, MOST_LISTED = 30_000, 25
# What became of a record, by the outcome or the code of a line of the report, in the order of the
# page.
GROUPS: dict[str, Label] = {
    "created": _("Nieuw"),
    "new_network": _("Nieuw"),
    "updated": _("Gewijzigd"),
    "membership_ended": _("Lidmaatschap voorbij"),
    "missing_from_file": _("Staat niet meer in de lijst"),
}


@dataclass(frozen=True)
class RecordGroup:
    """Records of which the same became: the first, each with its page and name, and how many
    there are besides.
    """

    title: Label
    links: list[tuple[str, str]]
    more: int


def record_groups(kind: ListKind, run: ImportRun) -> list[RecordGroup]:
    """The records that a list made, changed or no longer names; of a long report those of its
    first lines.
    """
    if not run.report or not run.report.storage.exists(run.report.name or ""):
        return []
    slugs: dict[str, dict[str, None]] = {}
    with run.report.open("rb") as file:
        lines = (line.decode("utf-8", "replace") for line in file)
        for row in islice(csv.DictReader(lines), MOST_READ):
            title = GROUPS.get(row["code"] or row["outcome"])
            if title and row["record"]:
                slugs.setdefault(str(title), {})[row["record"]] = None
    shown = [slug for group in slugs.values() for slug in islice(group, MOST_LISTED)]
    pages = kind.pages(shown)
    groups = []
    for title in dict.fromkeys(map(str, GROUPS.values())):
        here = list(slugs.get(title, ()))
        links = [pages[slug] for slug in here[:MOST_LISTED] if slug in pages]
        if links:
            groups.append(RecordGroup(title, links, max(len(here) - MOST_LISTED, 0)))
    return groups
