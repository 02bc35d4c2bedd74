"""How dreams are found by the search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.searchables import Entry, Searchable
from knooppunt.directory.searchable import around, parents, words_of
from knooppunt.dreams.models import Dream


def dreams(numbers: Iterable[int]) -> Iterator[Entry]:
    """Dreams on the wall; what joined another is found with that one."""
    rows = Dream.objects.filter(pk__in=list(numbers)).select_related("area", "place", "theme")
    tree = parents()
    for dream in rows.defer("area__outline").prefetch_related("joined").order_by("pk"):
        parts = [part.text for part in dream.joined.all() if part.is_public]
        place = dream.public_place
        yield Entry(
            dream.pk,
            dream.title,
            "\n".join([dream.text, *parts]),
            dream.get_absolute_url(),
            labels=(str(_("droom")), *(words_of([dream.theme]) if dream.theme else ())),
            where=(*([dream.area.name] if dream.area else []), *([place.name] if place else [])),
            areas=around([dream.area], tree) if dream.area else (),
            themes=(dream.theme.slug,) if dream.theme else (),
            point=dream.point,
            summary={dream.language: dream.text, "nl": dream.text},
            is_public=dream.is_public and dream.joined_to_id is None,
            is_example=dream.is_example,
        )


def beside(target: str, numbers: set[int]) -> set[int]:
    """The dreams that read along with a place that changed, or with a dream that joined them."""
    if target == "place":
        return set(Dream.objects.filter(place__in=numbers).values_list("pk", flat=True))
    if target == "dream":
        return set(Dream.objects.filter(joined__in=numbers).values_list("pk", flat=True))
    return set()


SEARCHABLE = (Searchable("dream", _("Dromen"), Dream, dreams, beside, icon="dream", is_apart=True),)
