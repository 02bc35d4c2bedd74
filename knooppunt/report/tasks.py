"""What the report does once a day: erase stories whose leave has ended."""

from __future__ import annotations

from django.utils import timezone

from knooppunt.core.background.rounds import run_steps
from knooppunt.report.actions import stories


def daily() -> str:
    """The round; says what it did."""
    return run_steps(("stories erased", lambda: stories.forget(timezone.localdate())))
