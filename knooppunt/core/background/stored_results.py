"""Results that are too dear to work out while somebody waits: the worker counts them, pages read
them.

A part registers a ``Computation``: a kind, a function that gives plain JSON for some words, and for
which words it is always kept ready. As long as a kind is cheap (``CHEAP``) it is worked out in the
request and nothing is stored. A dear one is stored with the stamp at which it was counted. After a
change a page shows the stored value with its moment until the worker has counted it anew; what was
never asked waits for the worker, at most ``MOST_WAITING`` of its sort at a time.
"""

from __future__ import annotations

import json
import logging
import time
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control

from knooppunt.core.audit import trail
from knooppunt.core.models import DearKind, StoredResult
from knooppunt.core.registry import modules
from knooppunt.core.registry.computations import Computation
from knooppunt.core.release import RELEASE
from knooppunt.core.web import page_cache

CHEAP = 250  # milliseconds that a visitor may wait for a count of her own
BUDGET = 3.0  # seconds that the worker counts in one round
MOST_WAITING, MOST_KEPT = 8, 400
KEPT = timedelta(days=2)
ASKED_EVERY = timedelta(minutes=1)  # how exactly it is known when a result was last asked for
MEASURE_AGAIN = timedelta(hours=1)
SEPARATOR = "\x1f"
_log = logging.getLogger(__name__)


class NotReady(Exception):
    """What was asked is not counted yet; ``is_full`` when too many others wait already."""

    def __init__(self, is_full: bool) -> None:
        super().__init__()
        self.is_full = is_full


_cheap_until: dict[str, float] = {}


def _as_it_is(value: Any) -> Any:
    return value


def read(
    request: HttpRequest, kind: str, *words: str, unpack: Callable[[Any], Any] = _as_it_is
) -> Any:
    """The result of a computation for some words: plain JSON, or what ``unpack`` makes of it.

    When it was counted before the last change, ``request.counted_at`` tells when. Raises NotReady.
    """
    name = SEPARATOR.join(words)
    generation = _generation(kind, page_cache.current_generation())
    row = _row(kind, name)
    if row and row.counted_at and row.generation == generation:
        return page_cache.RECENT.get((kind, name, generation), lambda: unpack(_body_of(row)))
    if not _is_dear(request, kind):
        return page_cache.RECENT.get((kind, name, generation), lambda: unpack(_here(kind, words)))
    now = timezone.now()
    rules = computation(kind)
    if row and row.counted_at and row.counted_at > now - rules.most_stale and _is_readable(row):
        is_waiting = row.is_waiting or row.counted_at < now - rules.rest
        if is_waiting != row.is_waiting or row.asked_at < now - ASKED_EVERY:
            StoredResult.objects.filter(pk=row.pk).update(is_waiting=is_waiting, asked_at=now)
        request.counted_at = min(getattr(request, "counted_at", now), row.counted_at)  # type: ignore[attr-defined]
        key = (kind, name, row.generation)
        return page_cache.RECENT.get(key, lambda: unpack(_body_of(row)))
    raise NotReady(is_full=not _wait(kind, name, now))


def _row(kind: str, name: str) -> StoredResult | None:
    """What is stored of a result; its body, which may be a megabyte, is only read when it is
    not remembered.
    """
    return StoredResult.objects.filter(kind=kind, name=name).defer("body").first()


def _body_of(row: StoredResult) -> Any:
    """The plain JSON of a stored result. Raises NotReady when it was dropped a moment ago."""
    body = StoredResult.objects.filter(pk=row.pk).values_list("body", flat=True).first()
    if body is None:
        raise NotReady(is_full=False)
    return json.loads(zlib.decompress(bytes(body)))


def _is_dear(request: HttpRequest, kind: str) -> bool:
    """True if a result of this kind took long; asked once a request, for a page may read
    several.
    """
    known: dict[str, bool] = request.__dict__.setdefault("dear_kinds", {})
    if kind not in known:
        known[kind] = DearKind.objects.filter(kind=kind, milliseconds__gt=CHEAP).exists()
    return known[kind]


def reads_results(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view that reads results: the page that fills itself for what is not counted yet,
    and nothing stale is kept.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **words: Any) -> HttpResponse:
        try:
            response = view(request, *args, **words)
        except NotReady as problem:
            return _not_ready(request, problem.is_full)
        if getattr(request, "counted_at", None):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return answer


def _not_ready(request: HttpRequest, is_full: bool) -> HttpResponse:
    response = render(
        request, "core/not_ready.html", {"is_full": is_full}, status=503 if is_full else 202
    )
    response.headers["Retry-After"] = "30" if is_full else "3"
    if not is_full:
        response.headers["Refresh"] = "3"
    patch_cache_control(response, private=True, no_store=True)
    return response


def _wait(kind: str, name: str, now: datetime) -> bool:
    """Put a result on the list of what the worker counts; False when too many of its sort wait
    already.

    Days that somebody makes up keep the figures waiting, and no calendar.
    """
    rows = StoredResult.objects.filter(kind=kind, name=name)
    if rows.filter(is_waiting=True).update(asked_at=now):
        return True
    sort = kind.partition(":")[0]
    of_its_sort = Q(kind=sort) | Q(kind__startswith=f"{sort}:")
    if StoredResult.objects.filter(of_its_sort, is_waiting=True).count() >= MOST_WAITING:
        return False
    StoredResult.objects.update_or_create(
        kind=kind, name=name, defaults={"is_waiting": True, "asked_at": now}
    )
    return True


