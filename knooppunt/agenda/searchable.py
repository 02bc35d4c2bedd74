"""How activities of the agenda are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.agenda.models import Activity, Organiser, Venue
from knooppunt.core.searching import Entry, Searchable
from knooppunt.core.time import valid_on
from knooppunt.directory.models import Area

CHUNK = 500


def activities(numbers: Iterable[int] | None) -> Iterator[Entry]:
    """Activities; only those that still take place can be found."""
    today = timezone.localdate()
    rows = Activity.objects.all() if numbers is None else Activity.objects.filter(pk__in=list(numbers))
    rows = rows.select_related("kind").defer("kept", "imported", "note", "search_text").order_by("pk")
    venues = Prefetch("venues", Venue.objects.filter(objected_on__isnull=True).select_related("place__area"))
    organisers = Prefetch("organisers", Organiser.objects.filter(valid_on(today)).select_related("organisation"))
    going = Activity.objects.filter(Q(occurrences__day__gte=today), occurrences__is_shown=True)
    coming = set(
        (going if numbers is None else going.filter(pk__in=list(numbers))).values_list("pk", flat=True).distinct()
    )
    areas = Prefetch("areas", Area.objects.defer("outline"))
    for one in rows.prefetch_related(venues, organisers, "themes", areas).iterator(chunk_size=CHUNK):
        places = [venue.place for venue in one.venues.all()]
        stated = list(one.areas.all()) + [place.area for place in places if place.area]
        themes, kinds = list(one.themes.all()), [*one.kind.names.values(), *one.kind.synonyms] if one.kind else []
        yield Entry(
            one.pk, one.name, " ".join([*one.descriptions.values(), *one.categories]), one.get_absolute_url(),
            labels=(*kinds, *(word for theme in themes for word in (*theme.names.values(), *theme.synonyms)), *one.target_groups),
            where=(*(place.name for place in places), one.location, *(area.name for area in stated), *(str(who) for who in one.organisers.all())),
            areas=tuple({area.pk for area in stated}), kind=one.kind.slug if one.kind else "",
            themes=tuple(theme.slug for theme in themes), languages=tuple(one.languages),
            is_public=one.is_open_to_all and one.pk in coming, confirmed_on=one.confirmed_on,
        )  # fmt: skip


def beside(target: str, numbers: set[int]) -> set[int]:
    """The activities that read along with places and organisers that changed."""
    if target == "place":
        return set(Venue.objects.filter(place__in=numbers).values_list("activity_id", flat=True))
    if target == "organisation":
        return set(Organiser.objects.filter(organisation__in=numbers).values_list("activity_id", flat=True))
    return set()


SEARCHABLE = (Searchable("activity", _("Te doen"), "activity", activities, beside),)
