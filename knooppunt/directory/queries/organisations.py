"""Questions about organisations: initiatives, networks, members, in an area, and their
volunteers.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from knooppunt.core.database.valid_time import valid_on
from knooppunt.directory.queries.records import LinkQuerySet, RecordQuerySet, visible_on


class OrganisationQuerySet(RecordQuerySet):
    """Questions about organisations."""

    def initiatives(self) -> Self:
        """Those with the role of initiative."""
        return self.filter(role="initiative")

    def networks(self) -> Self:
        """Those with the role of network."""
        return self.filter(role="network")

    def institutions(self) -> Self:
        """Those with the role of institution."""
        return self.filter(role="institution")

    def in_areas(self, areas: Collection[int], day: date | None = None) -> Self:
        """Those that work in one of the areas, or hosted, used or managed a place there on
        ``day`` (else today).
        """
        day = day or timezone.localdate()
        held = valid_on(day) & visible_on(day, "place__")
        return self._in_areas(areas, held)

    def ever_in_areas(self, areas: Collection[int]) -> Self:
        """Those that work in one of the areas, or ever had a public place there: what its
        weaver keeps.
        """
        return self._in_areas(areas, Q(place__state="public"))

    def _in_areas(self, areas: Collection[int], held: Q) -> Self:
        roles = self.model._meta.get_field("place_roles").related_model.objects
        there = (
            Q(place__area__in=areas)
            | Q(place__area__isnull=True, place__areas__in=areas)
            | Q(place__felt_areas__in=areas)
        )
        at_place = roles.filter(there, held, organisation=OuterRef("pk"))
        stated = self.model.areas.through.objects.filter(
            organisation=OuterRef("pk"), area__in=areas
        )
        return self.filter(Exists(stated) | Exists(at_place))


class MembershipQuerySet(LinkQuerySet):
    """Questions about who is a member of which network."""

    ends = ("organisation", "network")


class VolunteerQuerySet(models.QuerySet[Any]):
    """Questions about what organisations say about their volunteers."""

    def latest_on(self, day: date) -> Self:
        """For each organisation the last statement on or before ``day``."""
        newer = self.model.objects.filter(
            organisation=OuterRef("organisation"), on__lte=day
        ).order_by("-on", "-pk")
        return self.filter(pk=Subquery(newer.values("pk")[:1]))
