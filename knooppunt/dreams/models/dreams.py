"""Dreams: what somebody wishes for the neighbourhood, said in a sentence, without a name."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.database.example_rows import ExampleMark
from knooppunt.directory.models import Area, Organisation, Place, Theme
from knooppunt.dreams.models.tables import DreamTable
from knooppunt.dreams.queries.dreams import DreamQuerySet
from knooppunt.kit.geo import Point
from knooppunt.kit.text import first_sentence

LONGEST = 600
LONGEST_TITLE = 90


class Dream(ExampleMark):
    """One dream, in the words of who said it.

    ``answer_by`` is the last day on which it should get its next answer; None when its last answer
    was final. ``joined_to`` is the dream of which it became a part; that is never a part itself, so
    no circle can be made. ``code`` opens its page for who said it.
    """

    class Channel(models.TextChoices):
        WEB = "web", _("op de site")
        TABLE = "table", _("aan een droomtafel")
        PAPER = "paper", _("op een droomkaart")
        TALK = "talk", _("in een gesprek")

    class State(models.TextChoices):
        NEW = "new", _("nog niet gelezen")
        PUBLIC = "public", _("op de muur")
        ASIDE = "aside", _("niet op de muur")

    code = models.CharField(max_length=12, unique=True)
    text = models.TextField(_("waar droom je van"), max_length=LONGEST)
    language = models.CharField(max_length=5, default="nl")
    area = models.ForeignKey(
        Area,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="dreams",
        verbose_name=_("in welke wijk"),
    )
    place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="dreams",
        verbose_name=_("bij welke plek"),
    )
    theme = models.ForeignKey(
        Theme,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="dreams",
        verbose_name=_("waar gaat het over"),
    )
    photo = models.FileField(_("foto"), upload_to="dreams", max_length=200, blank=True)
    photo_alt = models.CharField(_("wat staat er op de foto"), max_length=200, blank=True)
    channel = models.CharField(
        _("hoe kwam het binnen"), max_length=10, choices=Channel, default=Channel.WEB
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="dreams",
        verbose_name=_("bij welk initiatief is het gezegd"),
    )
    table = models.ForeignKey(
        DreamTable, models.SET_NULL, null=True, blank=True, related_name="dreams"
    )
    first_name = models.CharField(_("voornaam"), max_length=40, blank=True)
    is_name_public = models.BooleanField(_("mijn naam mag erbij"), default=False)
    reply_email = models.EmailField(_("e-mailadres"), blank=True)
    reply_confirmed_on = models.DateField(null=True, blank=True)
    reply_place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bij welke plek haal je een briefje op"),
    )
    said_on = models.DateField(_("gezegd op"), default=timezone.localdate)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    published_on = models.DateField(null=True, blank=True)
    aside_reason = models.CharField(_("waarom niet op de muur"), max_length=300, blank=True)
    answer_by = models.DateField(_("antwoord voor"), null=True, blank=True)
    joined_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="joined"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = DreamQuerySet.as_manager()

    class Meta:
        ordering = ["-said_on", "-pk"]
        verbose_name = _("droom")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="public") | Q(published_on__isnull=False),
                name="dream_public_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="aside") | ~Q(aside_reason=""), name="dream_aside_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(is_name_public=False) | ~Q(first_name=""),
                name="dream_public_name_is_there",
            ),
            models.CheckConstraint(
                condition=Q(joined_to__isnull=True) | ~Q(joined_to=F("id")),
                name="dream_not_part_of_itself",
            ),
            models.CheckConstraint(
                condition=Q(photo="") | ~Q(photo_alt=""), name="dream_photo_described"
            ),
            models.CheckConstraint(
                condition=Q(reply_confirmed_on__isnull=True) | ~Q(reply_email=""),
                name="dream_confirmed_address_is_there",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-said_on"], name="dream_wall"),
            models.Index(fields=["answer_by"], name="dream_answer_by"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of this dream."""
        return reverse("dreams:dream", args=[self.pk])

    @property
    def status_url(self) -> str:
        """Where who said it sees how it stands, with the code."""
        return reverse("dreams:status", args=[self.code])

    @property
    def title(self) -> str:
        """Its first sentence, of at most ``LONGEST_TITLE`` characters."""
        return first_sentence(self.text, LONGEST_TITLE)

    @property
    def has_more_text(self) -> bool:
        """True when there is more to read than the title."""
        return self.text.strip() != self.title

    @property
    def is_public(self) -> bool:
        """True when it hangs on the wall, by itself or as a part of another."""
        return self.state == self.State.PUBLIC

    @property
    def public_name(self) -> str:
        """The first name of who said it, where that may be shown; else nothing."""
        return self.first_name if self.is_name_public else ""

    @property
    def public_place(self) -> Place | None:
        """The place it is about; None when that does not stand in the register any more."""
        return self.place if self.place and self.place.is_public else None

    @property
    def point(self) -> Point | None:
        """Where it is, when that is known."""
        return self.public_place.point if self.public_place else None

    def first_due(self, day: date) -> date:
        """The day before which its first answer should come or have come; ``day`` when nothing is
        waited for.
        """
        first = min(self.answers.all(), key=lambda reply: (reply.on, reply.pk), default=None)
        return (first.due_on if first else self.answer_by) or day

    @property
    def root(self) -> Dream:
        """The dream under which it is read: the one it joined, or itself."""
        return self.joined_to or self
