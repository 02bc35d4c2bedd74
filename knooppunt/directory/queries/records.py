"""Questions that organisations and places answer alike: visible, existing on a day, due, with
words in it.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from knooppunt.core.database.valid_time import DatedQuerySet, not_over
from knooppunt.kit.dates import days_before
from knooppunt.kit.text import normalise


def exists_on(day: date, prefix: str = "") -> Q:
    """The condition that a record existed on ``day``: begun, or listed when its begin is unknown,
    and not ended.

    ``prefix`` is the way to the record from another table, such as ``organisation__``.
    """
    unknown = Q(**{f"{prefix}since__isnull": True, f"{prefix}listed_on__lte": day})
    begun = Q(**{f"{prefix}since__lte": day}) | unknown
    not_ended = Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": day})
    return begun & not_ended


def not_ended(day: date, prefix: str = "") -> Q:
    """The condition that a public record had not ended by ``day``: who signs or speaks then has
    surely begun.
    """
    return not_over(day, prefix) & Q(**{f"{prefix}state": "public"})


def visible_on(day: date, prefix: str = "") -> Q:
    """The condition that everybody may see a record on ``day``: it is public and existed then."""
    return exists_on(day, prefix) & Q(**{f"{prefix}state": "public"})


class LinkQuerySet(DatedQuerySet):
    """Questions to dated links between two records; ``ends`` are the fields that lead to them."""

    ends: tuple[str, ...] = ()

    def visible_on(self, day: date) -> Self:
        """The links that held on ``day``, of which both records were visible then."""
        rows = self.as_of(day)
        for field in self.ends:
            rows = rows.filter(visible_on(day, f"{field}__"))
        return rows


class RecordQuerySet(models.QuerySet[Any]):
    """Questions about records of the register."""

    def public(self) -> Self:
        """What is public, ended or not; ``visible_on`` is what a list of a day shows."""
        return self.filter(state="public")

    def as_of(self, day: date) -> Self:
        """What existed on ``day``: begun by then (listed by then, when the beginning is
        unknown) and not yet ended.
        """
        return self.filter(exists_on(day))

    def visible_on(self, day: date) -> Self:
        """What pages, lists, search, map, exports and figures of ``day`` show to everybody."""
        return self.filter(visible_on(day))

    def due(self, day: date) -> Self:
        """What goes on and nobody confirmed for longer than the setting's number of days, or
        ever.
        """
        stale = Q(confirmed_on__isnull=True) | Q(
            confirmed_on__lte=days_before(day, settings.FRESH_DAYS)
        )
        return self.filter(stale).filter(not_over(day))

    def with_words(self, text: str) -> Self:
        """What has every one of the typed words somewhere in its text; at most eight words
        count.
        """
        found = self
        for word in normalise(text[:200]).split()[:8]:
            found = found.filter(search_text__contains=word)
        return found

    def speaking(self, language: str) -> Self:
        """Where a language is spoken; ``language`` is a two-letter code."""
        return self.filter(search_text__contains=f"|{language}|")
