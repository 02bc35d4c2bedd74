"""Gives what can be found its meaning: worked out once for a text, kept until that text changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from knooppunt.core.database import bulk
from knooppunt.core.registry import modules
from knooppunt.core.registry.searchables import Searchable
from knooppunt.find import embedding_model, process_cache
from knooppunt.find.analysis import mark, text_for_meaning
from knooppunt.find.models import Document

AT_ONCE = 64
# The version of the index at which this process found every meaning there; the worker looks every
# few seconds.
_complete_at = [-1]


def embed_documents(progress: Callable[[int], None] = lambda done: None) -> int:
    """Work out the meanings that are missing; gives how many.

    Stops where the model does not answer.
    """
    if _complete_at[0] == process_cache.version() or not embedding_model.is_there():
        return 0
    done, is_complete = 0, True
    for searchable in modules.gathered("searchable"):
        missing = Document.objects.filter(
            type=searchable.type, vector__isnull=True, is_gone=False
        ).order_by("pk")
        todo = list(missing.values_list("number", flat=True))
        for start in range(0, len(todo), AT_ONCE):
            number = _give(searchable, todo[start : start + AT_ONCE])
            if number is None:
                is_complete = False
                break
            done += number
            progress(done)
    _complete_at[0] = process_cache.version() if is_complete else -1
    return done


def _give(searchable: Searchable, numbers: list[int]) -> int | None:
    """Give some things their meaning; None when the model does not answer."""
    texts = {entry.number: text_for_meaning(entry) for entry in searchable.entries(numbers)}
    known = _known_vectors(list(texts.values()))
    new = list(dict.fromkeys(text for text in texts.values() if mark(text) not in known))
    found = embedding_model.of_texts(new) if new else []
    if found is None:
        return None
    known |= {mark(text): vector for text, vector in zip(new, found, strict=True)}
    with transaction.atomic():
        version = process_cache.next_version()
        rows = list(
            Document.objects.filter(type=searchable.type, number__in=texts, is_gone=False).only(
                "pk", "number", "text_mark"
            )
        )
        # What changed in the meantime waits for the next round.
        right = [one for one in rows if one.text_mark in known]
        for one in right:
            one.vector, one.version = known[one.text_mark], version
        bulk.update(right, ["vector", "version"])
    return len(right)


def _known_vectors(texts: list[str]) -> dict[str, Any]:
    """The vectors of texts that something has already, by the mark of the text."""
    rows = Document.objects.filter(
        text_mark__in={mark(text) for text in texts}, vector__isnull=False
    )
    return dict(rows.values_list("text_mark", "vector"))


def forget() -> None:
    """Look anew whether every meaning is there; for tests, which turn back the version."""
    _complete_at[0] = -1
