"""Stories for the report: told with leave, for as long as the leave lasts, and taken back at
any time.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knooppunt.core.database.example_rows import ExampleMark
from knooppunt.directory.models import Area, Organisation


class StoryQuerySet(models.QuerySet["Story"]):
    """Questions about stories."""

    def waiting(self) -> StoryQuerySet:
        """Those that nobody has read yet, the oldest first."""
        return self.filter(state="new", gone_on__isnull=True).order_by("received_on", "pk")

    def tellable(self, day: date) -> StoryQuerySet:
        """Those that were taken up, with leave that still holds on a day."""
        return self.filter(state="taken", gone_on__isnull=True, consent_until__gte=day)


class Story(ExampleMark):
    """What somebody tells about her neighbourhood, with leave until a day.

    ``code`` is the key with which whoever told it takes it back. When it is taken back or the leave
    ends, ``gone_on`` is set and words, name and photo are erased; the row stays, so that a report
    can say that something was here. ``read_on`` is the day on which somebody decided about it.
    """

    class State(models.TextChoices):
        NEW = "new", _("nog niet gelezen")
        TAKEN = "taken", _("mag in een bericht")
        ASIDE = "aside", _("opzij gelegd")

    class Via(models.TextChoices):
        SITE = "site", _("op de site")
        PAPER = "paper", _("op papier")
        TALK = "talk", _("in een gesprek")

    code = models.CharField(max_length=12, unique=True)
    text = models.TextField(_("je verhaal"), max_length=3000, blank=True)
    told_by = models.CharField(_("hoe mogen we je noemen"), max_length=60, blank=True)
    area = models.ForeignKey(
        Area,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uit welke wijk"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("over welke plek of groep"),
    )
    photo = models.FileField(_("foto"), upload_to="stories", max_length=200, blank=True)
    photo_alt = models.CharField(_("wat staat er op de foto"), max_length=200, blank=True)
    via = models.CharField(max_length=10, choices=Via, default=Via.SITE)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    received_on = models.DateField(default=timezone.localdate)
    consent_until = models.DateField(_("toestemming tot en met"))
    read_on = models.DateField(null=True, blank=True)
    gone_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(consent_until__gte=F("received_on")), name="story_consent_forward"
            ),
            models.CheckConstraint(
                condition=Q(photo="") | ~Q(photo_alt=""), name="story_photo_described"
            ),
            models.CheckConstraint(
                condition=Q(gone_on__isnull=True) | Q(text="", told_by="", photo="", photo_alt=""),
                name="story_gone_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(gone_on__isnull=False) | ~Q(text=""), name="story_has_words"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Verhaal %(number)s") % {"number": self.pk}

    def picture(self) -> bytes:
        """The photo; nothing when there is none, or when its file is not there."""
        try:
            with self.photo.open("rb") as file:
                return bytes(file.read())
        except (FileNotFoundError, ValueError):
            return b""
