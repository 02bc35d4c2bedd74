"""Threats: a cut or a closure, who is hit by it, when it is decided, and the ledger of what was
proposed and restored.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.mistakes import NO_MISTAKE, Correctable, mistake_has_reason
from knooppunt.core.database.valid_time import Dated, period_is_forward
from knooppunt.directory.models import Organisation
from knooppunt.voice.models.library import Document
from knooppunt.voice.models.points import Point


class Cut(Correctable, Dated):
    """What threatens a point's organisations: money that is cut or a place that closes, by which
    text, in which period.

    Who signs, what is asked, the steps and the commitments are those of the point.
    """

    stands_with = ("point",)

    class Kind(models.TextChoices):
        CUT = "cut", _("bezuiniging")
        CLOSURE = "closure", _("sluiting")
        RENT = "rent", _("huur of gebouw")

    point = models.OneToOneField(Point, models.CASCADE, related_name="cut")
    kind = models.CharField(_("wat dreigt er"), max_length=10, choices=Kind, default=Kind.CUT)
    source = models.CharField(_("in welk stuk staat het"), max_length=200)
    page = models.CharField(_("bladzijde"), max_length=20, blank=True)
    quote = models.TextField(_("wat er staat"), max_length=1500, blank=True)
    source_url = models.URLField(_("link naar het stuk"), max_length=500, blank=True)
    document = models.ForeignKey(
        Document,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="cuts",
        verbose_name=_("of een stuk uit de bibliotheek"),
    )
    announced_on = models.DateField(_("bekend sinds"))
    visitors = models.PositiveIntegerField(
        _("bezoekers per week, voor zover bekend"), null=True, blank=True
    )
    visitors_source = models.CharField(_("bron van dat aantal"), max_length=200, blank=True)

    class Meta:
        ordering = ["-announced_on", "pk"]
        constraints = [
            mistake_has_reason("cut_mistake"),
            period_is_forward("cut_forward"),
            models.CheckConstraint(
                condition=Q(visitors__isnull=True) | ~Q(visitors_source=""),
                name="cut_visitors_have_source",
            ),
        ]

    def __str__(self) -> str:
        return self.point.title

    def get_absolute_url(self) -> str:
        """The page of this threat."""
        return reverse("voice:cut", args=[self.point.slug])


class Hit(Correctable):
    """That an organisation is hit by a cut, and by how much when that is known."""

    stands_with = ("cut", "cut__point")

    cut = models.ForeignKey(Cut, models.CASCADE, related_name="hits")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="hits", verbose_name=_("wie wordt geraakt")
    )
    amount = models.PositiveIntegerField(_("voor hoeveel euro"), null=True, blank=True)
    note = models.CharField(_("wat er dan gebeurt"), max_length=300, blank=True)

    class Meta:
        ordering = ["organisation__name_key", "pk"]
        constraints = [
            mistake_has_reason("hit_mistake"),
            models.UniqueConstraint(
                fields=["cut", "organisation"], condition=NO_MISTAKE, name="hit_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class LedgerLine(Correctable):
    """One line of the ledger: so much was proposed to be cut, or so much restored, by which
    motion and from which pot.
    """

    stands_with = ("cut", "cut__point")

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("voorgesteld te schrappen")
        RESTORED = "restored", _("teruggedraaid")

    cut = models.ForeignKey(Cut, models.CASCADE, related_name="lines")
    kind = models.CharField(_("wat gebeurde er"), max_length=10, choices=Kind)
    what = models.CharField(_("welk geld"), max_length=150)
    amount = models.PositiveBigIntegerField(_("bedrag in hele euro’s"), null=True, blank=True)
    percent = models.PositiveSmallIntegerField(
        _("hoeveel procent van het geheel"), null=True, blank=True
    )
    on = models.DateField(_("op welke dag"))
    motion = models.CharField(_("door welke motie of welk amendement"), max_length=200, blank=True)
    pot = models.CharField(_("uit welke pot"), max_length=200, blank=True)
    source = models.CharField(_("bron"), max_length=300)
    source_url = models.URLField(_("link naar de bron"), max_length=500, blank=True)

    class Meta:
        ordering = ["on", "kind", "pk"]
        constraints = [
            mistake_has_reason("ledger_line_mistake"),
            models.CheckConstraint(condition=~Q(source=""), name="ledger_line_has_source"),
        ]

    def __str__(self) -> str:
        amount = _("niet bekend") if self.amount is None else f"€ {self.amount}"
        return f"{self.what}: {amount}"


class Moment(Correctable):
    """A day on which something is decided about a cut, so that nobody is late."""

    stands_with = ("cut", "cut__point")

    cut = models.ForeignKey(Cut, models.CASCADE, related_name="moments")
    on = models.DateField(_("op welke dag"))
    text = models.CharField(_("wat gebeurt er dan"), max_length=200)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [mistake_has_reason("moment_mistake")]

    def __str__(self) -> str:
        return f"{date_format(self.on, 'j F Y')}: {self.text}"
