"""How points, commitments, agreements, dossiers and pieces of the library are found by the
search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.searchables import Entry, Searchable
from knooppunt.directory.searchable import around, parents, words_of
from knooppunt.voice.models import Agreement, Clause, Commitment, Document, Dossier, Point
from knooppunt.voice.models import Entry as Line


def _rows(model: Any, numbers: Iterable[int]) -> Any:
    return model.objects.filter(pk__in=list(numbers)).order_by("pk")


def points(numbers: Iterable[int]) -> Iterator[Entry]:
    """Public points."""
    tree = parents()
    for one in _rows(Point, numbers).select_related("body").prefetch_related("areas", "themes"):
        areas, themes = list(one.areas.all()), list(one.themes.all())
        yield Entry(
            one.pk,
            one.title,
            f"{one.why} {one.ask}",
            one.get_absolute_url(),
            labels=words_of(themes),
            where=tuple(filter(None, (one.whom, *(area.name for area in areas)))),
            areas=around(areas, tree),
            themes=tuple(theme.slug for theme in themes),
            summary={"nl": one.ask},
            is_public=one.is_public,
            is_example=one.is_example,
        )


def commitments(numbers: Iterable[int]) -> Iterator[Entry]:
    """Public commitments."""
    tree = parents()
    for one in (
        _rows(Commitment, numbers)
        .select_related("term__post__body", "body")
        .prefetch_related("areas")
    ):
        areas = list(one.areas.all())
        yield Entry(
            one.pk,
            str(one),
            one.text,
            one.get_absolute_url(),
            where=(one.who,),
            areas=around(areas, tree),
            summary={"nl": one.who},
            is_public=one.is_public,
            is_example=one.is_example,
        )


def agreements(numbers: Iterable[int]) -> Iterator[Entry]:
    """Public agreements with their clauses."""
    tree = parents()
    for one in _rows(Agreement, numbers).prefetch_related("clauses", "areas"):
        clauses = " ".join(f"{clause.title} {clause.text}" for clause in one.clauses.all())
        yield Entry(
            one.pk,
            one.title,
            f"{one.text} {clauses}",
            one.get_absolute_url(),
            labels=(str(one.get_kind_display()),),
            areas=around(list(one.areas.all()), tree),
            summary={"nl": one.text},
            is_public=one.is_public,
            is_example=one.is_example,
        )


def dossiers(numbers: Iterable[int]) -> Iterator[Entry]:
    """Public dossiers with their time lines."""
    for one in _rows(Dossier, numbers).prefetch_related("entries"):
        lines = " ".join(f"{line.title} {line.text}" for line in one.entries.all())
        yield Entry(
            one.pk,
            one.title,
            f"{one.text} {lines} {one.lessons}",
            one.get_absolute_url(),
            summary={"nl": one.text},
            is_public=one.is_public,
        )


def documents(numbers: Iterable[int]) -> Iterator[Entry]:
    """Public pieces of the library."""
    for one in _rows(Document, numbers).prefetch_related("themes"):
        themes = list(one.themes.all())
        yield Entry(
            one.pk,
            one.title,
            f"{one.author} {one.text}",
            one.get_absolute_url(),
            labels=(str(one.get_kind_display()), *words_of(themes)),
            themes=tuple(theme.slug for theme in themes),
            summary={"nl": one.text},
            is_public=one.is_public,
            is_example=one.is_example,
        )


def agreements_beside(target: str, numbers: set[int]) -> set[int]:
    """The agreements of clauses that changed."""
    return (
        set(Clause.with_mistakes.filter(pk__in=numbers).values_list("agreement", flat=True))
        if target == "clause"
        else set()
    )


def dossiers_beside(target: str, numbers: set[int]) -> set[int]:
    """The dossiers of lines that changed."""
    return (
        set(Line.with_mistakes.filter(pk__in=numbers).values_list("dossier", flat=True))
        if target == "entry"
        else set()
    )


SEARCHABLE = (
    Searchable("point", _("Punten"), Point, points, icon="talk", is_apart=True),
    Searchable(
        "commitment", _("Toezeggingen"), Commitment, commitments, icon="check", is_apart=True
    ),
    Searchable(
        "agreement",
        _("Akkoorden"),
        Agreement,
        agreements,
        agreements_beside,
        icon="law",
        is_apart=True,
    ),
    Searchable(
        "dossier", _("Dossiers"), Dossier, dossiers, dossiers_beside, icon="book", is_apart=True
    ),
    Searchable("document", _("Bibliotheek"), Document, documents, icon="book", is_apart=True),
)
