"""Questions about activities: which are open to all, which run on a day, which are due to be
confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from knooppunt.core.database.valid_time import DatedQuerySet, not_over, valid_on
from knooppunt.directory.queries.records import RecordQuerySet, not_ended, visible_on

# One that comes back has a rule or further days; JSON lists compare as a whole.
COMES_BACK = ~Q(rules=[]) | ~Q(additions=[])


class VenueQuerySet(models.QuerySet[Any]):
    """Questions about where activities take place."""

    def welcome(self) -> Self:
        """Those at a place that stands in the register, open or not, and that does not object."""
        return self.filter(place__state="public", objected_on__isnull=True)

    def welcome_on(self, day: date) -> Self:
        """Those at a place that everybody could see on a day and that does not object."""
        return self.filter(visible_on(day, "place__"), objected_on__isnull=True)


class OrganiserQuerySet(DatedQuerySet):
    """Questions about who organises activities."""

    def visible_on(self, day: date) -> Self:
        """Those that held on a day: of organisations visible then, and those known by name
        alone.
        """
        return self.as_of(day).filter(
            Q(organisation__isnull=True) | visible_on(day, "organisation__")
        )

    def counted_on(self, day: date) -> Self:
        """Those whose class counts on a day: their organisation has not ended, and may have
        been listed later.
        """
        return self.as_of(day).filter(
            Q(organisation__isnull=True)
            | Q(organisation__until__isnull=True)
            | Q(organisation__until__gte=day)
        )


class ActivityQuerySet(RecordQuerySet):
    """Questions about activities."""

    def open_to_all(self) -> Self:
        """What strangers may see."""
        return self.filter(state="public", visibility="public")

    def visible_on(self, day: date) -> Self:
        """What strangers see of a day: open to all, and running on it."""
        return self.open_to_all().running(day)

    def coming_back(self) -> Self:
        """Those that take place more than once."""
        return self.filter(COMES_BACK)

    def running(self, day: date) -> Self:
        """Those that run on ``day``: begun (or a begin that nobody knows), not ended and not
        lapsed by then.
        """
        return self.filter(valid_on(day), Q(lapsed_on__isnull=True) | Q(lapsed_on__gt=day))

    def unconfirmed_since(self, day: date) -> Self:
        """Series of which nobody has said after ``day`` that they go on."""
        living = self.coming_back().filter(lapsed_on__isnull=True).filter(not_over(day))
        return living.annotate(sign=Coalesce("confirmed_on", "listed_on")).filter(sign__lte=day)

    def due(self, day: date) -> Self:
        """Series that should be confirmed."""
        return self.unconfirmed_since(day - timedelta(days=settings.FRESH_DAYS))

    def in_areas(self, areas: Iterable[int], day: date | None = None) -> Self:
        """Those at a place in one of these areas that is open on a day (else today), or said to
        be there.
        """
        venues = self.model.places.through.objects.welcome_on(day or timezone.localdate())
        return self._in_areas(areas, venues)

    def ever_in_areas(self, areas: Iterable[int]) -> Self:
        """Those said to be in one of these areas, or at a place there, also one that closed:
        what its weaver keeps.
        """
        venues = self.model.places.through.objects.filter(objected_on__isnull=True)
        return self._in_areas(areas, venues)

    def _in_areas(self, areas: Iterable[int], venues: Any) -> Self:
        numbers = list(areas)
        there = (
            Q(place__area__in=numbers)
            | Q(place__area__isnull=True, place__areas__in=numbers)
            | Q(place__felt_areas__in=numbers)
        )
        said = self.model.areas.through.objects.filter(activity=OuterRef("pk"), area__in=numbers)
        at_place = venues.filter(there, activity=OuterRef("pk"))
        return self.filter(Exists(at_place) | Exists(said))

    def at_place(self, place: Any) -> Self:
        """Those at a place that does not object."""
        venues = self.model.places.through.objects.filter(
            activity=OuterRef("pk"), place=place, objected_on__isnull=True
        )
        return self.filter(Exists(venues))

    def of_organisations(self, organisations: Any) -> Self:
        """Those organised today by one of these organisations."""
        organisers = self.model._meta.get_field("organisers").related_model.objects
        today = organisers.filter(
            valid_on(timezone.localdate()), activity=OuterRef("pk"), organisation__in=organisations
        )
        return self.filter(Exists(today))

    def left_by_organisers(self, day: date) -> Self:
        """Those of which every organiser that held on a day is an organisation that ended
        before.
        """
        organisers = self.model._meta.get_field("organisers").related_model.objects
        held = organisers.as_of(day).filter(activity=OuterRef("pk"))
        goes_on = Q(organisation__isnull=True) | not_ended(day, "organisation__")
        return self.filter(
            Exists(held.filter(organisation__until__lt=day)), ~Exists(held.filter(goes_on))
        )

    def kept_here(self) -> Self:
        """Those that people keep up here, and not a calendar elsewhere that is still read."""
        return self.exclude(feed__state="active")
