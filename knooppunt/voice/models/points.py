"""Points: what the neighbourhood asks, of whom and why, with dated steps, evidence, and the
meetings at which it is brought in.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.mistakes import (
    NO_MISTAKE,
    Correctable,
    StandingManager,
    mistake_has_reason,
)
from knooppunt.core.database.example_rows import ExampleMark
from knooppunt.decisions.models import Body, Delegate, Meeting
from knooppunt.decisions.models.meetings import ACCOUNT
from knooppunt.directory.models import Area, Organisation, Theme
from knooppunt.voice.models.library import Document, has_source
from knooppunt.voice.queries.points import OWN_STAGES, PointQuerySet


class Stage(models.TextChoices):
    """How far a point is; the last three say whether it was carried out."""

    COLLECTED = "collected", _("opgehaald")
    SHARED = "shared", _("gedeeld punt")
    SUBMITTED = "submitted", _("ingebracht")
    ANSWERED = "answered", _("beantwoord")
    PROMISED = "promised", _("toegezegd")
    AGREED = "agreed", _("in akkoord")
    REJECTED = "rejected", _("afgewezen")
    NOT_DONE = "not_done", _("niet uitgevoerd")
    PARTLY = "partly", _("deels uitgevoerd")
    DONE = "done", _("uitgevoerd")


ENDED = (Stage.REJECTED, Stage.DONE)


class Point(ExampleMark, Correctable):
    """What the neighbourhood asks: one sentence, why, the question itself and of whom.

    Its steps say how far it is. ``reworded_on`` is the last day on which the sentence or the
    question was changed after somebody had signed.
    """

    slug = models.SlugField(max_length=70, unique=True)
    title = models.CharField(_("het punt, in één zin"), max_length=200)
    why = models.TextField(_("waarom"), max_length=3000, blank=True)
    ask = models.TextField(_("wat we vragen"), max_length=1500)
    body = models.ForeignKey(
        Body,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="points",
        verbose_name=_("aan wie"),
    )
    addressee = models.CharField(_("en daar aan wie precies"), max_length=150, blank=True)
    areas = models.ManyToManyField(
        Area, blank=True, related_name="points", verbose_name=_("voor welke wijken")
    )
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="points", verbose_name=_("thema’s")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="raised_points",
        verbose_name=_("wie brengt het op"),
    )
    is_public = models.BooleanField(_("iedereen mag dit zien"), default=False)
    listed_on = models.DateField(_("opgehaald op"), default=timezone.localdate)
    reworded_on = models.DateField(null=True, blank=True, editable=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    objects = StandingManager.from_queryset(PointQuerySet)()
    with_mistakes = PointQuerySet.as_manager()

    class Meta:
        ordering = ["-listed_on", "-pk"]
        constraints = [mistake_has_reason("point_mistake")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of this point."""
        return reverse("voice:point", args=[self.slug])

    @property
    def whom(self) -> str:
        """Of whom it is asked."""
        return ", ".join(
            part for part in (self.addressee, self.body.name if self.body else "") if part
        )


