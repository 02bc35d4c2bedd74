"""Proposals on which the member organisations decide, each with its own way of deciding,
declared beforehand.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.database.example_rows import ExampleMark
from knooppunt.decisions.models.meetings import ACCOUNT, Meeting
from knooppunt.decisions.queries.proposals import ProposalQuerySet
from knooppunt.directory.models import Membership, Organisation


class Proposal(ExampleMark):
    """A question to the member organisations: what, by which method, until when, who may see what,
    and how it ended.

    ``network`` is whose members decide; without one those of every network. The list of who may
    vote is written down on the day it opens.
    """

    class Method(models.TextChoices):
        CONSENT = "consent", _("consent: goed, tenzij iemand een bezwaar heeft")
        MAJORITY = "majority", _("stemmen: voor of tegen")
        APPROVAL = "approval", _("kiezen: kruis alles aan waar je achter staat")
        RANKED = "ranked", _("kiezen op volgorde: wie het minst krijgt valt af")
        TEMPERATURE = "temperature", _("temperatuur meten: van koud (1) tot warm (5)")

    class Share(models.TextChoices):
        HALF = "half", _("meer dan de helft")
        TWO_THIRDS = "two_thirds", _("ten minste twee derde")
        THREE_QUARTERS = "three_quarters", _("ten minste drie kwart")
        ALL = "all", _("iedereen")

    class State(models.TextChoices):
        DRAFT = "draft", _("nog niet open")
        OPEN = "open", _("open")
        CLOSED = "closed", _("gesloten")
        WITHDRAWN = "withdrawn", _("ingetrokken")

    title = models.CharField(_("voorstel, in één zin"), max_length=200)
    text = models.TextField(_("waarom, en wat er dan verandert"), max_length=8000, blank=True)
    method = models.CharField(
        _("hoe beslissen we"), max_length=12, choices=Method, default=Method.CONSENT
    )
    network = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("de leden van welk netwerk"),
    )
    quorum = models.PositiveSmallIntegerField(_("hoeveel procent moet meedoen"), default=50)
    share = models.CharField(
        _("hoeveel moet er voor zijn"), max_length=15, choices=Share, default=Share.HALF
    )
    is_secret = models.BooleanField(_("geheim: niemand ziet wie wat stemde"), default=False)
    is_public = models.BooleanField(_("iedereen mag de uitslag zien"), default=True)
    meeting = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("bij welk overleg hoort het"),
    )
    state = models.CharField(_("staat"), max_length=10, choices=State, default=State.DRAFT)
    opened_on = models.DateField(_("open sinds"), null=True, blank=True)
    closes_at = models.DateTimeField(_("open tot"), null=True, blank=True)
    closed_on = models.DateField(_("gesloten op"), null=True, blank=True)
    result = models.JSONField(default=dict, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("voorstel")
        constraints = [
            models.CheckConstraint(condition=Q(quorum__lte=100), name="proposal_quorum"),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(opened_on__isnull=False, closes_at__isnull=False),
                name="proposal_open_has_period",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__gte=F("opened_on"))
                | (~Q(state="closed") & Q(closed_on__isnull=True)),
                name="proposal_closed_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of this proposal."""
        return reverse("decisions:proposal", args=[self.pk])

    @property
    def is_voting(self) -> bool:
        """True while votes are taken."""
        return (
            self.state == self.State.OPEN
            and self.closes_at is not None
            and timezone.now() < self.closes_at
        )

    @property
    def has_options(self) -> bool:
        """True for the methods that choose between options."""
        return self.method in (self.Method.APPROVAL, self.Method.RANKED)

    def electorate(self, day: date) -> Any:
        """The public member organisations on a day, each once, in the order of their names."""
        rows = Organisation.objects.visible_on(day).exclude(role=Organisation.Role.INSTITUTION)
        memberships = Membership.objects.visible_on(day).filter(network__role="network")
        memberships = (
            memberships.filter(network=self.network_id) if self.network_id else memberships
        )
        return rows.filter(pk__in=memberships.values("organisation")).order_by("name_key", "pk")


class Option(models.Model):
    """One of the things between which a proposal chooses."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="options")
    text = models.CharField(max_length=150)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "text"], name="option_once")]

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> str:
        """How a ballot names this option."""
        return str(self.pk)


class MinorityOpinion(models.Model):
    """What an organisation that thought otherwise wants kept beside the result."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="minority_opinions")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="minority_opinions")
    text = models.TextField(_("wat wij erover willen zeggen"), max_length=1000)
    entered_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "organisation"], name="minority_opinion_once"
            )
        ]

    def __str__(self) -> str:
        return self.text[:100]
