"""Runs the rounds of the house row by row: a row that fails is written down, and the next goes on.

What failed stands on the worklist of coordinators until it works, or until it need not be done any
more.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import DatabaseError, connection, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.models import RoundFailure

Row = TypeVar("Row")
Key = tuple[str, int]
NOTHING: Key = ("", 0)
REST = timedelta(minutes=10)  # how long a round of every few seconds leaves a failed row alone

logger = logging.getLogger(__name__)
_watched: ContextVar[list[str] | None] = ContextVar("watched", default=None)


class RoundResult(int):
    """How many of a round were done; ``failed`` tells how many were not."""

    failed: int = 0

    @classmethod
    def of(cls, done: int, failed: int) -> RoundResult:
        """So many done, so many failed."""
        result = cls(done)
        result.failed = failed
        return result


@contextmanager
def watching() -> Iterator[list[str]]:
    """The list to which every failure inside adds one sentence."""
    sentences: list[str] = []
    before = _watched.set(sentences)
    try:
        yield sentences
    finally:
        _watched.reset(before)


def for_each(
    name: str,
    rows: Iterable[Row],
    action: Callable[[Row], int | None],
    *,
    record: Callable[[Row], models.Model | Key | None] | None = None,
    is_atomic: bool = True,
    rest: timedelta | None = None,
    due: models.QuerySet[Any] | None = None,
) -> RoundResult:
    """Do something for every row; gives how many were done (what the action counts, else one) and
    how many failed.

    ``name`` is a Dutch msgid that says what is done. ``record`` gives the record that a row is
    about, when the row is none itself. Each row has a transaction of its own, unless it talks with
    other machines (``is_atomic=False``). A row that failed less than ``rest`` ago is passed over.
    With ``due``, the question that gave the rows, a row is done by one round at a time and only
    while it still answers that question; then two rounds at once do nothing twice.
    """
    began, done, failed = timezone.now(), 0, 0
    known = _known_failures(name)
    for row in rows:
        key = _key_of(record(row) if record else row)
        if rest and key in known and known[key] > began - rest:
            continue
        try:
            with transaction.atomic() if is_atomic else nullcontext():
                is_ours = due is None or _claim(row, due)
                number = action(row) if is_ours else 0
            done += 1 if number is None else int(number)
        except Exception as problem:  # whatever it is, the other rows are not to blame
            failed += 1
            _write_down(name, key, problem)
    if known:
        _forget_solved(name, began, rest)
    return RoundResult.of(done, failed)


def run_steps(*steps: tuple[str, Callable[[], int]]) -> str:
    """Do the steps of a daily round, each whatever became of the ones before; gives what was done
    in words.

    A step has a name, such as ``questions written``, and gives a number.
    """
    told = []
    for name, step in steps:
        began = timezone.now()
        try:
            outcome = step()
        except Exception as problem:  # the next step has its own work
            _write_down(name, NOTHING, problem)
            told.append(f"{name}: failed ({type(problem).__name__})")
            continue
        _forget_solved(name, began, None)
        failed = outcome.failed if isinstance(outcome, RoundResult) else 0
        told.append(f"{outcome} {name}" + (f" ({failed} failed)" if failed else ""))
    return ", ".join(told)


def describe(problem: Exception) -> str:
    """Why a row failed, in one sentence that holds nothing of the row itself."""
    if isinstance(problem, DatabaseError):
        return _("De database weigerde dit (%(kind)s).") % {"kind": type(problem).__name__}
    if isinstance(problem, OSError):
        return _("Een bestand of een verbinding werkte niet (%(kind)s).") % {
            "kind": type(problem).__name__
        }
    return _("Er ging iets mis dat niemand voorzag (%(kind)s).") % {"kind": type(problem).__name__}


def _claim(row: Any, due: models.QuerySet[Any]) -> bool:
    """Hold a row until the end of the transaction; False when another round holds it, or has
    done it.
    """
    rows = type(row)._base_manager.select_for_update(skip_locked=True)
    return rows.filter(pk=row.pk).first() is not None and due.filter(pk=row.pk).exists()


def _key_of(row: Any) -> Key:
    if isinstance(row, models.Model):
        return row._meta.label_lower, row.pk or 0
    return row if isinstance(row, tuple) and len(row) == 2 and isinstance(row[1], int) else NOTHING


def _known_failures(name: str) -> dict[Key, datetime]:
    rows = RoundFailure.objects.filter(name=name)
    return {(row.about_type, row.about_id): row.last_at for row in rows}


def _write_down(name: str, key: Key, problem: Exception) -> None:
    """Keep what failed in the log and for the worklist; a database that is away keeps it in the
    log alone.
    """
    logger.error("%s: %s %s failed", name, *key, exc_info=problem)
    sentences = _watched.get()
    if sentences is not None:
        sentences.append(
            " ".join(str(part) for part in (name, *key) if part) + f": {describe(problem)}"
        )
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    now, sentence = timezone.now(), describe(problem)
    try:
        with transaction.atomic():
            row, is_new = RoundFailure.objects.get_or_create(
                name=name,
                about_type=key[0],
                about_id=key[1],
                defaults={"sentence": sentence, "first_at": now, "last_at": now},
            )
            if not is_new:
                RoundFailure.objects.filter(pk=row.pk).update(
                    sentence=sentence, last_at=now, times=F("times") + 1
                )
    except DatabaseError:
        logger.exception("the failure could not be written down")


def _forget_solved(name: str, began: datetime, rest: timedelta | None) -> None:
    """What did not fail this time works again, or need not be done any more."""
    RoundFailure.objects.filter(name=name, last_at__lt=began - (rest or timedelta())).delete()
