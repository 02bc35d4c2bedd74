"""In whose name: which organisation gave whom leave to speak for it, on what, how, and from
when until when.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.mistakes import (
    NO_MISTAKE,
    Correctable,
    StandingManager,
    mistake_has_reason,
)
from knooppunt.core.database.example_rows import ExampleMark
from knooppunt.core.database.valid_time import Dated, DatedQuerySet, period_is_forward
from knooppunt.decisions.models.bodies import Body
from knooppunt.decisions.models.meetings import ACCOUNT
from knooppunt.decisions.models.outcomes import Decision
from knooppunt.decisions.queries.mandates import MandateQuerySet
from knooppunt.directory.models import Organisation


class Matter(ExampleMark):
    """What somebody may speak about in the name of others: a tender, a Welzijnsdeal, one point."""

    slug = models.SlugField(max_length=70, unique=True)
    name = models.CharField(_("waarover"), max_length=150)
    text = models.TextField(_("wat er wel en niet onder valt"), max_length=2000, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The list of in whose name one speaks about this."""
        return reverse("decisions:matter", args=[self.slug])


class Delegate(models.Model):
    """Somebody who speaks for others and agreed that this is known."""

    name = models.CharField(_("naam, zoals die genoemd mag worden"), max_length=100)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, **{**ACCOUNT, "related_name": "delegate"})

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of this delegate."""
        return reverse("decisions:delegate", args=[self.pk])


class Hat(Dated):
    """What else a delegate is: a seat in a wijkraad, a job, a board.

    Declared, so that it can be shown where it matters.
    """

    delegate = models.ForeignKey(Delegate, models.CASCADE, related_name="hats")
    body = models.ForeignKey(
        Body, models.SET_NULL, null=True, blank=True, related_name="hats", verbose_name=_("bij wie")
    )
    text = models.CharField(_("wat"), max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [period_is_forward("hat_forward")]

    def __str__(self) -> str:
        return self.text


class Mandate(Correctable, Dated):
    """That an organisation lets a delegate speak for it on a matter, from a day; until a day,
    or until it is withdrawn.
    """

    class Given(models.TextChoices):
        DECISION = "decision", _("met een besluit")
        SIGNATURE = "signature", _("met een handtekening")
        MEETING = "meeting", _("in een vergadering")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="mandates", verbose_name=_("in naam van")
    )
    delegate = models.ForeignKey(
        Delegate, models.CASCADE, related_name="mandates", verbose_name=_("wie spreekt")
    )
    matter = models.ForeignKey(
        Matter, models.CASCADE, related_name="mandates", verbose_name=_("waarover")
    )
    given = models.CharField(
        _("hoe gegeven"), max_length=10, choices=Given, default=Given.SIGNATURE
    )
    decision = models.ForeignKey(
        Decision,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("welk besluit"),
    )
    source = models.CharField(
        _("waar het staat"),
        max_length=300,
        blank=True,
        help_text=_("Bijvoorbeeld: brief van 3 maart, in de map op kantoor."),
    )
    withdrawn_on = models.DateField(_("ingetrokken op"), null=True, blank=True)
    entered_on = models.DateField(default=timezone.localdate)

    objects = StandingManager.from_queryset(MandateQuerySet)()
    with_mistakes = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name_key", "pk"]
        constraints = [
            mistake_has_reason("mandate_mistake"),
            period_is_forward("mandate_forward"),
            models.CheckConstraint(condition=Q(since__isnull=False), name="mandate_has_first_day"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("since")),
                name="mandate_withdrawn_after",
            ),
            models.UniqueConstraint(
                fields=["organisation", "delegate", "matter"],
                condition=Q(until__isnull=True, withdrawn_on__isnull=True) & NO_MISTAKE,
                name="mandate_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.matter}"

    def get_absolute_url(self) -> str:
        """The list on which it stands."""
        return self.matter.get_absolute_url()
