"""Keeps the index in line with everything that can be found: the trail tells what changed, so
nothing can be missed.

Every change leaves a line in the trail, in the same transaction. The index remembers up to which
line it is; a process that dies halfway simply goes on from there.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import OperationalError, connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_noop

from knooppunt.core.audit import trail
from knooppunt.core.background.rounds import for_each
from knooppunt.core.models import SiteFact, TrailEntry
from knooppunt.core.registry import modules
from knooppunt.core.registry.searchables import Searchable
from knooppunt.find import document_embeddings
from knooppunt.find.documents import forget, sweep, write
from knooppunt.find.models import Document
from knooppunt.find.vocabulary import vocabulary

BATCH = 200
# Seconds between two batches of a whole index, in which somebody else who waits to write to SQLite
# gets her turn.
BREATH = 0.15
MAKING = gettext_noop("Vindbaar maken")
CURSOR = "find cursor"
# A line that another process wrote but did not finish yet leaves a hole in the numbers; it is
# looked for this long.
WAIT, MOST_HOLES = 3600.0, 2000
Progress = Callable[[str, int], None]


def searchables() -> list[Searchable]:
    """Everything that the modules that are on let people search for."""
    return list(modules.gathered("searchable"))


def _cursor() -> dict[str, object]:
    fact = SiteFact.objects.filter(key=CURSOR).first()
    return dict(fact.value) if fact else {"line": 0, "holes": {}, "words": ""}


def is_new() -> bool:
    """True when nothing was ever indexed."""
    return not SiteFact.objects.filter(key=CURSOR).exists()


def catch_up(with_meaning: bool = True) -> int:
    """Index what changed since the last time; gives how many lines of the trail were gone
    through.
    """
    if is_new() or _cursor()["words"] != vocabulary().mark:
        return rebuild(with_meaning=with_meaning)
    done = 0
    while number := _next_batch():
        done += number
    if with_meaning:
        document_embeddings.embed_documents()
    return done


def _next_batch() -> int:
    """Go through the next lines of the trail, and those that were still on their way; gives how
    many.
    """
    with transaction.atomic():
        trail.lock()
        cursor = _cursor()
        line, holes = int(str(cursor["line"])), dict(cursor["holes"])  # type: ignore[call-overload]
        rows = TrailEntry.objects.order_by("pk").values_list("pk", "target_type", "target_id")
        lines = list(rows.filter(pk__gt=line)[:BATCH])
        late = list(rows.filter(pk__in=[int(number) for number in holes])[:BATCH]) if holes else []
        if not lines and not late:
            return 0
        _renew_changed(lines + late)
        now = time.time()
        last = lines[-1][0] if lines else line
        missing = set(range(line + 1, last + 1)) - {pk for pk, _type, _number in lines}
        holes |= {str(number): now for number in sorted(missing)[-MOST_HOLES:]}
        arrived = {str(pk) for pk, _type, _number in late}
        left = {
            number: since
            for number, since in holes.items()
            if number not in arrived and now - since < WAIT
        }
        SiteFact.objects.update_or_create(
            key=CURSOR, defaults={"value": {**cursor, "line": last, "holes": left}}
        )
    return len(lines) + len(late)


def _renew_changed(lines: Iterable[tuple[int, str, int]]) -> None:
    """Index the things that some lines of the trail are about, and what reads along with them."""
    changed: dict[str, set[int]] = defaultdict(set)
    for _pk, target, number in lines:
        changed[target].add(number)
    for one in searchables():
        numbers = set(changed.get(one.target, ()))
        for target, others in changed.items():
            if target != one.target:
                numbers |= one.beside(target, others)
        if numbers:
            _renew(one, numbers)


def _renew(searchable: Searchable, numbers: set[int]) -> None:
    """Bring the documents of some things in line; what is gone or not public is taken out."""
    try:
        _renew_together(searchable, numbers)
    except OperationalError:  # the database itself; all of it is done again
        raise
    except Exception:  # one of them is to blame, and the others are not
        for_each(
            MAKING,
            sorted(numbers),
            lambda number: _renew_together(searchable, {number}),
            record=lambda number: (searchable.model._meta.label_lower, number),
        )


def _renew_together(searchable: Searchable, numbers: set[int]) -> None:
    # Reading takes longest, and is done before the transaction: SQLite has one writer at a time.
    entries = [entry for entry in searchable.entries(sorted(numbers)) if entry.is_public]
    with transaction.atomic():
        gone = Document.objects.filter(type=searchable.type, number__in=numbers, is_gone=False)
        gone = gone.exclude(number__in=[entry.number for entry in entries])
        forget(list(gone.values_list("pk", flat=True)))
        write(searchable.type, entries)


def rebuild(progress: Progress = lambda what, done: None, with_meaning: bool = True) -> int:
    """Make the index anew while the site goes on answering; gives how many things can be found.

    Things are renewed a batch at a time, and only where something is different; what is no longer
    there goes last.
    """
    last = TrailEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    total = 0
    for searchable in searchables():
        total += _renew_all(searchable, lambda done, before=total: progress("words", before + done))  # type: ignore[misc]
    others = Document.objects.filter(is_gone=False).exclude(
        type__in=[one.type for one in searchables()]
    )
    forget(list(others.values_list("pk", flat=True)))
    sweep()
    value: dict[str, object] = {"line": last, "holes": {}, "words": vocabulary().mark}
    SiteFact.objects.update_or_create(key=CURSOR, defaults={"value": value})
    if with_meaning:
        document_embeddings.embed_documents(lambda done: progress("meaning", done))
    return total


def _renew_all(searchable: Searchable, progress: Callable[[int], None]) -> int:
    """Renew all of one type; gives how many can be found.

    Each batch is read to its end before the next: SQLite refuses to write while a reading is open
    on the same connection and another process wrote meanwhile.
    """
    numbers = searchable.numbers()
    for start in range(0, len(numbers), BATCH):
        _renew(searchable, set(numbers[start : start + BATCH]))
        if connection.vendor == "sqlite" and start + BATCH < len(numbers):
            time.sleep(BREATH)
        progress(min(start + BATCH, len(numbers)))
    known = Document.objects.filter(type=searchable.type, is_gone=False)
    gone = set(known.values_list("number", flat=True)).difference(numbers)
    forget(list(known.filter(number__in=gone).values_list("pk", flat=True)))
    return known.count()
