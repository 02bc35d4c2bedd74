"""What a word of a list can mean with us, as choices: terms, wijken, languages and names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from knooppunt.core.coalition.languages import language_name
from knooppunt.core.registry.list_kinds import Choices, WordQuestion
from knooppunt.directory.forms.areas import labelled
from knooppunt.directory.importing.words import LANGUAGES
from knooppunt.directory.models import Area
from knooppunt.kit.text import normalise


def term_choices(model: Any) -> Choices:
    """The terms of a managed list that are in use."""
    return [(term.slug, str(term)) for term in model.objects.filter(is_used=True)]


def area_choices() -> Choices:
    """Every area by name."""
    return [(area.slug, labelled(area)) for area in Area.objects.order_by("name")]


def language_choices() -> Choices:
    """Every language that a list can name."""
    return [(code, language_name(code)) for code in LANGUAGES]


def record_question(records: Callable[[], QuerySet[Any]], may_be_new: bool = False) -> WordQuestion:
    """Which of some records of the register a word means, told by its name or slug."""

    def named(name: str) -> list[str]:
        by_slug = records().filter(slug=name)
        by_name = records().filter(name_key=normalise(name)).order_by("slug")
        return [record.slug for record in by_slug or by_name]

    def called(slug: str) -> str:
        record = records().filter(slug=slug).first()
        return str(record.name) if record else slug

    def names() -> Iterable[str]:
        return records().order_by("name").values_list("name", flat=True)

    return WordQuestion(named=named, called=called, names=names, may_be_new=may_be_new)
