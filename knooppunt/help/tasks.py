"""What needs and offers do at night: close what is past its last day, and ask whether introductions worked out."""

from __future__ import annotations

from django.utils import timezone

from knooppunt.help.actions import introductions, notices


def daily() -> str:
    """The round; says what it did."""
    today = timezone.localdate()
    return f"{notices.expire(today)} needs and offers closed, {introductions.ask(today)} questions sent"
