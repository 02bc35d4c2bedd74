"""Writes the trail: every change of weight leaves one line that people can read, and raises the
site's stamp.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, models
from django.db.models import F
from django.utils import timezone

from knooppunt.core.database import bulk
from knooppunt.core.models import CacheGeneration, TrailEntry

Changes = Mapping[str, tuple[Any, Any]]
HIDDEN = "•••"
BREATH = 0.1
_recent: list[float] = [0, -BREATH]
_CURRENT_GENERATION = f"SELECT number FROM {CacheGeneration._meta.db_table} WHERE id = 1"  # noqa: S608 - a name of our own


@dataclass(frozen=True)
class Actor:
    """Who acts and through which door; ``user`` is None for a link without account, an import
    or a command.
    """

    user: Any = None
    channel: str = TrailEntry.Channel.WEB

    @property
    def account(self) -> Any:
        """The account to name in the trail, or None."""
        return None if isinstance(self.user, AnonymousUser) else self.user


SYSTEM = Actor(None, TrailEntry.Channel.COMMAND)
BY_LINK = Actor(None, TrailEntry.Channel.LINK)


def plain(value: Any) -> Any:
    """A value as it is kept in the trail: text, number, yes or no, or a list of those."""
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, models.QuerySet | list | set | tuple):
        return [plain(item) for item in value]
    return (
        value if value is None or isinstance(value, (str, int, float, bool, dict)) else str(value)
    )


def label_of(record: models.Model) -> str:
    """The type of a record as the trail names it, such as ``organisation``."""
    return record._meta.model_name or ""


def entry(
    actor: Actor,
    verb: str,
    record: models.Model,
    changes: Changes | None = None,
    *,
    refused: bool = False,
    **details: Any,
) -> TrailEntry:
    """A trail line that is not saved yet; an import saves many at once."""
    kept = {field: [plain(old), plain(new)] for field, (old, new) in (changes or {}).items()}
    return TrailEntry(
        actor=actor.account,
        channel=actor.channel,
        verb=verb,
        target_type=label_of(record),
        target_id=record.pk,
        target_label=str(record)[:300],
        changes=kept,
        details=details,
        is_refused=refused,
    )


def record(
    actor: Actor, verb: str, record: models.Model, changes: Changes | None = None, **details: Any
) -> TrailEntry:
    """Write one line and raise the stamp; call it inside the transaction of the change itself."""
    line = entry(actor, verb, record, changes, **details)
    line.save()
    bump_generation()
    return line


def record_unseen(actor: Actor, verb: str, record: models.Model, **details: Any) -> TrailEntry:
    """Write one line about something that no stranger's page shows, so the stamp stays and
    pages stay remembered.
    """
    line = entry(actor, verb, record, None, **details)
    line.save()
    return line


def record_many(lines: Iterable[TrailEntry]) -> None:
    """Write many lines at once and raise the stamp."""
    TrailEntry.objects.bulk_create(lines, batch_size=500)
    bump_generation()


def record_lines(
    actor: Actor, verb: str, lines: Iterable[tuple[models.Model, dict[str, Any], dict[str, Any]]]
) -> None:
    """Write a line (record, changes as kept, details) for each of many records at once and
    raise the stamp.
    """
    columns = (
        "at",
        "actor",
        "verb",
        "channel",
        "target_type",
        "target_id",
        "target_label",
        "changes",
        "details",
        "is_refused",
    )
    account, now = actor.account.pk if actor.account else None, timezone.now()
    rows: Iterable[tuple[Any, ...]] = (
        (
            now,
            account,
            verb,
            actor.channel,
            label_of(one),
            one.pk,
            str(one)[:300],
            changes,
            details,
            False,
        )
        for one, changes, details in lines
    )
    bulk.insert(TrailEntry, columns, rows)
    bump_generation()


def record_denied(actor: Actor, verb: str, record: models.Model) -> None:
    """Write down that somebody tried what she may not do."""
    entry(actor, verb, record, refused=True).save()


def bump_generation() -> None:
    """Make every cached page of the site count as changed."""
    _recent[1] = -BREATH
    if not CacheGeneration.objects.filter(pk=1).update(number=F("number") + 1):
        CacheGeneration.objects.get_or_create(pk=1, defaults={"number": 1})


def recent_generation() -> int:
    """The stamp as it was at most a tenth of a second ago; enough for a stranger who reads, and
    nothing to ask under load.
    """
    now = time.monotonic()
    if now - _recent[1] > BREATH:
        _recent[:] = [current_generation(), now]
    return int(_recent[0])


def forget_recent_generation() -> None:
    """Ask for the stamp at the next request, however short ago it was asked; for tests, which
    turn it back.
    """
    _recent[1] = -BREATH


def current_generation() -> int:
    """The number that grows with every change."""
    # Asked on every request, so without the detour of building a query.
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT_GENERATION)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def redact(record: models.Model) -> None:
    """Take the name of a record and what changed in it out of its lines; that something
    happened, and when, stays.
    """
    of(record).update(target_label=HIDDEN, changes={})


def record_redacted(actor: Actor, verb: str, record: models.Model) -> None:
    """Write the last line about something that is erased, without its name."""
    redact(record)
    line = entry(actor, verb, record)
    line.target_label = HIDDEN
    line.save()


def lock() -> None:
    """Let one writer at a time pass until the end of the transaction, where a rule spans
    several rows.
    """
    CacheGeneration.objects.get_or_create(pk=1)
    CacheGeneration.objects.select_for_update().get(pk=1)


def of(record: models.Model) -> models.QuerySet[TrailEntry]:
    """The trail of one record, newest first."""
    return TrailEntry.objects.filter(
        target_type=label_of(record), target_id=record.pk
    ).select_related("actor", "reverted_by")
