"""The version of the index, and what a process holds of it between two questions until the
index changes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F

from knooppunt.core.audit import trail
from knooppunt.find.models import IndexState

T = TypeVar("T")
_lock = threading.RLock()
_held: dict[str, tuple[int, Any]] = {}


def version() -> int:
    """The number that grows with every change of the index."""
    return IndexState.objects.filter(pk=1).values_list("version", flat=True).first() or 0


def base() -> int:
    """The version before which what a process holds is of no use any more."""
    return IndexState.objects.filter(pk=1).values_list("base", flat=True).first() or 0


def next_version() -> int:
    """The number of a change of the index that is being made; others who write wait until this
    transaction ends.

    Pages that show what was found are drawn anew.
    """
    IndexState.objects.get_or_create(pk=1)
    with transaction.atomic():
        IndexState.objects.filter(pk=1).update(version=F("version") + 1)
        trail.bump_generation()
        return version()


def begin_anew() -> None:
    """What processes hold is of no use any more; call it with a new version, inside its
    transaction.
    """
    IndexState.objects.filter(pk=1).update(base=F("version"))


def hold(name: str, now: int, make: Callable[[], T]) -> T:
    """What is held under a name at version ``now``, made when it is not there; one thread
    makes, others wait.
    """
    known = _held.get(name)
    if known is None or known[0] != now:
        with _lock:
            known = _held.get(name)
            if known is None or known[0] != now:
                known = (now, make())
                _held[name] = known
    found: T = known[1]
    return found


def forget() -> None:
    """Forget everything; for tests, which turn back the version."""
    _held.clear()
