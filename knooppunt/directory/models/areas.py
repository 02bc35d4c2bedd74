"""The parts of the city as a tree: city, area, wijk, buurt; and felt neighbourhoods beside it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knooppunt.directory.queries.areas import AreaQuerySet


class Area(models.Model):
    """A part of the city with its names, outline and number of residents; a felt one may lie
    across the others.
    """

    class Level(models.TextChoices):
        CITY = "city", _("stad")
        AREA = "area", _("gebied")
        WIJK = "wijk", _("wijk")
        BUURT = "buurt", _("buurt")
        FELT = "felt", _("gevoelde buurt")

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("ligt in"),
    )
    level = models.CharField(_("soort gebied"), max_length=5, choices=Level)
    slug = models.SlugField(max_length=70, unique=True)
    name = models.CharField(_("naam"), max_length=100)
    code = models.CharField(_("code"), max_length=20, blank=True)
    aliases = models.JSONField(_("andere namen"), default=list, blank=True)
    outline = models.JSONField(_("omtrek"), null=True, blank=True)
    outline_source = models.CharField(_("bron van de omtrek"), max_length=200, blank=True)
    population = models.PositiveIntegerField(_("inwoners"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        _("jaar van de telling"), null=True, blank=True
    )
    population_source = models.CharField(_("bron van de telling"), max_length=200, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~models.Q(code=""), name="area_code_once"
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("pk")),
                name="area_not_in_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of this part of the city."""
        return reverse("directory:area", args=[self.slug])
