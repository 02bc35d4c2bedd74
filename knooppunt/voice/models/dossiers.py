"""Dossiers: everything about one long matter on one time line, so that it survives the people
who lived it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.mistakes import Correctable, mistake_has_reason
from knooppunt.core.database.valid_time import Dated, period_is_forward
from knooppunt.decisions.models import Decision, Matter, Meeting
from knooppunt.decisions.models.meetings import ACCOUNT
from knooppunt.voice.models.agreements import Agreement
from knooppunt.voice.models.commitments import Commitment
from knooppunt.voice.models.library import Document
from knooppunt.voice.models.points import Point


class Dossier(Dated):
    """One long matter, such as a tender: what it is about, from when until when, and what we
    learned.
    """

    slug = models.SlugField(max_length=70, unique=True)
    title = models.CharField(_("waarover"), max_length=200)
    text = models.TextField(_("waar het om gaat"), max_length=5000, blank=True)
    lessons = models.TextField(_("wat we ervan leerden"), max_length=8000, blank=True)
    matter = models.ForeignKey(
        Matter,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="dossiers",
        verbose_name=_("met welk mandaat"),
    )
    is_public = models.BooleanField(_("iedereen mag dit zien"), default=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    class Meta:
        ordering = ["-since", "title", "pk"]
        constraints = [period_is_forward("dossier_forward")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of this dossier."""
        return reverse("voice:dossier", args=[self.slug])


class Entry(Correctable):
    """One line on the time line of a dossier: what happened or must happen on a day, and what
    it leads to.
    """

    class Kind(models.TextChoices):
        EVENT = "event", _("gebeurtenis")
        DEADLINE = "deadline", _("uiterste dag")
        DECISION = "decision", _("besluit")
        PIECE = "piece", _("stuk")
        LESSON = "lesson", _("les")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="entries")
    on = models.DateField(_("op welke dag"))
    kind = models.CharField(_("wat is het"), max_length=10, choices=Kind, default=Kind.EVENT)
    title = models.CharField(_("wat"), max_length=200)
    text = models.TextField(_("toelichting"), max_length=3000, blank=True)
    source = models.CharField(_("bron"), max_length=300, blank=True)
    source_url = models.URLField(_("link naar de bron"), max_length=500, blank=True)
    document = models.ForeignKey(
        Document,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("stuk uit de bibliotheek"),
    )
    point = models.ForeignKey(
        Point,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("punt"),
    )
    meeting = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("overleg"),
    )
    decision = models.ForeignKey(
        Decision,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("besluit"),
    )
    commitment = models.ForeignKey(
        Commitment,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("toezegging"),
    )
    agreement = models.ForeignKey(
        Agreement,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("akkoord"),
    )

    class Meta:
        ordering = ["on", "pk"]
        constraints = [mistake_has_reason("entry_mistake")]

    def __str__(self) -> str:
        return self.title

    @property
    def linked(self) -> list[models.Model]:
        """The things it leads to."""
        found = (
            self.document,
            self.point,
            self.meeting,
            self.decision,
            self.commitment,
            self.agreement,
        )
        return [one for one in found if one is not None]
