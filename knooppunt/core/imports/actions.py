"""Remembers of a source of lists how its columns and sheet are read and what its words mean."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.imports.answers import word_key
from knooppunt.core.models import ImportSource, ImportWord

MOST_ASKED = 200


def remember_columns(
    actor: Actor, source: ImportSource, mapping: dict[str, str], sheet: str
) -> None:
    """Keep how the columns and the sheet of a list were read, for the next file of this source."""
    wanted = {**source.mapping, **mapping}
    changes = {
        name: (old, new)
        for name, old, new in (("mapping", source.mapping, wanted), ("sheet", source.sheet, sheet))
        if old != new
    }
    if changes:
        with transaction.atomic():
            source.mapping, source.sheet = wanted, sheet
            source.save(update_fields=["mapping", "sheet"])
            trail.record_unseen(actor, "change_columns", source, sheet=sheet, columns=wanted)


def answer_word(
    actor: Actor, source: ImportSource, name: str, word: str, answer: str, meaning: str = ""
) -> None:
    """Keep what a word of a field means in the lists of a source; an earlier answer is replaced."""
    values: dict[str, Any] = {"word": word[:200], "answer": answer, "meaning": meaning}
    with transaction.atomic():
        ImportWord.objects.update_or_create(
            source=source, field=name, key=word_key(word), defaults=values
        )
        trail.record_unseen(actor, "answer_word", source, field=name, **values)


def forget_answer(actor: Actor, source: ImportSource, name: str, word: str) -> None:
    """Take back what was answered of a word, so that it is asked again.

    Nothing happens when nobody answered.
    """
    with transaction.atomic():
        rows = ImportWord.objects.filter(source=source, field=name, key=word_key(word))
        if not rows.delete()[0]:
            return
        if not any(
            asked["field"] == name and word_key(asked["word"]) == word_key(word)
            for asked in source.asked
        ):
            source.asked = [*source.asked, {"field": name, "word": word, "rows": 0, "hint": ""}]
            source.save(update_fields=["asked"])
        for line in trail.of(source).filter(verb="answer_word", details__field=name):
            if word_key(line.details["word"]) == word_key(word):
                line.details["word"] = trail.HIDDEN
                line.save(update_fields=["details"])
        trail.record_unseen(actor, "forget_word", source, field=name)


def note_reading(source: ImportSource, asked: list[dict[str, Any]]) -> None:
    """Keep when a source was read last, and the words not understood, the commonest first."""
    source.asked = sorted(asked, key=lambda one: (-one["rows"], one["field"], one["word"]))[
        :MOST_ASKED
    ]
    source.read_at = timezone.now()
    source.save(update_fields=["asked", "read_at"])
