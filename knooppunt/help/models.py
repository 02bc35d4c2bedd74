"""What organisations need of each other and can spare, and who was introduced to whom."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.database.example_rows import ExampleMark
from knooppunt.core.database.valid_time import Dated, period_is_forward
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.help.queries import IntroductionQuerySet, NoticeQuerySet, ResponseQuerySet
from knooppunt.kit.geo import Point


class Notice(ExampleMark, Dated):
    """That an organisation needs something, or can spare it: what, where, on which days, and from
    when until when.

    ``terms`` are the telling words of it and what it is about, by which offers are found for needs.
    """

    class Side(models.TextChoices):
        NEED = "need", _("zoekt")
        OFFER = "offer", _("biedt")

    class Kind(models.TextChoices):
        ROOM = "room", _("ruimte")
        HANDS = "hands", _("handen")
        SKILL = "skill", _("kennis en kunde")
        THINGS = "things", _("spullen")
        MONEY = "money", _("geld")
        AUDIENCE = "audience", _("publiek")
        ADVICE = "advice", _("raad")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        FULFILLED = "fulfilled", _("gelukt")
        WITHDRAWN = "withdrawn", _("niet meer nodig")
        EXPIRED = "expired", _("verlopen")

    side = models.CharField(_("zoekt of biedt"), max_length=5, choices=Side)
    kind = models.CharField(_("wat voor iets"), max_length=10, choices=Kind)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="notices", verbose_name=_("wie")
    )
    title = models.CharField(_("wat"), max_length=120)
    text = models.TextField(_("vertel er iets over"), max_length=2000, blank=True)
    place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("bij welke plek"),
    )
    area = models.ForeignKey(
        Area, models.SET_NULL, null=True, blank=True, related_name="notices", verbose_name=_("wijk")
    )
    days = models.JSONField(_("op welke dagen"), default=list, blank=True)
    terms = models.JSONField(default=list, editable=False)
    state = models.CharField(_("staat"), max_length=10, choices=State, default=State.OPEN)
    listed_on = models.DateField(_("gezet op"), default=timezone.localdate)
    closed_on = models.DateField(_("gesloten op"), null=True, blank=True)
    is_on_behalf = models.BooleanField(_("namens hen gezet"), default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-listed_on", "-pk"]
        constraints = [
            period_is_forward("notice_forward"),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True)
                | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="notice_closed_has_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "side", "kind"], name="notice_board")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of this need or offer."""
        return reverse("help:notice", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """True while it is still asked for or offered."""
        return self.state == self.State.OPEN

    def is_visible_on(self, day: date) -> bool:
        """True if it was open on a day, of an organisation that everybody could see then."""
        return Notice.objects.visible_on(day).filter(pk=self.pk).exists()

    @property
    def is_need(self) -> bool:
        """True for a need, False for an offer."""
        return self.side == self.Side.NEED

    @property
    def known_others(self) -> set[int]:
        """The numbers of the needs or offers with which it was brought together already."""
        rows = (
            self.introduced_offers.values_list("offer", flat=True)
            if self.is_need
            else self.introduced_needs.values_list("need", flat=True)
        )
        return set(rows)

    @property
    def public_place(self) -> Place | None:
        """The place it is about; None when that does not stand in the register, or not any more."""
        return self.place if self.place and self.place.is_public else None

    @property
    def point(self) -> Point | None:
        """Where it is, when that is known."""
        return self.public_place.point if self.public_place else None


class NoticeResponse(models.Model):
    """What somebody without an account said to a need or offer, and how to reach her; erased
    soon after it was answered.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="responses")
    text = models.TextField(max_length=1900)
    reply_address = models.CharField(max_length=200)
    received_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return str(self.notice)

    @property
    def is_settled(self) -> bool:
        """True when somebody answered."""
        return self.settled_at is not None


class Introduction(models.Model):
    """That a need and an offer were brought together on a day, and whether it really worked out."""

    class Outcome(models.TextChoices):
        YES = "yes", _("ja, gelukt")
        NO = "no", _("nee, niet gelukt")

    need = models.ForeignKey(Notice, models.CASCADE, related_name="introduced_offers")
    offer = models.ForeignKey(Notice, models.CASCADE, related_name="introduced_needs")
    introduced_on = models.DateField(default=timezone.localdate)
    introduced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(_("is het echt gelukt?"), max_length=3, choices=Outcome, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ["-introduced_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["need", "offer"], name="introduction_once"),
            models.CheckConstraint(condition=~Q(need=F("offer")), name="introduction_of_two"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_on__isnull=True)
                | (~Q(outcome="") & Q(answered_on__isnull=False)),
                name="introduction_answer_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} + {self.offer}"
