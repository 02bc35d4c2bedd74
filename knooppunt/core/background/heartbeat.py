"""The worker says every few seconds that it is there, so that a watchman can see when it is
silent.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from knooppunt.core.models import SiteFact

KEY = "worker"


def beat() -> None:
    """Write down that the worker is there."""
    SiteFact.objects.update_or_create(key=KEY, defaults={"value": timezone.now().isoformat()})


def seconds_silent() -> int | None:
    """How many seconds ago the worker was last heard of; None when it never was."""
    fact = SiteFact.objects.filter(key=KEY).first()
    if fact is None:
        return None
    return int((timezone.now() - datetime.fromisoformat(str(fact.value))).total_seconds())
