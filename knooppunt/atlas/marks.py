"""Which icon stands in the mark of one thing on the map, and what the legend says of each."""

from __future__ import annotations

from dataclasses import dataclass

from knooppunt.core.registry import modules
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Kind
from knooppunt.find.models import Document


@dataclass(frozen=True)
class Mark:
    """An icon on the map, the type by which it is coloured, and the kinds that have it."""

    icon: str
    type: str
    label: str


def icon_of(document: Document) -> str:
    """The icon of the kind of a thing; that of its type where it has no kind of the register."""
    return _kind_icons().get(document.kind) or _type_icons().get(document.type, "house")


def legend() -> list[Mark]:
    """Each icon once for each type of thing with a spot on the map, with the names of its
    kinds.
    """
    return page_cache.remember("atlas legend", _legend)


def _legend() -> list[Mark]:
    located = Document.objects.filter(is_gone=False, longitude__isnull=False).order_by()
    kinds = {kind.slug: str(kind) for kind in Kind.objects.all()}
    types = {row.type: str(row.label) for row in modules.gathered("searchable")}
    labels: dict[tuple[str, str], list[str]] = {}
    for document in map(_as_document, located.values_list("type", "kind").distinct()):
        label = kinds.get(document.kind) or types.get(document.type, "")
        labels.setdefault((document.type, icon_of(document)), []).append(label)
    return [
        Mark(icon, kind_of_thing, ", ".join(sorted({label for label in names if label})))
        for (kind_of_thing, icon), names in sorted(labels.items())
    ]


def _as_document(pair: tuple[str, str]) -> Document:
    return Document(type=pair[0], kind=pair[1])


def _kind_icons() -> dict[str, str]:
    return page_cache.remember("kind icons", lambda: dict(Kind.objects.values_list("slug", "icon")))


def _type_icons() -> dict[str, str]:
    return {row.type: row.icon for row in modules.gathered("searchable")}
