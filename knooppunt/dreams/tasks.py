"""What dreams and plans do by themselves at night: forget names, addresses and photos in time."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from knooppunt.core.background.rounds import run_steps
from knooppunt.dreams.actions import news, participants, tables
from knooppunt.dreams.actions.plan_erasing import forget_names


def daily() -> str:
    """The round; says what it did."""
    today = timezone.localdate()
    return run_steps(
        ("names of plans erased", lambda: forget_names(today)),
        ("unconfirmed addresses erased", participants.forget_unconfirmed),
        ("addresses of dreamers erased", lambda: news.forget_old(settings.SIGNAL_DAYS)),
        ("photos of dream tables erased", lambda: tables.forget_photos(today)),
    )
