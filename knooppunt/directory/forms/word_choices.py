"""What a word of a list can mean with us, as choices: terms, wijken, languages and names of the register."""

from __future__ import annotations

from typing import Any

from knooppunt.core.imports.kinds import Choices
from knooppunt.directory.forms.areas import labelled
from knooppunt.directory.importing.words import LANGUAGES
from knooppunt.directory.languages import language_name
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


def slugs_named(records: Any, name: str) -> list[str]:
    """The slugs of the records that go by a name, or have it as their slug."""
    by_slug = list(records.filter(slug=name).values_list("slug", flat=True))
    return by_slug or list(
        records.filter(name_key=normalise(name)).order_by("slug").values_list("slug", flat=True)
    )
