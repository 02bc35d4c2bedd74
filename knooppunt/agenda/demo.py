"""Loads the example agenda: invented activities, each marked as such, that reproduce the
published inventory.
"""

from __future__ import annotations

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from knooppunt.agenda.importing.columns import COLUMNS
from knooppunt.agenda.importing.run import Job
from knooppunt.agenda.models import Activity
from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.example_rows import inventing
from knooppunt.kit.columns import ListFile
from knooppunt.kit.findings import Report

BY_EXAMPLE = Actor(None, "import")
FILE = "activities.csv"


def load_example() -> None:
    """Read the list that lies beside the example's register, if there is one; it counts as
    confirmed today.
    """
    register = settings.COALITION.example
    path = register.parent / FILE if register else None
    if path is None or not path.exists():
        return
    with inventing(), Report() as report:
        Job(BY_EXAMPLE, ListFile(path, COLUMNS)).run(report)
    Activity.objects.filter(since__isnull=False).update(listed_on=F("since"))
    Activity.objects.filter(confirmed_on__isnull=True).update(
        confirmed_on=timezone.localdate(), confirmed_via="import"
    )
