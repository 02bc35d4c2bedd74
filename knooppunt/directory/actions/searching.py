"""Writes down, for each record, the words by which it can be found."""

from __future__ import annotations

from typing import Any

from knooppunt.directory.models import Place
from knooppunt.kit.text import normalise


def search_text(record: Any, many: dict[str, list[Any]]) -> str:
    """All words of a record, normalised, and its languages between bars."""
    words = [record.name, *record.descriptions.values()]
    for area in [
        *many.get("areas", ()),
        *([record.area] if isinstance(record, Place) and record.area else []),
    ]:
        words.append(area.name)
    if isinstance(record, Place):
        words += [record.street, record.postcode, record.city]
    else:
        words += record.target_groups
        for term in [*many.get("themes", ()), *([record.kind] if record.kind else [])]:
            words += [*term.names.values(), *term.synonyms]
    languages = "".join(f"|{code}" for code in record.languages)
    return f"{normalise(' '.join(dict.fromkeys(words)))} {languages}|"
