"""Counts how often something is done from one address in an hour, in one question to the database."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from knooppunt.core.mail import address_hash
from knooppunt.core.models import Tally

HOUR = timedelta(hours=1)


def number_from(request: HttpRequest, what: str) -> int:
    """How often this visitor's address did this in this hour, this time included; safe when many do so at once."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    mark = f"{what}:{now:%Y%m%d%H}:{address_hash(request.META.get('REMOTE_ADDR', ''))[:32]}"
    table = connection.ops.quote_name(Tally._meta.db_table)
    statement = f"INSERT INTO {table} (mark, number, ends_at) VALUES (%s, 1, %s) ON CONFLICT (mark) DO UPDATE SET number = {table}.number + 1 RETURNING number"  # noqa: S608 - names of our own
    with connection.cursor() as cursor:
        cursor.execute(statement, [mark, connection.ops.adapt_datetimefield_value(now + HOUR)])
        row = cursor.fetchone()
    return int(row[0]) if row else 1


def forget() -> int:
    """Erase the hours that are over; gives how many marks went."""
    return Tally.objects.filter(ends_at__lt=timezone.now()).delete()[0]
