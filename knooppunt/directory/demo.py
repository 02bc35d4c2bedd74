"""Loads the example neighbourhood: real public facts with their sources, read in like any other list."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone

from knooppunt.core.models import SiteFact
from knooppunt.core.trail import Actor
from knooppunt.directory.actions.stewards import appoint_host, appoint_weaver
from knooppunt.directory.importing.run import Job
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.kit.findings import Report
from knooppunt.people.models import User

LISTED_ON = date(2026, 1, 1)
BY_EXAMPLE = Actor(None, "import")


def load_example() -> None:
    """Read the coalition's example list, and make three example people: coordinator, weaver and host."""
    path = settings.COALITION.example
    if path is None:
        return
    with Report() as report:
        Job(path, BY_EXAMPLE).run(report)
    Organisation.objects.update(listed_on=LISTED_ON)
    Place.objects.update(listed_on=LISTED_ON)
    _people()
    SiteFact.objects.update_or_create(key="example", defaults={"value": timezone.localdate().isoformat()})


def _people() -> None:
    """Nobody real: three roles with addresses that no mail can reach."""
    people = (
        ("coordinator", "Voorbeeldcoördinator"),
        ("weaver", "Voorbeeldnetwerkregisseur"),
        ("host", "Voorbeeldgastvrouw"),
    )
    for role, name in people:
        User.objects.create_user(
            f"{role}@example.invalid", name=name, is_example=True, is_coordinator=role == "coordinator"
        )
    wijk = Area.objects.doors().filter(stated_organisations__isnull=False).order_by("-name").first()
    if wijk:
        appoint_weaver(BY_EXAMPLE, "weaver@example.invalid", area=wijk)
    hosted = Organisation.objects.initiatives().filter(place_roles__role="hosts").order_by("pk").first()
    if hosted:
        appoint_host(BY_EXAMPLE, "host@example.invalid", hosted)
