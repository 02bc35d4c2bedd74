"""Agreements such as a wijkakkoord or Welzijnsdeal: parties, clauses with their text and state,
and how clauses are drafted together.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.mistakes import NO_MISTAKE, Correctable, mistake_has_reason
from knooppunt.core.database.example_rows import ExampleMark
from knooppunt.core.database.valid_time import Dated, period_is_forward
from knooppunt.decisions.models import Body
from knooppunt.decisions.models.meetings import ACCOUNT
from knooppunt.directory.models import Area, Organisation
from knooppunt.voice.models.library import Document
from knooppunt.voice.models.points import Point
from knooppunt.voice.queries.agreements import AgreementQuerySet


class Agreement(ExampleMark, Dated):
    """What parties agreed, from when until when; without a day of signing it is a draft that is
    written together.
    """

    class Kind(models.TextChoices):
        WIJKAKKOORD = "wijkakkoord", _("wijkakkoord")
        DEAL = "deal", _("Welzijnsdeal")
        COVENANT = "covenant", _("convenant")
        OTHER = "other", _("andere afspraak")

    slug = models.SlugField(max_length=70, unique=True)
    title = models.CharField(_("naam"), max_length=200)
    kind = models.CharField(_("wat voor akkoord"), max_length=12, choices=Kind)
    text = models.TextField(_("waar het over gaat"), max_length=3000, blank=True)
    bodies = models.ManyToManyField(
        Body, blank=True, related_name="agreements", verbose_name=_("raden en diensten")
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="agreements", verbose_name=_("organisaties")
    )
    areas = models.ManyToManyField(
        Area, blank=True, related_name="agreements", verbose_name=_("voor welke wijken")
    )
    signed_on = models.DateField(_("getekend op"), null=True, blank=True)
    review_on = models.DateField(_("opnieuw bekijken op"), null=True, blank=True)
    source_url = models.URLField(_("waar het staat"), max_length=500, blank=True)
    document = models.ForeignKey(
        Document,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("of een stuk uit de bibliotheek"),
    )
    is_public = models.BooleanField(_("iedereen mag dit zien"), default=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "title", "pk"]
        constraints = [period_is_forward("agreement_forward")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of this agreement."""
        return reverse("voice:agreement", args=[self.slug])


class Clause(Correctable):
    """One thing that was agreed: the text as it is now, on which page, who is to do it, and
    when to look at it.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="clauses")
    number = models.CharField(_("nummer"), max_length=12)
    title = models.CharField(_("kop"), max_length=150)
    text = models.TextField(_("tekst"), max_length=4000)
    page = models.CharField(_("bladzijde"), max_length=20, blank=True)
    owner = models.CharField(_("wie doet het"), max_length=150, blank=True)
    review_on = models.DateField(_("opnieuw bekijken op"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            mistake_has_reason("clause_mistake"),
            models.UniqueConstraint(
                fields=["agreement", "number"], condition=NO_MISTAKE, name="clause_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """The page of this clause, with its state, its points and its earlier texts."""
        return reverse("voice:clause", args=[self.agreement.slug, self.pk])


class ClauseState(Correctable):
    """How far a clause is carried out on a day, and by what one sees that."""

    stands_with = ("clause",)

    class State(models.TextChoices):
        OPEN = "open", _("nog niet uitgevoerd")
        PARTLY = "partly", _("deels uitgevoerd")
        DONE = "done", _("uitgevoerd")
        DROPPED = "dropped", _("losgelaten")

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="states")
    state = models.CharField(_("hoe staat het ermee"), max_length=10, choices=State)
    on = models.DateField(_("op welke dag"), default=timezone.localdate)
    text = models.TextField(_("waaraan zie je dat"), max_length=1500)
    source_url = models.URLField(_("link naar de bron"), max_length=500, blank=True)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clause_states",
        verbose_name=_("of een stuk uit de bibliotheek"),
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            mistake_has_reason("clause_state_mistake"),
            models.CheckConstraint(condition=~Q(text=""), name="clause_state_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} ({date_format(self.on, 'j F Y')})"


class Landing(Correctable):
    """That a point landed in a clause: wholly or in part, with the words that say so."""

    stands_with = ("point", "clause")

    class Extent(models.TextChoices):
        WHOLE = "whole", _("geheel")
        PARTLY = "partly", _("deels")

    point = models.ForeignKey(
        Point, models.CASCADE, related_name="landings", verbose_name=_("welk punt")
    )
    clause = models.ForeignKey(Clause, models.CASCADE, related_name="landings")
    extent = models.CharField(_("hoe ver"), max_length=6, choices=Extent)
    quote = models.TextField(_("de woorden waar het staat"), max_length=1000)
    entered_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["pk"]
        constraints = [
            mistake_has_reason("landing_mistake"),
            models.UniqueConstraint(
                fields=["point", "clause"], condition=NO_MISTAKE, name="landing_once"
            ),
            models.CheckConstraint(condition=~Q(quote=""), name="landing_has_quote"),
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.clause}"


class YearAction(Correctable):
    """One line of the yearly action plan of an agreement."""

    class State(models.TextChoices):
        OPEN = "open", _("nog te doen")
        DONE = "done", _("gedaan")
        NOT_DONE = "not_done", _("niet gedaan")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="year_actions")
    clause = models.ForeignKey(
        Clause,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="year_actions",
        verbose_name=_("bij welke bepaling"),
    )
    year = models.PositiveSmallIntegerField(_("jaar"))
    text = models.CharField(_("wat"), max_length=300)
    owner = models.CharField(_("wie doet het"), max_length=150, blank=True)
    state = models.CharField(
        _("hoe staat het ermee"), max_length=10, choices=State, default=State.OPEN
    )
    result = models.CharField(_("wat ervan kwam"), max_length=300, blank=True)

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [mistake_has_reason("year_action_mistake")]

    def __str__(self) -> str:
        return f"{self.year}: {self.text}"


class Amendment(Correctable):
    """A proposal to change the text of a clause, or to add one; accepted or not, with the
    reason.
    """

    class State(models.TextChoices):
        OPEN = "open", _("nog te bespreken")
        ACCEPTED = "accepted", _("overgenomen")
        DECLINED = "declined", _("niet overgenomen")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="amendments")
    clause = models.ForeignKey(
        Clause, models.SET_NULL, null=True, blank=True, related_name="amendments"
    )
    title = models.CharField(_("kop"), max_length=150)
    text = models.TextField(_("zo zou het worden"), max_length=4000)
    why = models.TextField(_("waarom"), max_length=1500, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name=_("namens wie"),
    )
    on = models.DateField(_("op welke dag"), default=timezone.localdate)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_on = models.DateField(_("besloten op"), null=True, blank=True)
    answer = models.TextField(_("waarom wel of niet"), max_length=1500, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("voorgestelde tekst")
        constraints = [
            mistake_has_reason("amendment_mistake"),
            models.CheckConstraint(
                condition=Q(state="open", decided_on__isnull=True)
                | (~Q(state="open") & Q(decided_on__isnull=False)),
                name="amendment_decided_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page on which old and new stand side by side."""
        return reverse("voice:amendment", args=[self.agreement.slug, self.pk])


class ClauseVersion(models.Model):
    """The text of a clause from a day, and the amendment that made it so."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    text = models.TextField()
    on = models.DateField(default=timezone.localdate)
    amendment = models.OneToOneField(
        Amendment, models.SET_NULL, null=True, blank=True, related_name="version"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["clause", "number"], name="clause_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.number}"
