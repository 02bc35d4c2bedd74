"""Loads the example neighbourhood: real public facts with their sources, and a few wholly invented
places to show what is possible, read in like any other list.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.example_rows import inventing
from knooppunt.core.models import SiteFact
from knooppunt.core.registry.list_kinds import Reading
from knooppunt.directory.actions.confirm import confirm, read_together
from knooppunt.directory.actions.details import set_contacts
from knooppunt.directory.actions.stewards import appoint_host, appoint_weaver
from knooppunt.directory.importing.columns import COLUMNS
from knooppunt.directory.importing.run import run_import
from knooppunt.directory.models import (
    Area,
    Confirmation,
    ContactPoint,
    Organisation,
    Place,
)
from knooppunt.kit.columns import ListFile
from knooppunt.kit.findings import Report
from knooppunt.people.models import User

# Nobody kept the register before this site: on which days things came in and were confirmed is
# invented for the example.
LISTED_ON = (date(2024, 1, 1),) * 6 + (
    date(2024, 10, 8),
    date(2025, 3, 4),
    date(2025, 10, 7),
    date(2026, 3, 17),
)
CONFIRMED_ON = (
    date(2025, 5, 20),
    date(2025, 11, 11),
    date(2026, 4, 14),
    date(2026, 5, 12),
    date(2026, 6, 9),
)
BY_EXAMPLE = Actor(None, "import")
SHOWCASE = "showcase.csv"


def load_example() -> None:
    """Read the coalition's example list, and make four example people: two coordinators, a
    weaver and a host.
    """
    path = settings.COALITION.example
    if path is None:
        return
    _read(path)
    _history()
    _people()
    with inventing():
        _showcase(path.parent / SHOWCASE)
    SiteFact.objects.update_or_create(
        key="example", defaults={"value": timezone.localdate().isoformat()}
    )


def _read(path: Path) -> None:
    with Report() as report:
        run_import(Reading(ListFile(path, COLUMNS), BY_EXAMPLE), report)


def _showcase(path: Path) -> None:
    """Read the invented places, confirmed today; each door has its number and the first name of
    who opens it, for everybody to see.
    """
    if not path.exists():
        return
    _read(path)
    for organisation in Organisation.objects.filter(is_example=True):
        contacts = [
            (contact.type, contact.value, contact.label, ContactPoint.Visibility.PUBLIC)
            for contact in organisation.contact_points.all()
        ]
        for record in read_together(organisation, timezone.localdate()):
            set_contacts(BY_EXAMPLE, record, contacts)
        confirm(BY_EXAMPLE, organisation, "import")


def _history() -> None:
    """Let a part of the example come in and be confirmed over two and a half years, so that a
    report has something to compare.
    """
    for model in (Organisation, Place):
        for number, record in enumerate(model.objects.order_by("pk")):
            listed_on = LISTED_ON[number * 7 % len(LISTED_ON)]
            model.objects.filter(pk=record.pk).update(listed_on=listed_on)
    rows = [
        Confirmation(organisation=record, on=day, via="phone")
        for number, record in enumerate(Organisation.objects.order_by("pk"))
        for place, day in enumerate(CONFIRMED_ON)
        if number % 9 not in (2, 5)
        and place in (number % 5, (number + 2) % 5)
        and day >= record.listed_on
    ]
    Confirmation.objects.bulk_create(rows)


def _people() -> None:
    """Nobody real: roles with addresses that no mail can reach; two coordinators, because who
    offers a report may not publish it.
    """
    people = (
        ("coordinator", "Voorbeeldcoördinator"),
        ("weaver", "Voorbeeldnetwerkregisseur"),
        ("host", "Voorbeeldgastvrouw"),
        ("editor", "Voorbeeldredacteur"),
    )
    for role, name in people:
        User.objects.create_user(
            f"{role}@example.invalid",
            name=name,
            is_example=True,
            is_coordinator=role in ("coordinator", "editor"),
        )
    wijk = Area.objects.doors().filter(stated_organisations__isnull=False).order_by("-name").first()
    if wijk:
        appoint_weaver(BY_EXAMPLE, "weaver@example.invalid", area=wijk)
    hosted = (
        Organisation.objects.initiatives().filter(place_roles__role="hosts").order_by("pk").first()
    )
    if hosted:
        appoint_host(BY_EXAMPLE, "host@example.invalid", hosted)
