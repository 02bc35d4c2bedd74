"""The index as a process holds it: which things have which terms, and their meanings, as arrays
that are quick to go through.

Everything is read once. After a change only what changed is read, into a small second segment; the
same things in the large one are passed over from then on. When the small one has grown, all is read
anew.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from typing import Any

import numpy
from django.db import connection
from django.db.models import QuerySet

from knooppunt.find import embedding_model, process_cache
from knooppunt.find.models import Document, Term

Array = Any
PACKED = numpy.dtype([("term", "<u4"), ("weight", "<f4")])
NONE = numpy.zeros(0, dtype="uint32"), numpy.zeros(0, dtype="float32")
MOST_CHANGED, SHARE_CHANGED = 500, 0.02
SLOW, BLOCK = 0.3, 8192
_lock, _beside = threading.Lock(), threading.Semaphore()
_index: list[Index] = []
_took = [0.0]


def pack(terms: Iterable[tuple[int, float]]) -> bytes:
    """The terms of a document as they are kept."""
    return numpy.array(list(terms), dtype=PACKED).tobytes()


class Segment:
    """Some documents: their numbers, the documents of each term, and where each lies."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        packed, vectors = bytearray(), bytearray()
        numbers: list[int] = []
        lengths: list[int] = []
        points: list[tuple[float | None, float | None]] = []
        with_vector: list[int] = []
        for pk, terms, vector, longitude, latitude in rows.iterator(chunk_size=2000):
            if vector and (not with_vector or len(vectors) == len(vector) * len(with_vector)):
                with_vector.append(len(numbers))
                vectors += bytes(vector)
            numbers.append(pk)
            packed += bytes(terms)
            lengths.append(len(terms) // PACKED.itemsize)
            points.append((longitude, latitude))
        self.numbers = numpy.array(numbers, dtype="int64")
        self.points = numpy.array(points, dtype="float64").reshape(len(numbers), 2)
        self.is_alive = numpy.ones(len(numbers), dtype=bool)
        self._invert(
            numpy.frombuffer(bytes(packed), dtype=PACKED), numpy.array(lengths, dtype="int64")
        )
        self.with_vector = numpy.array(with_vector, dtype="int64")
        self.vectors = numpy.frombuffer(bytes(vectors), dtype="int8").reshape(
            len(with_vector), -1 if with_vector else 0
        )

    def _invert(self, packed: Array, lengths: Array) -> None:
        order = numpy.argsort(packed["term"], kind="stable")
        terms = packed["term"][order]
        self.documents = numpy.repeat(numpy.arange(len(lengths), dtype="uint32"), lengths)[order]
        self.weights = numpy.ascontiguousarray(packed["weight"][order])
        starts = numpy.flatnonzero(numpy.diff(terms.astype("int64"), prepend=-1))
        ends = numpy.append(starts[1:], len(terms))[: len(starts)]
        self.spans = {
            int(terms[start]): (int(start), int(end))
            for start, end in zip(starts, ends, strict=True)
        }

    def __len__(self) -> int:
        return len(self.numbers)

    def having(self, term: int) -> tuple[Array, Array]:
        """The documents (as places in this segment) that have a term, in order, and their
        weights.
        """
        start, end = self.spans.get(term, (0, 0))
        return (self.documents[start:end], self.weights[start:end]) if end else NONE

    def mask(self, terms: Iterable[int]) -> Array:
        """Which documents have any of some terms."""
        found = numpy.zeros(len(self), dtype=bool)
        for term in terms:
            found[self.having(term)[0]] = True
        return found

    def nearness(self, asked: Array) -> Array | None:
        """For every document the cosine with a question's meaning, -1 without one; None where
        the sizes differ.
        """
        if not len(self.with_vector) or self.vectors.shape[1] != len(asked):
            return None
        near = numpy.full(len(self), -1.0, dtype="float32")
        for start in range(
            0, len(self.with_vector), BLOCK
        ):  # as small numbers they take a quarter of the memory
            block = self.vectors[start : start + BLOCK].astype("float32")
            near[self.with_vector[start : start + BLOCK]] = block @ asked / 127
        return near


class Index:
    """All segments at one version, with the terms by name."""

    def __init__(self, version: int) -> None:
        self.version = self.base_version = version
        self.base = Segment(_rows(Document.objects.filter(is_gone=False)))
        self.segments = [self.base]
        self.terms: dict[str, int] = {}
        self.shown: dict[str, str] = {}
        self.last_term = 0
        self._know_terms()

    def renewed(self, version: int) -> Index:
        """This index brought to a later version; a new one when much changed."""
        changed = Document.objects.filter(version__gt=self.base_version)
        if process_cache.base() > self.base_version or changed.count() > max(
            MOST_CHANGED, SHARE_CHANGED * len(self.base)
        ):
            return Index(version)
        gone = numpy.array(list(changed.values_list("pk", flat=True)), dtype="int64")
        later = object.__new__(Index)
        later.__dict__.update(self.__dict__)
        later.version = version
        later.base = object.__new__(Segment)
        later.base.__dict__.update(self.base.__dict__)
        later.base.is_alive = ~numpy.isin(self.base.numbers, gone)
        later.segments = [later.base, Segment(_rows(changed.filter(is_gone=False)))]
        later._know_terms()
        return later

    def _know_terms(self) -> None:
        """Read the terms that came since; all of them the first time."""
        rows = list(
            Term.objects.filter(pk__gt=self.last_term)
            .order_by("pk")
            .values_list("pk", "term", "shown")
        )
        if rows:
            self.terms = {**self.terms, **{term: pk for pk, term, _shown in rows}}
            self.shown = {**self.shown, **{term: shown for _pk, term, shown in rows if shown}}
            self.last_term = rows[-1][0]
        self.total = sum(int(segment.is_alive.sum()) for segment in self.segments)
        self._counts: dict[str, int] = {}

    def count(self, term: str) -> int:
        """How many documents have a term now; those in the large segment that changed since do
        not count.
        """
        known = self._counts.get(term)
        if known is None:
            number = self.terms.get(term, 0)
            known = sum(
                int(segment.is_alive[segment.having(number)[0]].sum()) for segment in self.segments
            )
            self._counts[term] = known
        return known

    def has_ever(self, term: str) -> bool:
        """True if a term is in any segment, also when only in documents that changed since;
        quicker than counting.
        """
        number = self.terms.get(term, 0)
        return any(number in segment.spans for segment in self.segments)


def _rows(documents: QuerySet[Document]) -> QuerySet[Any]:
    return documents.order_by("title_key", "pk").values_list(
        "pk", "terms", "vector", "longitude", "latitude"
    )


def index() -> Index:
    """The index as it is now; one that takes long to read is read beside, and the one before
    serves until then.
    """
    now = process_cache.version()
    known = _index[0] if _index else None
    if known is not None and known.version == now:
        return known
    if known is not None and _took[0] > SLOW:
        if _beside.acquire(blocking=False):
            threading.Thread(target=_read_beside, daemon=True).start()
        return known
    with _lock:
        return _read(now)


def _read(now: int) -> Index:
    """Bring what is held to a version, and remember how long that took."""
    known = _index[0] if _index else None
    if known is None or known.version != now:
        began = time.perf_counter()
        known = known.renewed(now) if known and known.version < now else Index(now)
        _took[0] = time.perf_counter() - began
        _index[:] = [known]
    return known


def _read_beside() -> None:
    try:
        with _lock:
            _read(process_cache.version())
    finally:
        connection.close()
        _beside.release()


def forget() -> None:
    """Read everything anew at the next question; for tests, which turn back the version."""
    _index.clear()
    _took[0] = 0.0
    embedding_model.forget()
