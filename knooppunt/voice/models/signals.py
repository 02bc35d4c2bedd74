"""Signals: what residents and hosts bring up, without account or name, and the news they get
about what became of it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.mistakes import Correctable, mistake_has_reason
from knooppunt.core.database.example_rows import ExampleMark
from knooppunt.decisions.models.meetings import ACCOUNT
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.voice.models.points import Point, Step


class Signal(ExampleMark, Correctable):
    """One thing somebody brought up: in her words, where, through which door, and how she wants
    to hear what became of it.
    """

    class Channel(models.TextChoices):
        WEB = "web", _("op de site")
        PAPER = "paper", _("op papier")
        PHONE = "phone", _("aan de telefoon")
        TALK = "talk", _("in een gesprek")
        HOST = "host", _("van een initiatief")
        FIGURES = "figures", _("uit de cijfers")

    class ReplyVia(models.TextChoices):
        NONE = "none", _("Ik hoef niets te horen")
        EMAIL = "email", _("Met een mail")
        PAPER = "paper", _("Op papier, bij een plek in de buurt")

    class State(models.TextChoices):
        NEW = "new", _("nieuw")
        JOINED = "joined", _("hoort bij een punt")
        ASIDE = "aside", _("opzij gelegd")

    code = models.CharField(max_length=12, unique=True)
    text = models.TextField(_("wat wil je zeggen"), max_length=2000)
    area = models.ForeignKey(
        Area,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="signals",
        verbose_name=_("in welke wijk"),
    )
    channel = models.CharField(
        _("hoe kwam het binnen"), max_length=10, choices=Channel, default=Channel.WEB
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="signals",
        verbose_name=_("van welk initiatief"),
    )
    reply_via = models.CharField(
        _("wil je horen wat ermee gebeurt"), max_length=5, choices=ReplyVia, default=ReplyVia.NONE
    )
    reply_email = models.EmailField(_("e-mailadres"), blank=True)
    reply_place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="signals",
        verbose_name=_("bij welke plek haal je het op"),
    )
    figure = models.CharField(max_length=80, blank=True)
    figure_on = models.DateField(null=True, blank=True)
    figure_value = models.BigIntegerField(null=True, blank=True)
    received_on = models.DateField(_("ontvangen op"), default=timezone.localdate)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    point = models.ForeignKey(Point, models.SET_NULL, null=True, blank=True, related_name="signals")
    aside_reason = models.CharField(_("waarom opzij"), max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    class Meta:
        ordering = ["-received_on", "-pk"]
        verbose_name = _("signaal")
        constraints = [
            mistake_has_reason("signal_mistake"),
            models.CheckConstraint(
                condition=~Q(state="aside") | ~Q(aside_reason=""), name="signal_aside_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(reply_via="none") | Q(reply_email=""), name="signal_keeps_no_address"
            ),
        ]
        indexes = [models.Index(fields=["state", "-received_on"], name="signal_list")]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """Where its sender can see how it stands, with the code."""
        return reverse("voice:signal_status", args=[self.code])


class News(models.Model):
    """That the sender of a signal hears of a step: by mail, or on paper until somebody printed
    and handed it over.
    """

    signal = models.ForeignKey(Signal, models.CASCADE, related_name="news")
    step = models.ForeignKey(Step, models.CASCADE, related_name="news")
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["signal", "step"], name="news_once")]
        indexes = [models.Index(fields=["sent_on"], name="news_to_send")]

    def __str__(self) -> str:
        return f"{self.signal_id} {self.step_id}"
