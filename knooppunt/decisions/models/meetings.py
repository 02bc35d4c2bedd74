"""Meetings, ours and those of others: when, where, what is on the agenda, who came, and what
was said.
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

from knooppunt.core.audit.mistakes import Correctable, StandingManager, mistake_has_reason
from knooppunt.core.database.example_rows import ExampleMark
from knooppunt.decisions.models.bodies import Body, Term
from knooppunt.decisions.queries.meetings import MeetingQuerySet
from knooppunt.directory.models import Organisation, Place

ACCOUNT: Any = {"on_delete": models.SET_NULL, "null": True, "blank": True, "related_name": "+"}


class Meeting(ExampleMark, Correctable):
    """One meeting on a day: of our own, a study breakfast, or of a body outside at which
    somebody may speak.
    """

    class Kind(models.TextChoices):
        ASSEMBLY = "assembly", _("groot overleg")
        SOUNDING = "sounding", _("klankbordgroep")
        NETWORK = "network", _("netwerkoverleg")
        WORKING = "working", _("werkgroep")
        BREAKFAST = "breakfast", _("studieontbijt")
        WIJKRAAD = "wijkraad", _("wijkraad")
        COMMITTEE = "committee", _("raadscommissie")
        COUNCIL = "council", _("gemeenteraad")
        TABLE = "table", _("tafel met instellingen")

    OUTSIDE = (Kind.WIJKRAAD, Kind.COMMITTEE, Kind.COUNCIL, Kind.TABLE)

    kind = models.CharField(_("wat voor overleg"), max_length=10, choices=Kind)
    body = models.ForeignKey(
        Body,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("van wie"),
    )
    title = models.CharField(_("waarover"), max_length=150, blank=True)
    starts = models.DateTimeField(_("begint"))
    ends = models.DateTimeField(_("tot"), null=True, blank=True)
    place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("plek"),
    )
    location = models.CharField(_("of een ander adres"), max_length=200, blank=True)
    website = models.URLField(_("agenda op de site van de ander"), max_length=500, blank=True)
    speak_by = models.DateTimeField(_("aanmelden om in te spreken kan tot"), null=True, blank=True)
    brief = models.TextField(
        _("waar het om gaat, in een halve bladzijde"), max_length=3000, blank=True
    )
    minutes = models.TextField(_("verslag"), max_length=20_000, blank=True)
    is_public = models.BooleanField(_("iedereen mag dit zien"), default=True)
    is_cancelled = models.BooleanField(_("gaat niet door"), default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    objects = StandingManager.from_queryset(MeetingQuerySet)()
    with_mistakes = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "-pk"]
        constraints = [
            mistake_has_reason("meeting_mistake"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="meeting_forward"
            ),
        ]
        indexes = [models.Index(fields=["starts"], name="meeting_by_day")]

    def __str__(self) -> str:
        name = self.title or (self.body.name if self.body else "")
        kind = str(self.get_kind_display())
        return name if kind.lower() in name.lower() else f"{kind.capitalize()} {name}".strip()

    def get_absolute_url(self) -> str:
        """The page of this meeting."""
        return reverse("decisions:meeting", args=[self.pk])

    @property
    def on(self) -> date:
        """The day on which it is, here."""
        return timezone.localtime(self.starts).date()

    @property
    def is_outside(self) -> bool:
        """True for a meeting of others, at which we may speak."""
        return self.kind in self.OUTSIDE

    @property
    def is_past(self) -> bool:
        """True once it began."""
        return self.starts <= timezone.now()

    @property
    def public_place(self) -> Place | None:
        """The place where it is; None when that does not stand in the register, or not any more."""
        return self.place if self.place and self.place.is_public else None

    @property
    def can_register(self) -> bool:
        """True while one can still ask to speak."""
        return not self.is_cancelled and (self.speak_by or self.starts) > timezone.now()


class AgendaItem(Correctable):
    """One point on the agenda of a meeting, who brought it, and what came of it."""

    stands_with = ("meeting",)

    class Kind(models.TextChoices):
        SPEAK = "speak", _("inspreken")
        DECIDE = "decide", _("om te besluiten")
        DISCUSS = "discuss", _("om te bespreken")
        INFORM = "inform", _("om te weten")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    kind = models.CharField(_("waarvoor"), max_length=10, choices=Kind, default=Kind.DISCUSS)
    title = models.CharField(_("agendapunt"), max_length=200)
    text = models.TextField(_("toelichting"), max_length=3000, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("van wie"),
    )
    outcome = models.TextField(_("wat eruit kwam"), max_length=3000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [mistake_has_reason("agenda_item_mistake")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it stands on the page of its meeting."""
        return f"{self.meeting.get_absolute_url()}#punt-{self.pk}"


class Attendance(models.Model):
    """That an organisation was at a meeting, with how many people; names are not kept."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="attendances", verbose_name=_("organisatie")
    )
    heads = models.PositiveSmallIntegerField(_("met hoeveel mensen"), default=1)

    class Meta:
        ordering = ["organisation__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.heads})"


class Guest(models.Model):
    """That somebody in office was invited to a meeting of ours, and whether she came."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="guests")
    term = models.ForeignKey(
        Term, models.CASCADE, related_name="visits", verbose_name=_("wie, in welke functie")
    )
    came = models.BooleanField(_("was erbij"), null=True, blank=True)

    class Meta:
        ordering = ["term__post__label", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "term"], name="guest_once")]

    def __str__(self) -> str:
        return str(self.term.post)
