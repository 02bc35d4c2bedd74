"""Brings the kinds of activity in line with coalition.toml, and the single times with its
holidays.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from knooppunt.agenda.actions.materialise import materialise
from knooppunt.agenda.models import Activity, ActivityKind
from knooppunt.core.audit import trail
from knooppunt.core.models import SiteFact
from knooppunt.directory.actions.terms import sync_terms, trail_mark


def sync_agenda() -> None:
    """Take over what the file says, when it differs from what was taken over last."""
    coalition = settings.COALITION
    _when_changed("activity kinds", repr(coalition.activity_kinds), _sync_kinds)
    _when_changed("holidays", repr(coalition.holidays), _sync_holidays)


def _when_changed(key: str, wanted: str, act: object) -> None:
    mark = trail_mark(wanted)
    if SiteFact.objects.filter(key=key, value=mark).exists():
        return
    with transaction.atomic():
        act()  # type: ignore[operator]
        SiteFact.objects.update_or_create(key=key, defaults={"value": mark})
        trail.bump_generation()


def _sync_kinds() -> None:
    sync_terms(ActivityKind, settings.COALITION.activity_kinds, icons=True)


def _sync_holidays() -> None:
    """Series that stop in holidays get their coming times anew."""
    stopping = Q(skips_school_holidays=True) | Q(skips_public_holidays=True)
    for activity in Activity.objects.filter(stopping).exclude(until__lt=timezone.localdate()):
        materialise(activity)
