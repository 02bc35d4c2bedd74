"""Funders and what they want to see: goals in their words, each with the figures of ours that
show it.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from knooppunt.core.database.example_rows import ExampleMark


class Funder(ExampleMark):
    """Somebody who pays for part of it and gets the same report, arranged by goals."""

    slug = models.SlugField(max_length=70, unique=True)
    name = models.CharField(_("fonds of opdrachtgever"), max_length=150)
    text = models.TextField(_("wat er is afgesproken"), max_length=2000, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Goal(models.Model):
    """One thing that was agreed with a funder; ``figures`` are keys of figures, ``chapters``
    those whose stories belong to it.
    """

    funder = models.ForeignKey(Funder, models.CASCADE, related_name="goals")
    text = models.CharField(_("doel"), max_length=300)
    figures = models.JSONField(_("cijfers"), default=list)
    chapters = models.JSONField(_("hoofdstukken"), default=list)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text
