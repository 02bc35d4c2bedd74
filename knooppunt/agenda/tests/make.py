"""Builders for the tests of the agenda: an activity with only what the test is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from knooppunt.agenda.actions.activities import Organising, enter
from knooppunt.agenda.models import Activity, ActivityKind
from knooppunt.agenda.schedule import understand
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Organisation, Place


def activity(
    name: str,
    when: str = "elke dinsdag van 10 tot 12",
    *,
    place: Place | None = None,
    organiser: Organisation | None = None,
    group: str = "",
    share: int | None = None,
    kind: str = "",
    today: date | None = None,
    **values: Any,
) -> Activity:
    """An activity; ``when`` as people say it, ``kind`` by its slug."""
    schedule = understand(when, today or timezone.localdate())
    assert schedule is not None, when
    who = (
        [Organising(organiser, "" if organiser else "Iemand", group, share)]
        if organiser or group
        else []
    )
    if kind:
        values["kind"] = ActivityKind.objects.get(slug=kind)
    return enter(
        SYSTEM,
        {
            "name": name,
            "places": [place] if place else [],
            "organisers": who,
            **schedule.values,
            **values,
        },
    )
