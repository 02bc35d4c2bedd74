"""What was published: the report as it was on that day, with every number, its definition and its
list, and a checksum.

Rows of these tables are never changed: the database itself refuses it.
"""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knooppunt.report.models.reports import Report
from knooppunt.report.models.stories import Story


class Edition(models.Model):
    """One publication of a report.

    ``content`` is everything but the stories, which can be taken back; ``stories`` are those that
    stood in it. ``checksum`` is the SHA-256 of the content and of every frozen figure.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("editie"))
    published_on = models.DateField()
    content = models.JSONField()
    checksum = models.CharField(max_length=64)
    stories = models.ManyToManyField(Story, related_name="editions")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.report} ({self.number})"

    def get_absolute_url(self) -> str:
        """The page of this edition, which stays."""
        return reverse("report:edition", args=[self.report.slug, self.number])


class FigureSnapshot(models.Model):
    """One number of an edition with what makes it: definition, day and list, packed.

    ``mark`` is how sentences name it.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="figures")
    mark = models.CharField(max_length=160)
    day = models.DateField()
    told = models.JSONField()
    value = models.BigIntegerField(null=True)
    packed = models.BinaryField()
    checksum = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "mark"], name="frozen_once")]

    def __str__(self) -> str:
        return self.mark
