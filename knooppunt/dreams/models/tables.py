"""Dream tables: neighbours who dreamt together, and the photo of their flip-over until every
dream on it was typed in.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.directory.models import Area, Organisation, Place


class DreamTable(models.Model):
    """One table at which people dreamt: when, where, and by which initiative.

    ``photo`` is of the flip-over or the cards; only who may type them in sees it, and it is erased
    when the table is done.
    """

    held_on = models.DateField(_("op welke dag"), default=timezone.localdate)
    area = models.ForeignKey(
        Area, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("wijk")
    )
    place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bij welke plek"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="dream_tables",
        verbose_name=_("bij welk initiatief"),
    )
    photo = models.FileField(_("foto"), upload_to="dream-tables", max_length=200, blank=True)
    opened_on = models.DateField(default=timezone.localdate)
    closed_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(photo=""),
                name="dream_table_done_has_no_photo",
            ),
        ]

    def __str__(self) -> str:
        return str(self.place or self.organisation or self.area or _("Droomtafel"))

    def get_absolute_url(self) -> str:
        """Where its dreams are typed in."""
        return reverse("dreams:table", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """True while dreams of it are still typed in."""
        return self.closed_on is None
