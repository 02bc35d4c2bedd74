"""Feeds: calendars elsewhere that the agenda reads along with every day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knooppunt.directory.models import Organisation, Place


class Feed(models.Model):
    """A calendar at a web address that is read every day; after failing for a while it stops
    and says so.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("wordt gelezen")
        STOPPED = "stopped", _("gestopt")

    url = models.URLField(_("adres van de kalender"), max_length=500, unique=True)
    name = models.CharField(_("naam"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="feeds"
    )
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="feeds")
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    refused = models.JSONField(default=list)
    read_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name or self.url
