"""Answers: what is said to a dream, on which day, and until when it was asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.agenda.models import Activity
from knooppunt.directory.models import Place
from knooppunt.dreams.models.dreams import Dream
from knooppunt.voice.models import Point, Signal


class Answer(models.Model):
    """One answer to a dream; the newest says how it stands.

    ``due_on`` is the day before which it was to be given, which tells whether it was in time.
    ``handed_over_on`` is the day on which it was handed over on paper, where that was asked.
    """

    class Kind(models.TextChoices):
        TALK = "talk", _("Laten we praten")
        PLAN = "plan", _("Het wordt een plan")
        JOINED = "joined", _("Hoort bij een andere droom")
        EXISTS = "exists", _("Dit is er al")
        CITY = "city", _("Dit vragen we aan de stad")
        NOT_NOW = "not_now", _("Nu nog niet")

    # After these nothing is waited for any more.
    FINAL = frozenset({Kind.PLAN, Kind.JOINED, Kind.EXISTS, Kind.CITY})

    dream = models.ForeignKey(Dream, models.CASCADE, related_name="answers")
    kind = models.CharField(_("antwoord"), max_length=10, choices=Kind)
    on = models.DateField(_("dag"), default=timezone.localdate)
    due_on = models.DateField(null=True, blank=True)
    text = models.TextField(_("in gewone woorden"), max_length=600, blank=True)
    look_again_on = models.DateField(_("wanneer kijken we opnieuw"), null=True, blank=True)
    place = models.ForeignKey(
        Place, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("plek")
    )
    activity = models.ForeignKey(
        Activity,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("activiteit"),
    )
    point = models.ForeignKey(
        Point, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("punt")
    )
    signal = models.ForeignKey(Signal, models.SET_NULL, null=True, blank=True, related_name="+")
    handed_over_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="not_now") | (Q(look_again_on__isnull=False) & ~Q(text="")),
                name="dream_not_now_has_reason_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind="talk") | ~Q(text=""), name="dream_talk_has_words"
            ),
            models.CheckConstraint(
                condition=Q(look_again_on__isnull=True) | Q(kind="not_now"),
                name="dream_look_again_after_not_now",
            ),
        ]
        indexes = [models.Index(fields=["dream", "-on"], name="dream_answers")]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_in_time(self) -> bool:
        """True when it was given on or before the last day for it."""
        return self.due_on is None or self.on <= self.due_on
