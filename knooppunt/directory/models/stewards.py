"""Who may keep what: hosts represent an organisation, weavers care for a network or an area,
each for a period.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from knooppunt.core.database.valid_time import Dated, DatedQuerySet, period_is_forward
from knooppunt.directory.models.areas import Area
from knooppunt.directory.models.organisations import Organisation


class Representation(Dated):
    """That a person speaks for an organisation and keeps its page, from a day until a day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="representations"
    )
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="representations")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            period_is_forward("representation_forward"),
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(until__isnull=True),
                name="representation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.organisation_id}"


class Weaving(Dated):
    """That a person is weaver (netwerkregisseur) of one network or one area, from a day until a
    day.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="weavings")
    network = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="weavers"
    )
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="weavers")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            period_is_forward("weaving_forward"),
            models.CheckConstraint(
                condition=Q(network__isnull=True, area__isnull=False)
                | Q(network__isnull=False, area__isnull=True),
                name="weaving_of_one_scope",
            ),
            models.UniqueConstraint(
                fields=["user", "network"],
                condition=Q(until__isnull=True),
                name="weaving_network_once",
            ),
            models.UniqueConstraint(
                fields=["user", "area"], condition=Q(until__isnull=True), name="weaving_area_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} weaves {self.network_id or self.area_id}"
