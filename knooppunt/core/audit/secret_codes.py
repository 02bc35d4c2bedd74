"""Gives a record a code that nobody has yet, with which whoever told it follows it and takes it
back.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

# Without signs that look alike on paper or sound alike on the phone.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
TURNS = 5


def new_code(first: int, second: int) -> str:
    """A code in two groups of so many signs, such as K7P-3QXB."""
    signs = "".join(secrets.choice(SIGNS) for _turn in range(first + second))
    return f"{signs[:first]}-{signs[first:]}"


def save_under_code(record: Any, groups: tuple[int, int], write: Callable[[], Any]) -> None:
    """Give a new record a ``code``, and ``write`` it in one transaction; with another code when
    somebody has that already.

    Raises ValidationError when the database refuses it every time.
    """
    for _turn in range(TURNS):
        record.code = new_code(*groups)
        try:
            with transaction.atomic():
                write()
        except IntegrityError:
            record.pk = None
        else:
            return
    raise ValidationError(_("Dat lukte niet. Probeer het nog eens."))
