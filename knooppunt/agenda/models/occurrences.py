"""Occurrences: each single time an activity takes place, and what is different about some of
them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from knooppunt.agenda.models.activities import Activity
from knooppunt.agenda.queries.occurrences import OccurrenceQuerySet
from knooppunt.directory.models import Place


class Change(models.Model):
    """One time that goes differently: cancelled, at another hour, or somewhere else, with the
    reason.

    ``original`` is the clock time that the rule gives, as text (2026-12-15T10:00). ``came_alone``
    is a change that a calendar sent without its series; ``written_at`` is when that was.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="changes")
    original = models.CharField(max_length=19)
    is_cancelled = models.BooleanField(_("gaat niet door"), default=False)
    starts = models.CharField(max_length=19, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reden"), max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    location = models.CharField(max_length=300, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    from_calendar = models.BooleanField(default=False)
    came_alone = models.BooleanField(default=False)
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["original"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "original"], name="change_once"),
            models.CheckConstraint(
                condition=Q(is_cancelled=True) | ~Q(starts=""), name="change_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original} {'cancelled' if self.is_cancelled else self.starts}"


class Occurrence(models.Model):
    """One time that an activity takes place.

    Worked out from its rule; the past stays, also its head count.
    """

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("gaat door")
        TENTATIVE = "tentative", _("onder voorbehoud")
        CANCELLED = "cancelled", _("gaat niet door")

    # The indexes below serve both keys; one on a place that is nearly always empty would only
    # mislead SQLite.
    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="occurrences", db_index=False
    )
    original = models.CharField(max_length=19)
    starts = models.DateTimeField(_("begint"))
    ends = models.DateTimeField(_("eindigt"))
    day = models.DateField()
    last_day = models.DateField()
    title = models.CharField(max_length=200, blank=True)
    location = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.CONFIRMED)
    is_moved = models.BooleanField(default=False)
    is_shown = models.BooleanField(default=True)
    place = models.ForeignKey(
        Place, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=200, blank=True)
    people = models.PositiveIntegerField(_("aantal mensen"), null=True, blank=True)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "original"], name="occurrence_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="occurrence_forward"),
        ]
        indexes = [
            models.Index(
                fields=["day", "starts", "id"], condition=Q(is_shown=True), name="occurrence_list"
            ),
            models.Index(fields=["activity", "starts"], name="occurrence_of"),
            models.Index(
                fields=["place"], condition=Q(place__isnull=False), name="occurrence_elsewhere"
            ),
            models.Index(
                fields=["last_day", "day"],
                condition=Q(last_day__gt=F("day")),
                name="occurrence_of_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.original}"

    @property
    def is_cancelled(self) -> bool:
        """True if it does not go on this time."""
        return self.status == self.Status.CANCELLED
