"""What the report does once a day: erase stories whose leave has ended."""

from __future__ import annotations

from django.utils import timezone

from knooppunt.report.actions import stories


def daily() -> str:
    """The round; says what it did."""
    return f"{stories.forget(timezone.localdate())} stories erased"
