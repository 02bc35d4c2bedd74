"""A report in the making: about which days and whom, which chapters, what the editors wrote,
and who may publish it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knooppunt.directory.models import Area, Organisation
from knooppunt.kit.periods import Period
from knooppunt.report.models.stories import Story

# Any, for a field of Django takes no keywords that are typed as a whole.
ACCOUNT: Any = {"on_delete": models.SET_NULL, "null": True, "blank": True, "related_name": "+"}


class Report(models.Model):
    """A report about a period and a scope: everything, one wijk or one network.

    It is offered by one person and published by another. Every publication is an ``Edition``, which
    never changes; a report that has editions is changed only to make the next one, and then
    ``note`` says why. ``lang`` is the language in which it is written, whoever looks at it.
    """

    slug = models.SlugField(max_length=120, unique=True)
    since = models.DateField(_("van"))
    until = models.DateField(_("tot en met"))
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("over één wijk"),
    )
    network = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("over één netwerk"),
    )
    title = models.CharField(_("titel"), max_length=120, blank=True)
    lang = models.CharField(_("taal"), max_length=10, default="nl")
    is_correcting = models.BooleanField(default=False)
    note = models.TextField(_("wat is er veranderd, en waarom"), max_length=1000, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)
    offered_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    class Meta:
        ordering = ["-until", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="report_forward"),
            models.CheckConstraint(
                condition=Q(area__isnull=True) | Q(network__isnull=True), name="report_one_scope"
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("offered_by")),
                name="report_published_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        """Where it is worked on."""
        return reverse("report:editing", args=[self.slug])

    @property
    def period(self) -> Period:
        """The days it is about."""
        return Period(self.since, self.until)

    @property
    def is_offered(self) -> bool:
        """True while it waits for somebody else to publish it."""
        return self.offered_at is not None


class ChapterChoice(models.Model):
    """That a chapter stands in a report or not, and in which place; without a row it stands as
    its module offers it.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="choices")
    key = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField(default=50)
    is_shown = models.BooleanField(default=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="choice_once")]

    def __str__(self) -> str:
        return self.key


class Passage(models.Model):
    """What an editor wrote: the foreword, the outlook, or the text of a chapter in place of its
    first draft.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="passages")
    key = models.CharField(max_length=40)
    text = models.TextField(max_length=8000)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="passage_once")]

    def __str__(self) -> str:
        return self.key


class Placement(models.Model):
    """That a story stands in a report, with which chapter, and in which place."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="placements")
    story = models.ForeignKey(Story, models.CASCADE, related_name="placements")
    chapter = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "story"], name="placement_once")]

    def __str__(self) -> str:
        return f"{self.chapter}: {self.story_id}"
