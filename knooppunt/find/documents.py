"""Writes things into the index and takes them out, each as one row that packs its terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from knooppunt.core.database import bulk
from knooppunt.core.registry.searchables import Entry
from knooppunt.find import process_cache
from knooppunt.find.analysis import mark, terms_of, text_for_meaning
from knooppunt.find.models import Document, Term
from knooppunt.find.segments import pack
from knooppunt.find.vocabulary import vocabulary
from knooppunt.kit.language.concepts import Vocabulary
from knooppunt.kit.text import normalise

BATCH = 500
FIELDS = [
    field.name
    for field in Document._meta.local_concrete_fields
    if not field.primary_key and field.name != "vector"
]


def write(type_: str, entries: Sequence[Entry]) -> int:
    """Write things; what did not change is left alone. Gives how many were written."""
    words = vocabulary()
    rows = Document.objects.filter(type=type_, number__in=[entry.number for entry in entries])
    known = {one.number: one for one in rows.defer("terms", "vector", "summary")}
    marked = [(entry, mark_of(entry, words)) for entry in entries]
    changed = [(entry, now) for entry, now in marked if not _stands(known.get(entry.number), now)]
    if changed:
        with transaction.atomic():
            _put(type_, changed, known, words)
    return len(changed)


def _put(
    type_: str, changed: list[tuple[Entry, str]], known: dict[int, Document], words: Vocabulary
) -> None:
    version = process_cache.next_version()
    found = [terms_of(entry, words, type_) for entry, _now in changed]
    numbers = _numbered(
        {term: word for _terms, written in found for term, word in written.items()}, found
    )
    made = []
    for (entry, now), (terms, _written) in zip(changed, found, strict=True):
        one = _document(type_, entry, known.get(entry.number))
        one.terms, one.mark, one.version = (
            pack((numbers[term], weight) for term, weight in terms.items()),
            now,
            version,
        )
        made.append(one)
    old = [one for one in made if one.pk]
    bulk.create([one for one in made if one.pk is None])
    bulk.update(old, FIELDS)
    stale = [one.pk for one in old if known[one.number].text_mark != one.text_mark]
    Document.objects.filter(pk__in=stale).update(vector=None)


def forget(numbers: Sequence[int]) -> int:
    """Take things out of the index; gives how many."""
    if numbers:
        with transaction.atomic():
            gone = {"is_gone": True, "terms": b"", "vector": None, "text_mark": "", "mark": ""}
            for start in range(0, len(numbers), BATCH):
                part = list(numbers[start : start + BATCH])
                Document.objects.filter(pk__in=part).update(
                    version=process_cache.next_version(), **gone
                )
    return len(numbers)


def sweep() -> None:
    """Forget what is gone; processes then read the whole index anew, so that none misses it."""
    if Document.objects.filter(is_gone=True).exists():
        with transaction.atomic():
            process_cache.next_version()
            Document.objects.filter(is_gone=True).delete()
            process_cache.begin_anew()


def mark_of(entry: Entry, words: Vocabulary) -> str:
    """A mark of everything that is indexed of a thing, and of the words by which it is
    understood.
    """
    return mark(words.mark + repr(entry))


def _stands(old: Document | None, now: str) -> bool:
    return old is not None and not old.is_gone and old.mark == now


def _numbered(
    written: dict[str, str], found: Iterable[tuple[dict[str, float], dict[str, str]]]
) -> dict[str, int]:
    """The numbers of terms; those that are new get one."""
    wanted = {term for terms, _written in found for term in terms}
    known = _known(wanted)
    new = [Term(term=term, shown=written.get(term, "")) for term in sorted(wanted - set(known))]
    Term.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return known | _known({one.term for one in new})


def _known(terms: set[str]) -> dict[str, int]:
    some = sorted(terms)
    found: dict[str, int] = {}
    for start in range(0, len(some), BATCH):
        found |= dict(
            Term.objects.filter(term__in=some[start : start + BATCH]).values_list("term", "pk")
        )
    return found


def _document(type_: str, entry: Entry, old: Document | None) -> Document:
    return Document(
        pk=old.pk if old else None,
        type=type_,
        number=entry.number,
        title=entry.title[:200],
        title_key=normalise(entry.title)[:200],
        address=entry.address[:300],
        summary={code: text[:300] for code, text in entry.summary.items()},
        kind=entry.kind,
        longitude=entry.point[0] if entry.point else None,
        latitude=entry.point[1] if entry.point else None,
        confirmed_on=entry.confirmed_on,
        is_example=entry.is_example,
        first_on=old.first_on if old and not old.is_gone else timezone.localdate(),
        text_mark=mark(text_for_meaning(entry)),
    )
