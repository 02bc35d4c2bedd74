"""Signed links: a token that opens one thing for whoever has it, without an account, and
nothing else.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import signing

VALID = timedelta(days=45)


def make_token(value: Any, salt: str) -> str:
    """A token for a number, or for a list of numbers and letters; ``salt`` says what it is for."""
    return signing.dumps(value, salt=salt, compress=True)


def read_token(token: str, salt: str, valid: timedelta | None = VALID) -> Any:
    """What a token was made for; None for one that is forged, or older than ``valid`` (None:
    for ever).
    """
    try:
        return signing.loads(token, salt=salt, max_age=valid)
    except (signing.BadSignature, ValueError, TypeError):
        return None
