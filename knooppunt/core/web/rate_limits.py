"""Counts how often something is done by or for somebody in a stretch of time, in one question
to the database.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from knooppunt.core.mail.outbox import address_hash
from knooppunt.core.models import RateLimitCounter


def number_from(request: HttpRequest, what: str) -> int:
    """How often this visitor's address did this in this hour, this time included; safe when
    many do so at once.
    """
    return number_of(request.META.get("REMOTE_ADDR", ""), what)


def number_of(whom: str, what: str, minutes: int = 60) -> int:
    """How often this was done for ``whom`` in this stretch of ``minutes`` (a divisor of 60), this
    time included.

    Safe when many do so at once: the database counts, in one statement.
    """
    begin = _begin(minutes)
    table = connection.ops.quote_name(RateLimitCounter._meta.db_table)
    statement = (
        f"INSERT INTO {table} (mark, number, ends_at) VALUES (%s, 1, %s) ON CONFLICT (mark) DO "  # noqa: S608 - names of our own
        f"UPDATE SET number = {table}.number + 1 RETURNING number"
    )
    ends_at = connection.ops.adapt_datetimefield_value(begin + timedelta(minutes=minutes))
    with connection.cursor() as cursor:
        cursor.execute(statement, [_mark(whom, what, minutes), ends_at])
        row = cursor.fetchone()
    return int(row[0]) if row else 1


def clear(whom: str, what: str, minutes: int = 60) -> None:
    """Begin counting anew for ``whom``, such as after the right code."""
    RateLimitCounter.objects.filter(mark=_mark(whom, what, minutes)).delete()


def forget() -> int:
    """Erase the stretches that are over; gives how many marks went."""
    return RateLimitCounter.objects.filter(ends_at__lt=timezone.now()).delete()[0]


def _begin(minutes: int) -> datetime:
    now = timezone.now().replace(second=0, microsecond=0)
    return now.replace(minute=now.minute - now.minute % minutes)


def _mark(whom: str, what: str, minutes: int) -> str:
    """The key of the count: what, which stretch, how long it is, and a keyed hash of whom."""
    return f"{what}:{_begin(minutes):%Y%m%d%H%M}+{minutes}:{address_hash(whom)[:32]}"