def _here(kind: str, words: tuple[str, ...]) -> Any:
    """Work it out at once; when that took long it is stored, and others of its kind wait for
    the worker from then on.
    """
    # What changes meanwhile is not in it.
    stamp, began = page_cache.current_generation(), time.perf_counter()
    with translation.override(settings.LANGUAGE_CODE):
        value = computation(kind).compute(*words)
    took = _milliseconds(began)
    if took > CHEAP:
        _store(kind, SEPARATOR.join(words), value, stamp, took)
    return value


def computation(kind: str) -> Computation:
    """The computation of a kind, of the parts that are on. Raises KeyError."""
    return {each.kind: each for each in modules.gathered("computations")}[kind.partition(":")[0]]


def poll() -> None:
    """Count what waits and what is always kept ready, for a few seconds at most; the next round
    goes on.
    """
    ends = time.monotonic() + BUDGET
    for kind, name in _due():
        try:
            count(kind, name)
        except OperationalError:  # the database is busy or away; the next round tries again
            _log.exception("%s was not counted", kind)
            break
        except Exception:  # the others are counted all the same
            _log.exception("%s %s was not counted", kind, name.split(SEPARATOR))
            StoredResult.objects.filter(kind=kind, name=name).delete()
            _cheap_until[kind] = time.monotonic() + 60
        if time.monotonic() > ends:
            break
    forget()


def _due() -> list[tuple[str, str]]:
    """What to count: what somebody waits for first, then what is always ready and was counted
    before the last change.

    Who waits longest comes first, however often she asks again; an older result can be shown
    meanwhile and comes later.
    """
    stamp, now = trail.current_generation(), timezone.now()
    waiting = StoredResult.objects.filter(is_waiting=True)
    due = [
        *waiting.filter(body=None).order_by("pk").values_list("kind", "name"),
        *waiting.exclude(body=None).order_by("pk").values_list("kind", "name"),
    ]
    stored = {(row.kind, row.name): row for row in StoredResult.objects.defer("body")}
    for each in modules.gathered("computations"):
        for kind, words in each.always():
            key = (kind, SEPARATOR.join(words))
            row = stored.get(key)
            is_cheap = _cheap_until.get(kind, 0) > time.monotonic()
            if not is_cheap and not (row and _still_holds(row, stamp, now - each.rest)):
                due.append(key)
    return list(dict.fromkeys(due))


def _still_holds(row: StoredResult, stamp: int, rested_since: datetime) -> bool:
    """True when nothing changed since it was counted, or it was counted a moment ago."""
    if row.generation == _generation(row.kind, stamp):
        return True
    return row.counted_at is not None and row.counted_at > rested_since and _is_readable(row)


def count(kind: str, name: str) -> None:
    """Work out one result and store it if its kind is dear or somebody waits for it."""
    stamp = trail.current_generation()
    page_cache.begin(stamp)
    began = time.perf_counter()
    with translation.override(settings.LANGUAGE_CODE):
        value = computation(kind).compute(*name.split(SEPARATOR))
    took = _milliseconds(began)
    page_cache.forget()
    rows = StoredResult.objects.filter(kind=kind, name=name)
    if not (took > CHEAP or _stays_dear(kind) or rows.filter(is_waiting=True).exists()):
        rows.delete()
        _cheap_until[kind] = time.monotonic() + MEASURE_AGAIN.total_seconds()
        return
    _cheap_until.pop(kind, None)
    _store(kind, name, value, stamp, took)


def _stays_dear(kind: str) -> bool:
    """True if another result of the kind took long within the hour; a kind is cheap again when
    none did.
    """
    kinds = DearKind.objects.filter(kind=kind)
    kinds.filter(measured_at__lt=timezone.now() - MEASURE_AGAIN).delete()
    return kinds.exists()


def _store(kind: str, name: str, value: Any, stamp: int, took: int) -> None:
    body = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 3)
    now = timezone.now()
    if took > CHEAP:
        DearKind.objects.update_or_create(kind=kind, defaults={"milliseconds": took})
    values = {
        "generation": _generation(kind, stamp),
        "body": body,
        "counted_at": now,
        "is_waiting": False,
    }
    StoredResult.objects.update_or_create(
        kind=kind, name=name, defaults=values, create_defaults={**values, "asked_at": now}
    )


def forget() -> None:
    """Drop what is older than a few minutes and out of date, what nobody asked for days, and
    more than is kept.
    """
    now, stamp = timezone.now(), trail.current_generation()
    longest = max((each.most_stale for each in modules.gathered("computations")), default=KEPT)
    is_old = ~Q(generation__endswith=f":{stamp}") & Q(counted_at__lt=now - longest)
    StoredResult.objects.filter(is_old | Q(asked_at__lt=now - KEPT), is_waiting=False).delete()
    surplus = StoredResult.objects.order_by("-asked_at").values_list("pk", flat=True)[MOST_KEPT:]
    StoredResult.objects.filter(pk__in=list(surplus)).delete()


def _generation(kind: str, stamp: int) -> str:
    """What a result is of: the release and form that made it, and the number of the last change."""
    return f"{_form(kind)}:{stamp}"


def _form(kind: str) -> str:
    return f"{RELEASE[:30]}:{computation(kind).form}"


def _is_readable(row: StoredResult) -> bool:
    """True when this release made it in the form of today: what an earlier one stored may hold
    something else, and is counted anew.
    """
    return row.generation.rpartition(":")[0] == _form(row.kind)


def _milliseconds(began: float) -> int:
    return round((time.perf_counter() - began) * 1000)
