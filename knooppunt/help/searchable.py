"""How needs and offers are found by the search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.searchables import Entry, Searchable
from knooppunt.directory.searchable import around, parents
from knooppunt.help.models import Notice


def notices(numbers: Iterable[int]) -> Iterator[Entry]:
    """Open needs and offers of public organisations."""
    rows = Notice.objects.filter(pk__in=list(numbers))
    tree = parents()
    visible = set(rows.visible_on(timezone.localdate()).values_list("pk", flat=True))
    for one in (
        rows.select_related("organisation", "place", "area").defer("area__outline").order_by("pk")
    ):
        yield Entry(
            one.pk,
            f"{str(one.get_side_display()).capitalize()}: {one.title}",
            one.text,
            one.get_absolute_url(),
            labels=(str(one.get_side_display()), str(one.get_kind_display())),
            where=(
                one.organisation.name,
                *([one.area.name] if one.area else []),
                *([place.name] if (place := one.public_place) else []),
            ),
            areas=around([one.area], tree) if one.area else (),
            days=tuple(one.days),
            point=one.point,
            summary={"nl": f"{one.organisation.name}. {one.text}".strip()},
            is_public=one.pk in visible,
            is_example=one.is_example,
        )


def beside(target: str, numbers: set[int]) -> set[int]:
    """The needs and offers that read along with organisations and places that changed."""
    if target == "organisation":
        return set(Notice.objects.filter(organisation__in=numbers).values_list("pk", flat=True))
    if target == "place":
        return set(Notice.objects.filter(place__in=numbers).values_list("pk", flat=True))
    return set()


SEARCHABLE = (Searchable("notice", _("Vraag en aanbod"), Notice, notices, beside, icon="hand"),)
