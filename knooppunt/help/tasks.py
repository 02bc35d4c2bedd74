"""What needs and offers do at night: close what is past its last day, and ask whether
introductions worked out.
"""

from __future__ import annotations

from django.utils import timezone

from knooppunt.core.background.rounds import run_steps
from knooppunt.help.actions import introductions, notices, responses


def daily() -> str:
    """The round; says what it did."""
    today = timezone.localdate()
    return run_steps(
        ("responses erased", responses.forget_old),
        ("needs and offers closed", lambda: notices.expire(today)),
        ("questions written", lambda: introductions.ask(today)),
    )
