"""Activities: what one can join in with, how often it comes back, where it is, and who
organises it.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.agenda.models.feeds import Feed
from knooppunt.agenda.queries.activities import (
    ActivityQuerySet,
    OrganiserQuerySet,
    VenueQuerySet,
)
from knooppunt.core.database.valid_time import Dated, period_is_forward
from knooppunt.directory.models import Organisation, Place, Record, Theme
from knooppunt.directory.models.organisations import Term
from knooppunt.kit.recurrence import Series, moment

LAPSE_AFTER = timedelta(days=90)


def new_uid() -> str:
    """A name for an activity that is the same in every calendar of the world."""
    return f"{uuid.uuid4()}@knooppunt"


class ActivityKind(Term):
    """What sort of activity it is: eating together, a lesson, sport ...

    The base list can be extended per coalition.
    """

    icon = models.CharField(max_length=20, default="calendar")


class Activity(Record):
    """Something to join in with, once or again and again.

    ``since`` and ``until`` say from when until when it runs, as far as known; ``starts_on`` is the
    first day of its rule.
    """

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("gaat door")
        TENTATIVE = "tentative", _("onder voorbehoud")
        CANCELLED = "cancelled", _("gaat niet door")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("voor iedereen")
        PRIVATE = "private", _("alleen voor wie het bijhoudt")
        CONFIDENTIAL = "confidential", _("vertrouwelijk")

    uid = models.CharField(max_length=255, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    kind = models.ForeignKey(
        ActivityKind, models.PROTECT, null=True, blank=True, related_name="activities"
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="activities")
    target_groups = models.JSONField(_("voor wie"), default=list, blank=True)
    cost = models.CharField(_("kosten"), max_length=100, blank=True)
    is_free = models.BooleanField(_("gratis"), null=True, blank=True)
    places = models.ManyToManyField(Place, through="Venue", related_name="activities")
    location = models.CharField(_("waar, in woorden"), max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    online_url = models.URLField(_("adres voor online"), max_length=500, blank=True)
    categories = models.JSONField(default=list, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.CONFIRMED)
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.PUBLIC)

    starts_on = models.DateField(_("eerste dag"))
    starts_at = models.TimeField(_("begint om"), default=time(0))
    minutes = models.PositiveIntegerField(_("duur in minuten"), default=60)
    is_all_day = models.BooleanField(default=False)
    zone = models.CharField(max_length=60, default=settings.TIME_ZONE)
    rules = models.JSONField(default=list, blank=True)
    additions = models.JSONField(default=list, blank=True)
    exceptions = models.JSONField(default=list, blank=True)
    skips_school_holidays = models.BooleanField(_("niet in de schoolvakantie"), default=False)
    skips_public_holidays = models.BooleanField(_("niet op feestdagen"), default=False)
    is_unclear = models.BooleanField(default=False, editable=False)
    said = models.CharField(_("wanneer, in woorden"), max_length=300, blank=True)

    feed = models.ForeignKey(
        Feed, models.SET_NULL, null=True, blank=True, related_name="activities"
    )
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    lapsed_on = models.DateField(_("verlopen op"), null=True, blank=True, editable=False)
    expanded_until = models.DateField(null=True, blank=True, editable=False)
    modified_at = models.DateTimeField(default=timezone.now, editable=False)
    reply_address = models.CharField(_("bereikbaar op"), max_length=200, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(minutes__lte=60 * 24 * 366), name="activity_not_endless"
            ),
        ]
        indexes = [models.Index(fields=["state", "visibility", "lapsed_on"], name="activity_shown")]

    def get_absolute_url(self) -> str:
        """The page of this activity."""
        return reverse("agenda:activity", args=[self.slug])

    @property
    def is_open_to_all(self) -> bool:
        """True if strangers may see it: public itself, and not private in the calendar it came
        from.
        """
        return self.is_public and self.visibility == self.Visibility.PUBLIC

    @property
    def comes_back(self) -> bool:
        """True if it takes place more than once."""
        return bool(self.rules or self.additions)

    @property
    def series(self) -> Series:
        """When it takes place, as the kit reckons it."""
        return Series(
            starts=datetime.combine(self.starts_on, self.starts_at),
            minutes=self.minutes,
            zone=self.zone,
            rules=tuple(self.rules),
            is_all_day=self.is_all_day,
            additions=tuple(
                (datetime.fromisoformat(start), minutes) for start, minutes in self.additions
            ),
            exceptions=frozenset(datetime.fromisoformat(start) for start in self.exceptions),
        )

    @property
    def last_day(self) -> date | None:
        """The last day on which it may take place; None when nothing says so."""
        days = [
            day
            for day in (self.until, self.lapsed_on and self.lapsed_on - timedelta(days=1))
            if day
        ]
        return min(days) if days else None

    def is_due(self, today: date) -> bool:
        """True when nobody has said for half a year that it still goes on."""
        return self.comes_back and self.last_sign <= today - timedelta(days=settings.FRESH_DAYS)

    @property
    def last_sign(self) -> date:
        """The last day on which somebody entered or confirmed it."""
        return self.confirmed_on or self.listed_on

    def moment(self, local: datetime) -> datetime:
        """The moment in UTC of a clock time of this activity."""
        return moment(local, self.zone)

    @property
    def changed_utc(self) -> datetime:
        """When its content was changed last, in UTC."""
        return self.modified_at.astimezone(UTC)


class Organiser(Dated):
    """Who organises an activity, from a day until a day, and whether that is done by volunteers
    or for pay.
    """

    class Group(models.TextChoices):
        LOCAL = "local", _("bewoners en vrijwilligers van het netwerk")
        FORMAL = "formal", _("vrijwilligers in een formeel huis")
        PAID = "paid", _("betaalde krachten")
        MIXED = "mixed", _("gemengd")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="organisers")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="organised_activities"
    )
    name = models.CharField(_("naam"), max_length=200, blank=True)
    group = models.CharField(_("wie doet het werk"), max_length=10, choices=Group, blank=True)
    local_share = models.PositiveSmallIntegerField(
        _("deel door bewoners, in procenten"), null=True, blank=True
    )

    objects = OrganiserQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            period_is_forward("organiser_forward"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(name=""), name="organiser_named"
            ),
            models.CheckConstraint(
                condition=Q(group="mixed", local_share__gte=0, local_share__lte=100)
                | (~Q(group="mixed") & Q(local_share__isnull=True)),
                name="organiser_share_of_mixed",
            ),
            models.UniqueConstraint(
                fields=["activity", "organisation"],
                condition=Q(until__isnull=True, organisation__isnull=False),
                name="organiser_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.name if self.organisation else self.name


class Venue(models.Model):
    """Where an activity takes place. The place may object: then the activity is not shown there."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="venues")
    place = models.ForeignKey(Place, models.CASCADE, related_name="venues")
    objected_on = models.DateField(_("bezwaar op"), null=True, blank=True)
    objection = models.CharField(_("bezwaar"), max_length=300, blank=True)

    objects = VenueQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "place"], name="venue_once")]

    def __str__(self) -> str:
        return self.place.name
