"""Commitments: the words somebody in office gave us, by when, whether they were kept, and what
the other side says of it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.mistakes import Correctable, StandingManager, mistake_has_reason
from knooppunt.core.database.example_rows import ExampleMark
from knooppunt.decisions.models import Body, Meeting, Term
from knooppunt.decisions.models.meetings import ACCOUNT
from knooppunt.directory.models import Area
from knooppunt.voice.models.library import Document, has_source
from knooppunt.voice.models.points import Point
from knooppunt.voice.queries.commitments import CommitmentQuerySet


class Commitment(ExampleMark, Correctable):
    """A promise (toezegging): the words, by whom in which office, where and when, and by when
    it is to be kept.
    """

    text = models.TextField(_("de woorden van de toezegging"), max_length=1500)
    term = models.ForeignKey(
        Term,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("door wie, in welk ambt"),
    )
    office = models.CharField(_("of het ambt in woorden"), max_length=150, blank=True)
    body = models.ForeignKey(
        Body,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("van welke raad of dienst"),
    )
    meeting = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("bij welk overleg"),
    )
    said_on = models.DateField(_("gezegd op"))
    due_on = models.DateField(_("klaar voor"), null=True, blank=True)
    point = models.ForeignKey(
        Point,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("bij welk punt hoort het"),
    )
    areas = models.ManyToManyField(
        Area, blank=True, related_name="commitments", verbose_name=_("voor welke wijken")
    )
    source_url = models.URLField(_("waar het staat"), max_length=500, blank=True)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("of een stuk uit de bibliotheek"),
    )
    is_public = models.BooleanField(_("iedereen mag dit zien"), default=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    objects = StandingManager.from_queryset(CommitmentQuerySet)()
    with_mistakes = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["-said_on", "-pk"]
        constraints = [
            mistake_has_reason("commitment_mistake"),
            models.CheckConstraint(condition=has_source(), name="commitment_has_source"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("said_on")),
                name="commitment_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 120 else f"{self.text[:117]}…"

    def get_absolute_url(self) -> str:
        """The page of this commitment."""
        return reverse("voice:commitment", args=[self.pk])

    @property
    def who(self) -> str:
        """By whom, in which office."""
        if self.term:
            return str(self.term)
        return ", ".join(
            part for part in (self.office, self.body.name if self.body else "") if part
        )


class StatusEntry(Correctable):
    """What we see of a commitment on a day, and by what."""

    stands_with = ("commitment",)

    class Status(models.TextChoices):
        KEPT = "kept", _("gehaald")
        PARTLY = "partly", _("deels gehaald")
        BROKEN = "broken", _("niet gehaald")
        TOO_EARLY = "too_early", _("te vroeg om te zeggen")

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="statuses")
    status = models.CharField(_("hoe staat het ermee"), max_length=10, choices=Status)
    on = models.DateField(_("op welke dag"))
    text = models.TextField(_("waaraan zie je dat"), max_length=1500)
    source_url = models.URLField(_("link naar de bron"), max_length=500, blank=True)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statuses",
        verbose_name=_("of een stuk uit de bibliotheek"),
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            mistake_has_reason("status_mistake"),
            models.CheckConstraint(condition=~Q(text=""), name="status_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} ({date_format(self.on, 'j F Y')})"


class Response(Correctable):
    """What the other side says about a commitment; it is always shown beside what we say."""

    stands_with = ("commitment",)

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="responses")
    text = models.TextField(_("uw reactie"), max_length=2000)
    by = models.CharField(_("namens wie, in welk ambt"), max_length=150)
    on = models.DateField(_("op welke dag"))

    class Meta:
        ordering = ["on", "pk"]
        constraints = [mistake_has_reason("response_mistake")]

    def __str__(self) -> str:
        return self.text[:80]
