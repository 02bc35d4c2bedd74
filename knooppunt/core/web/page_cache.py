"""Remembers what was worked out for one page for the next, until anything in the house changes.

The stamp grows with every change, in any process. What is remembered belongs to one stamp, so
nothing old is ever shown and nothing needs to be thrown away by hand.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import get_language

from knooppunt.core.audit import trail

T = TypeVar("T")
MOST = 50_000
_here = threading.local()
_kept: dict[Hashable, Any] = {}
_of: list[Hashable] = [None]


class SingleFlight:
    """Lets the first who asks for something make it while the others who ask for the same wait for
    it.

    The others go on by themselves when it failed or took longer than ``longest`` seconds.
    """

    def __init__(self, longest: float = 5.0) -> None:
        self.longest = longest
        self._making: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()

    @contextmanager
    def making(self, key: Hashable) -> Iterator[None]:
        """Enter at once as the first for a key, and after the first is ready as another."""
        with self._lock:
            first = self._making.get(key)
            if first is None:
                mine = self._making[key] = threading.Event()
        if first is not None:
            first.wait(self.longest)
            yield
            return
        try:
            yield
        finally:
            with self._lock:
                del self._making[key]
            mine.set()


class Pages:
    """Whole pages for strangers, by their tag, up to a number of bytes; the ones longest unasked go
    first.

    A tag names one stamp, address and minute, so a page is drawn anew as soon as anything could be
    different.
    """

    def __init__(self, most_bytes: int = 16_000_000) -> None:
        self.most, self.bytes = most_bytes, 0
        self.drawing = SingleFlight()
        self._pages: OrderedDict[str, tuple[bytes, dict[str, str]]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """How many pages are kept."""
        return len(self._pages)

    def get(self, tag: str) -> tuple[bytes, dict[str, str]] | None:
        """The content and headers of a page, or None."""
        with self._lock:
            if tag in self._pages:
                self._pages.move_to_end(tag)
            return self._pages.get(tag)

    def put(self, tag: str, content: bytes, headers: dict[str, str]) -> None:
        """Keep a page."""
        with self._lock:
            if tag not in self._pages and len(content) < self.most // 8:
                self._pages[tag] = (content, headers)
                self.bytes += len(content)
            while self.bytes > self.most:
                _tag, (gone, _headers) = self._pages.popitem(last=False)
                self.bytes -= len(gone)

    def clear(self) -> None:
        """Forget every page."""
        with self._lock:
            self._pages.clear()
            self.bytes = 0


class Recent:
    """A few values that are large, by a key that names the stamp; the ones longest unasked go
    first.
    """

    def __init__(self, most: int = 8) -> None:
        self.most = most
        self._flight = SingleFlight()
        self._values: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """The value of a key, made once when it is not there."""
        value = self._known(key)
        if value is not None:
            return value
        with self._flight.making(key):
            value = self._known(key)
            if value is None:
                value = make()
                self._keep(key, value)
        return value

    def _known(self, key: tuple[Any, ...]) -> Any:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def _keep(self, key: tuple[Any, ...], value: Any) -> None:
        with self._lock:
            self._values[key] = value
            while len(self._values) > self.most:
                self._values.popitem(last=False)

    def clear(self) -> None:
        """Forget all of it."""
        with self._lock:
            self._values.clear()


PAGES = Pages()
RECENT = Recent()


def begin(stamp: int) -> None:
    """Start a request at a stamp; what was remembered for another stamp or day is forgotten."""
    mark = (stamp, timezone.localdate())
    _here.mark = mark
    if _of[0] != mark or len(_kept) > MOST:
        _kept.clear()
        _of[0] = mark


def current_generation() -> int:
    """The stamp at which this request began, so that all of its page is of one moment; else the
    stamp of now.
    """
    mark = getattr(_here, "mark", None)
    return int(mark[0]) if mark else trail.current_generation()


def remember(key: Hashable, make: Callable[[], T]) -> T:
    """The value for a key in the reader's language, made when it is not known at this stamp."""
    mark = getattr(_here, "mark", None) or (trail.current_generation(), timezone.localdate())
    if _of[0] != mark:
        return make()
    full = (key, get_language())
    if full not in _kept:
        _kept[full] = make()
    found: T = _kept[full]
    return found


def remember_each(
    name: str, numbers: Sequence[int], make: Callable[[list[int]], dict[int, T]]
) -> list[T]:
    """The values for numbered things in their order; those not known at this stamp are made
    together.

    A number for which ``make`` gives nothing is left out.
    """
    language = get_language()
    keys = {number: ((name, number), language) for number in numbers}
    mark = getattr(_here, "mark", None)
    known = _kept if mark is not None and _of[0] == mark else {}
    missing = [number for number, key in keys.items() if key not in known]
    made = make(missing) if missing else {}
    known.update((keys[number], value) for number, value in made.items())
    return [known[key] for key in keys.values() if key in known]


def forget() -> None:
    """Forget everything; for tests, which turn back the stamp."""
    trail.forget_recent_generation()
    _kept.clear()
    _of[0] = None
    _here.mark = None
    PAGES.clear()
    RECENT.clear()