class Step(Correctable):
    """One dated step of a point with its source. ``due_on`` is by when an answer to it is expected.

    What was written down elsewhere (a promise, that the point landed in a clause, how far that
    clause is) makes its own step: ``landing`` (with ``clause_state`` for how far the clause is) or
    ``commitment`` says which, and the step follows it.
    """

    stands_with = (
        "point",
        "landing",
        "landing__clause",
        "clause_state",
        "clause_state__clause",
        "commitment",
    )

    point = models.ForeignKey(Point, models.CASCADE, related_name="steps")
    stage = models.CharField(_("welke stap"), max_length=10, choices=Stage)
    on = models.DateField(_("op welke dag"))
    text = models.TextField(_("wat er gebeurde"), max_length=2000, blank=True)
    by = models.CharField(_("door wie"), max_length=150, blank=True)
    source = models.CharField(_("bron, in woorden"), max_length=300, blank=True)
    source_url = models.URLField(_("link naar de bron"), max_length=500, blank=True)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
        verbose_name=_("of een stuk uit de bibliotheek"),
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
        verbose_name=_("of het overleg waar het was"),
    )
    due_on = models.DateField(_("antwoord verwacht voor"), null=True, blank=True)
    landing = models.ForeignKey(
        "voice.Landing", models.CASCADE, null=True, blank=True, related_name="steps", editable=False
    )
    clause_state = models.ForeignKey(
        "voice.ClauseState",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="steps",
        editable=False,
    )
    commitment = models.ForeignKey(
        "voice.Commitment",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="steps",
        editable=False,
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            mistake_has_reason("step_mistake"),
            models.CheckConstraint(
                condition=has_source()
                | (Q(stage__in=OWN_STAGES) & ~Q(source=""))
                | Q(landing__isnull=False)
                | Q(clause_state__isnull=False)
                | Q(commitment__isnull=False),
                name="step_has_source",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=models.F("on")),
                name="step_forward",
            ),
        ]
        indexes = [models.Index(fields=["point", "-on", "-id"], name="step_latest")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} ({date_format(self.on, 'j F Y')})"

    def get_absolute_url(self) -> str:
        """Where it stands on the page of its point."""
        return f"{self.point.get_absolute_url()}#stap-{self.pk}"


class Evidence(Correctable):
    """What bears a point out: a figure with its reference date, a story told with consent, or a
    document.
    """

    stands_with = ("point",)

    class Kind(models.TextChoices):
        FIGURE = "figure", _("cijfer")
        STORY = "story", _("verhaal")
        DOCUMENT = "document", _("stuk")

    point = models.ForeignKey(Point, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200, blank=True)
    figure = models.CharField(max_length=80, blank=True)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="+")
    on = models.DateField(null=True, blank=True)
    value = models.BigIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    text = models.TextField(_("het verhaal"), max_length=2000, blank=True)
    told_by = models.CharField(_("wie vertelt het (zonder naam)"), max_length=100, blank=True)
    consent_on = models.DateField(_("toestemming gegeven op"), null=True, blank=True)
    consent_until = models.DateField(_("toestemming tot en met"), null=True, blank=True)
    document = models.ForeignKey(
        Document, models.CASCADE, null=True, blank=True, related_name="evidence"
    )

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            mistake_has_reason("evidence_mistake"),
            models.CheckConstraint(
                condition=Q(kind="figure", value__isnull=False, on__isnull=False)
                | Q(kind="document", document__isnull=False)
                | Q(Q(kind="story", consent_on__isnull=False), ~Q(text="")),
                name="evidence_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    @property
    def address(self) -> str:
        """Where the list behind a figure is."""
        query = f"?op={self.on:%Y-%m-%d}" + (f"&wijk={self.area.slug}" if self.area else "")
        return reverse("directory:figure", args=[self.figure]) + query

    @property
    def is_told(self) -> bool:
        """False for a story of which the consent ended."""
        return (
            self.kind != self.Kind.STORY
            or self.consent_until is None
            or self.consent_until >= timezone.localdate()
        )


class Hearing(Correctable):
    """That a point is brought in at a meeting, by whom, and whether she asked to speak."""

    stands_with = ("point", "meeting")

    point = models.ForeignKey(Point, models.CASCADE, related_name="hearings")
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="hearings", verbose_name=_("bij welk overleg")
    )
    speaker = models.ForeignKey(
        Delegate,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="hearings",
        verbose_name=_("wie spreekt"),
    )
    registered_on = models.DateField(_("aangemeld om in te spreken op"), null=True, blank=True)

    class Meta:
        ordering = ["meeting__starts", "pk"]
        constraints = [
            mistake_has_reason("hearing_mistake"),
            models.UniqueConstraint(
                fields=["point", "meeting"], condition=NO_MISTAKE, name="hearing_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.meeting}"

    def hats(self) -> Any:
        """What else the speaker is at the body of whom this is asked, on the day of the
        meeting: a double hat.
        """
        if self.speaker is None or self.point.body_id is None:
            return []
        return self.speaker.hats.as_of(self.meeting.on).filter(body=self.point.body_id)
