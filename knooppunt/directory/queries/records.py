"""Questions that organisations and places answer alike: visible, existing on a day, due, with words in it."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from knooppunt.kit.dates import days_before
from knooppunt.kit.text import normalise


class RecordQuerySet(models.QuerySet[Any]):
    """Questions about records of the register."""

    def public(self) -> Self:
        """What everybody may see."""
        return self.filter(state="public")

    def as_of(self, day: date) -> Self:
        """What existed on ``day``: begun by then (listed by then, when the beginning is unknown) and not yet ended."""
        begun = Q(since__lte=day) | Q(since__isnull=True, listed_on__lte=day)
        return self.filter(begun).filter(Q(until__isnull=True) | Q(until__gte=day))

    def due(self, day: date) -> Self:
        """What nobody confirmed for longer than the setting's number of days, or ever."""
        stale = Q(confirmed_on__isnull=True) | Q(
            confirmed_on__lte=days_before(day, settings.FRESH_DAYS)
        )
        return self.filter(stale)

    def with_words(self, text: str) -> Self:
        """What has every one of the typed words somewhere in its text; at most eight words count."""
        found = self
        for word in normalise(text[:200]).split()[:8]:
            found = found.filter(search_text__contains=word)
        return found

    def speaking(self, language: str) -> Self:
        """Where a language is spoken; ``language`` is a two-letter code."""
        return self.filter(search_text__contains=f"|{language}|")
