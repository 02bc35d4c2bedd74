"""Loads invented needs and offers beside the example register; each of them marked as
such.
"""

from __future__ import annotations

import csv

from django.conf import settings

from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.example_rows import inventing
from knooppunt.directory.models import Organisation
from knooppunt.help.actions.notices import enter

BY_EXAMPLE = Actor(None, "import")
FILE = "notices.csv"


def load_example() -> None:
    """Read the list that lies beside the example's register, if there is one."""
    register = settings.COALITION.example
    path = register.parent / FILE if register else None
    if path is None or not path.exists():
        return
    known = {one.name: one for one in Organisation.objects.public()}
    with inventing(), path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["organisation"] in known:
                days = [int(day) for day in row["days"].split()]
                enter(
                    BY_EXAMPLE,
                    known[row["organisation"]],
                    {
                        "side": row["side"],
                        "kind": row["kind"],
                        "title": row["title"],
                        "text": row["text"],
                        "days": days,
                    },
                )
