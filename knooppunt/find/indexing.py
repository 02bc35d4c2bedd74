"""Keeps the index in line with everything that can be found: the trail tells what changed, so nothing can be missed.

Every change leaves a line in the trail, in the same transaction. The index remembers up to which line it is; a process
that dies halfway simply goes on from there.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from django.db import connection, transaction
from django.db.models import Max

from knooppunt.core import bulk, modules, trail
from knooppunt.core.models import SiteFact, TrailEntry
from knooppunt.core.searching import Entry, Searchable
from knooppunt.find import meaning
from knooppunt.find.analysis import CONCEPT, terms_of, text_for_meaning
from knooppunt.find.models import Document, Posting, Term
from knooppunt.find.vocabulary import vocabulary

BATCH, AT_ONCE, VECTORS = 200, 60, 32
CURSOR = "find cursor"
Progress = Callable[[int, int], None]


def searchables() -> list[Searchable]:
    """Everything that the modules that are on let people search for."""
    return list(modules.gathered("searchable"))


def behind() -> int:
    """How many lines of the trail the index has not seen yet."""
    return TrailEntry.objects.filter(pk__gt=_cursor()).count()


def _cursor() -> int:
    fact = SiteFact.objects.filter(key=CURSOR).first()
    return int(fact.value) if fact else 0


def catch_up(most: int | None = None, with_meaning: bool = True) -> int:
    """Index what changed since the last time; gives how many lines of the trail were gone through.

    ``most`` bounds the work inside a page; the rest is for the worker.
    """
    done = 0
    while most is None or done < most:
        lines = list(TrailEntry.objects.filter(pk__gt=_cursor()).order_by("pk")[:BATCH].values_list("pk", "target_type", "target_id"))
        if not lines:
            break
        changed: dict[str, set[int]] = defaultdict(set)
        for _pk, target, number in lines:
            changed[target].add(number)
        with transaction.atomic():
            trail.lock()
            for one in searchables():
                if numbers := changed.get(one.target):
                    _index(one, numbers)
            _neighbours(changed)
            SiteFact.objects.update_or_create(key=CURSOR, defaults={"value": lines[-1][0]})
        done += len(lines)
    if done and with_meaning:
        give_meaning()
    return done


def _neighbours(changed: dict[str, set[int]]) -> None:
    """What reads along with something that changed: an activity with its place, a place with its host."""
    for one in searchables():
        for target, numbers in changed.items():
            if target != one.target and (near := one.beside(target, numbers)):
                _index(one, near - changed.get(one.target, set()))


def _index(searchable: Searchable, numbers: set[int]) -> None:
    """Bring the documents of some things in line; what is gone or not public is taken out."""
    entries = {entry.number: entry for entry in searchable.entries(sorted(numbers)) if entry.is_public}
    old = Document.objects.filter(type=searchable.type, number__in=numbers)
    _forget(list(old.exclude(number__in=entries).values_list("pk", flat=True)))
    known = {one.number: one for one in old.filter(number__in=entries).defer("vector")}
    _write(searchable.type, [(entry, known.get(entry.number)) for entry in entries.values()])


def _forget(numbers: list[int]) -> None:
    lost = Counter(Posting.objects.filter(document__in=numbers).values_list("term", flat=True))
    _count({term: -times for term, times in lost.items()})
    Posting.objects.filter(document__in=numbers).delete()
    Document.objects.filter(pk__in=numbers).delete()


def _write(type_: str, pairs: list[tuple[Entry, Document | None]]) -> None:
    """Write documents with their terms; what did not change is left alone, and so is its meaning."""
    words = vocabulary()
    changed = [(entry, old) for entry, old in pairs if old is None or old.mark != mark_of(entry)]
    terms = [terms_of(entry, words) for entry, _old in changed]
    gone = [old.pk for _entry, old in changed if old]
    lost = Counter(Posting.objects.filter(document__in=gone).values_list("term", flat=True))
    Posting.objects.filter(document__in=gone).delete()
    documents = [_document(type_, entry, old, found) for (entry, old), found in zip(changed, terms, strict=True)]
    bulk.create([one for one in documents if one.pk is None])
    for one, (_entry, old) in zip(documents, changed, strict=True):
        if old:
            one.save()
    rows = ((term, one.pk, weight) for one, found in zip(documents, terms, strict=True) for term, weight in found.items())
    bulk.insert(Posting, ("term", "document", "weight"), rows)
    won = Counter(term for found in terms for term in found)
    won.subtract(lost)
    _count(won)


def mark_of(entry: Entry) -> str:
    """A mark of everything that is indexed of a thing."""
    return hashlib.md5(repr(entry).encode(), usedforsecurity=False).hexdigest()


def _document(type_: str, entry: Entry, old: Document | None, terms: dict[str, float]) -> Document:
    concepts = sorted((term for term in terms if term.startswith(CONCEPT)), key=lambda term: -terms[term])
    one = Document(pk=old.pk if old else None, type=type_, number=entry.number, title=entry.title[:200], address=entry.address[:300])
    one.kind, one.confirmed_on, one.mark = entry.kind, entry.confirmed_on, mark_of(entry)
    one.areas = "|" + "|".join(map(str, sorted(entry.areas))) + "|"
    one.themes, one.languages = f"|{'|'.join(entry.themes)}|"[:500], f"|{'|'.join(entry.languages)}|"[:100]
    one.concepts = " ".join(concepts)[:1000]
    return one


def _count(changes: dict[str, int]) -> None:
    """Keep how many documents have each term."""
    moved = {term: number for term, number in changes.items() if number}
    if not moved:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {Term._meta.db_table} (term, documents) VALUES (%s, %s) "  # noqa: S608 - a name of our own
            "ON CONFLICT (term) DO UPDATE SET documents = "
            f"CASE WHEN {Term._meta.db_table}.documents + %s > 0 THEN {Term._meta.db_table}.documents + %s ELSE 0 END",
            [(term, max(number, 0), number, number) for term, number in moved.items()],
        )


def give_meaning(progress: Progress = lambda done, total: None) -> int:
    """Work out the meaning of documents that have none yet; gives how many."""
    entries = {one.type: one for one in searchables()}
    todo = Document.objects.filter(vector__isnull=True)
    total, done = todo.count(), 0
    while meaning.is_there():
        batch = list(todo.order_by("pk")[:VECTORS])
        if not batch:
            break
        texts = {pk: text for type_ in entries for pk, text in _texts(entries[type_], batch)}
        found = meaning.of_texts([texts.get(one.pk, one.title) for one in batch])
        if found is None:
            break
        for one, vector in zip(batch, found, strict=True):
            one.vector = vector
        Document.objects.bulk_update(batch, ["vector"])
        done += len(batch)
        progress(done, total)
    if done:
        trail.raise_stamp()
    return done


def _texts(searchable: Searchable, documents: list[Document]) -> Iterator[tuple[int, str]]:
    own = {one.number: one.pk for one in documents if one.type == searchable.type}
    for entry in searchable.entries(list(own)) if own else ():
        yield own[entry.number], text_for_meaning(entry)


def rebuild(progress: Progress = lambda done, total: None, with_meaning: bool = True) -> int:
    """Make the whole index anew while the site goes on answering; gives how many documents there are.

    Documents are renewed a batch at a time; what is no longer there goes last.
    """
    last = TrailEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    done = 0
    for searchable in searchables():
        seen: set[int] = set()
        batch: list[Entry] = []
        for entry in searchable.entries(None):
            if entry.is_public:
                batch.append(entry)
                seen.add(entry.number)
            if len(batch) == BATCH:
                done += _renew(searchable.type, batch)
                progress(done, 0)
                batch = []
        done += _renew(searchable.type, batch)
        _forget_others(searchable.type, seen)
    Document.objects.exclude(type__in=[one.type for one in searchables()]).delete()
    _recount()
    SiteFact.objects.update_or_create(key=CURSOR, defaults={"value": last})
    trail.raise_stamp()
    if with_meaning:
        give_meaning(progress)
    return done


def _renew(type_: str, batch: list[Entry]) -> int:
    known = {one.number: one for one in Document.objects.filter(type=type_, number__in=[e.number for e in batch]).defer("vector")}
    for one in known.values():
        one.mark = ""
    with transaction.atomic():
        _write(type_, [(entry, known.get(entry.number)) for entry in batch])
    return len(batch)


def _forget_others(type_: str, seen: set[int]) -> None:
    gone = [pk for pk, number in Document.objects.filter(type=type_).values_list("pk", "number") if number not in seen]
    for start in range(0, len(gone), BATCH):
        _forget(gone[start : start + BATCH])


def _recount() -> None:
    """Count the documents of every term anew."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Term._meta.db_table}")  # noqa: S608 - a name of our own
        cursor.execute(
            f"INSERT INTO {Term._meta.db_table} (term, documents) "  # noqa: S608
            f"SELECT term, COUNT(*) FROM {Posting._meta.db_table} GROUP BY term"
        )


def any_missing() -> bool:
    """True when nothing was ever indexed."""
    return not SiteFact.objects.filter(key=CURSOR).exists()


