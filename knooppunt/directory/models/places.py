"""Places: where people can go, when the door is open, what is there, and which organisations
host, use or manage them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from knooppunt.core.database.valid_time import Dated, period_is_forward
from knooppunt.directory.models.organisations import Organisation
from knooppunt.directory.models.records import Record
from knooppunt.directory.queries.places import PlaceQuerySet, PlaceRoleQuerySet
from knooppunt.kit.geo import Point


class Place(Record):
    """A spot in the neighbourhood: address, point, door hours and facilities.

    Unknown stays unknown, never 'no'.
    """

    nameless = _("een plek die niet in het register staat")

    street = models.CharField(_("straat en nummer"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("plaats"), max_length=100, blank=True)
    latitude = models.FloatField(_("breedtegraad"), null=True, blank=True)
    longitude = models.FloatField(_("lengtegraad"), null=True, blank=True)
    area = models.ForeignKey(
        "directory.Area",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="places",
        editable=False,
    )
    felt_areas = models.ManyToManyField(
        "directory.Area", related_name="felt_places", editable=False
    )
    has_area_conflict = models.BooleanField(default=False, editable=False)
    has_wheelchair_access = models.BooleanField(_("rolstoeltoegankelijk"), null=True, blank=True)
    has_toilet = models.BooleanField(_("toilet"), null=True, blank=True)
    has_kitchen = models.BooleanField(_("keuken"), null=True, blank=True)
    access_note = models.CharField(_("over de toegang"), max_length=300, blank=True)
    photo = models.ImageField(_("foto"), upload_to="photos", max_length=200, blank=True)
    photo_alt = models.CharField(_("wat staat er op de foto"), max_length=200, blank=True)
    photo_credit = models.CharField(_("maker van de foto"), max_length=100, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_point_whole",
            ),
            models.CheckConstraint(
                condition=Q(photo="") | ~Q(photo_alt=""), name="place_photo_described"
            ),
        ]
        indexes = [models.Index(fields=["state", "name_key"], name="place_list")]

    def get_absolute_url(self) -> str:
        """The page of this place."""
        return reverse("directory:place", args=[self.slug])

    @property
    def point(self) -> Point | None:
        """Longitude and latitude, or None."""
        return (
            None
            if self.longitude is None or self.latitude is None
            else (self.longitude, self.latitude)
        )

    @property
    def address(self) -> str:
        """Street, postcode and city on one line."""
        return ", ".join(
            part for part in (self.street, f"{self.postcode} {self.city}".strip()) if part
        )


class PlaceRole(Dated):
    """What an organisation does at a place: host, use or manage it, from a day until a day."""

    class Role(models.TextChoices):
        HOSTS = "hosts", _("gastheer of gastvrouw")
        USES = "uses", _("gebruikt")
        MANAGES = "manages", _("beheert")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="place_roles")
    place = models.ForeignKey(Place, models.CASCADE, related_name="roles")
    role = models.CharField(_("rol"), max_length=10, choices=Role, default=Role.HOSTS)

    objects = PlaceRoleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            period_is_forward("place_role_forward"),
            models.UniqueConstraint(
                fields=["organisation", "place", "role"],
                condition=Q(until__isnull=True),
                name="place_role_open_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "place", "role", "since"], name="place_role_start_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role} {self.place_id}"


class OpeningHours(models.Model):
    """A stretch of a weekday on which the door is open; a closing time before the opening time
    is after midnight.
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("dag"), choices=list(WEEKDAYS.items()))
    opens = models.TimeField(_("open om"))
    closes = models.TimeField(_("dicht om"))
    note = models.CharField(_("toelichting"), max_length=100, blank=True)

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["place", "weekday", "opens"], name="hours_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}-{self.closes:%H:%M}"


class OpeningException(models.Model):
    """Days on which the usual hours do not hold: closed, or open at other times, with the
    reason.
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="exceptions")
    since = models.DateField(_("vanaf"))
    until = models.DateField(_("tot en met"))
    opens = models.TimeField(_("open om"), null=True, blank=True)
    closes = models.TimeField(_("dicht om"), null=True, blank=True)
    reason = models.CharField(_("reden"), max_length=100, blank=True)

    class Meta:
        ordering = ["since"]
        constraints = [
            period_is_forward("exception_forward"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(opens__isnull=False, closes__isnull=False),
                name="exception_times_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since} {self.reason}"
