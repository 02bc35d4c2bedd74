"""Plans: what neighbours and organisations set out to make together, who keeps it going, how far
it is, and how it was celebrated.
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
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.dreams.models.dreams import Dream
from knooppunt.dreams.queries.plans import PartnerQuerySet, PlanQuerySet
from knooppunt.help.models import Notice
from knooppunt.report.models import Story

ACCOUNT: Any = {"on_delete": models.SET_NULL, "null": True, "blank": True, "related_name": "+"}
# So many organisations keep a plan before it begins: nobody owns it alone.
KEEPERS_NEEDED = 2
# Which drawing a kind of plan has.
SCENES = {
    "party": "party",
    "meal": "together",
    "green": "garden",
    "making": "workshop",
    "learning": "lesson",
    "outing": "walk",
    "meeting": "meeting",
    "other": "dream",
}


class Plan(ExampleMark, models.Model):
    """A small plan of several organisations: what, why, where, what it costs, and its state.

    Amounts are whole cents. ``features`` are keys of ``permits.FEATURES``. ``celebrated_on``,
    ``came`` and ``story`` are filled in when it was celebrated; ``went_well`` and ``went_badly``
    are what was learned, for a next plan like it. ``bring_link_number`` is the number of the signed
    link to the list of what has to be brought that still works. ``told_story`` is the story that
    was offered to the report.
    """

    class State(models.TextChoices):
        PLAN = "plan", _("in voorbereiding")
        BUSY = "busy", _("bezig")
        DONE = "done", _("gedaan")
        CELEBRATED = "celebrated", _("gevierd")
        STOPPED = "stopped", _("gestopt")

    class Kind(models.TextChoices):
        PARTY = "party", _("feest")
        MEAL = "meal", _("samen eten")
        GREEN = "green", _("groen en spelen")
        MAKING = "making", _("maken en repareren")
        LEARNING = "learning", _("leren")
        OUTING = "outing", _("op pad")
        MEETING = "meeting", _("ontmoeten")
        OTHER = "other", _("iets anders")

    ONGOING = (State.PLAN, State.BUSY)

    title = models.CharField(_("wat gaan jullie doen"), max_length=120)
    why = models.TextField(_("waarom"), max_length=1000)
    kind = models.CharField(_("wat voor plan"), max_length=10, choices=Kind, default=Kind.OTHER)
    features = models.JSONField(_("wat hoort erbij"), default=list, blank=True)
    area = models.ForeignKey(
        Area, models.SET_NULL, null=True, blank=True, related_name="plans", verbose_name=_("wijk")
    )
    place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("bij welke plek"),
    )
    location = models.CharField(_("of waar, in woorden"), max_length=200, blank=True)
    cost_cents = models.PositiveIntegerField(_("wat het kost"), null=True, blank=True)
    funds_cents = models.PositiveIntegerField(_("wat er al is"), null=True, blank=True)
    money_route = models.CharField(_("waar het geld vandaan komt"), max_length=300, blank=True)
    state = models.CharField(_("staat"), max_length=10, choices=State, default=State.PLAN)
    listed_on = models.DateField(_("opgeschreven op"), default=timezone.localdate)
    went_well = models.TextField(_("wat ging goed"), max_length=600, blank=True)
    went_badly = models.TextField(_("wat ging niet goed"), max_length=600, blank=True)
    celebrated_on = models.DateField(_("gevierd op"), null=True, blank=True)
    came = models.PositiveIntegerField(_("hoeveel mensen kwamen er"), null=True, blank=True)
    story = models.TextField(_("het verhaal"), max_length=600, blank=True)
    dream = models.ForeignKey(Dream, models.SET_NULL, null=True, blank=True, related_name="plans")
    need = models.ForeignKey(
        Notice, models.SET_NULL, null=True, blank=True, related_name="plans_from"
    )
    point = models.ForeignKey(
        "voice.Point", models.SET_NULL, null=True, blank=True, related_name="plans"
    )
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    bring_link_number = models.PositiveSmallIntegerField(default=0)
    told_story = models.ForeignKey(
        Story, models.SET_NULL, null=True, blank=True, related_name="plans"
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-listed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="celebrated", celebrated_on__isnull=False)
                | (~Q(state="celebrated") & Q(celebrated_on__isnull=True)),
                name="plan_celebrated_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="stopped") | ~Q(went_badly=""), name="plan_stopped_has_lesson"
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("pk")), name="plan_not_its_own"
            ),
        ]
        indexes = [models.Index(fields=["state", "listed_on"], name="plan_by_state")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of this plan."""
        return reverse("dreams:plan", args=[self.pk])

    @property
    def is_ongoing(self) -> bool:
        """True while it is being made or done."""
        return self.state in self.ONGOING

    @property
    def scene(self) -> str:
        """The name of the drawing of its kind."""
        return SCENES[self.kind]

    @property
    def public_place(self) -> Place | None:
        """The place where it is; None when that does not stand in the register, or not any more."""
        return self.place if self.place and self.place.is_public else None

    @property
    def missing_cents(self) -> int | None:
        """What is still lacking, in cents; None when nobody said what it costs."""
        if self.cost_cents is None:
            return None
        return max(0, self.cost_cents - (self.funds_cents or 0))

    @property
    def state_since(self) -> date:
        """The day on which it came in its state."""
        moment = self.moments.order_by("-on", "-pk").first()
        return moment.on if moment else self.listed_on


class PlanMoment(models.Model):
    """That a plan came in a state on a day."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="moments")
    state = models.CharField(max_length=10, choices=Plan.State)
    on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["plan", "on"], name="plan_moment_by_day")]

    def __str__(self) -> str:
        return f"{self.plan}: {self.get_state_display()}"


class PlanPartner(models.Model):
    """That an organisation takes part in a plan: as one of its keepers, or with a part of its own.

    ``agreed_on`` is empty until it said yes. ``last_sign_on`` is the day on which somebody of it
    did something for the plan; ``asked_on`` when it was asked whether the plan goes on.
    """

    class Role(models.TextChoices):
        KEEPER = "keeper", _("trekker")
        PARTNER = "partner", _("doet mee")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="plan_parts", verbose_name=_("organisatie")
    )
    role = models.CharField(_("hoe"), max_length=7, choices=Role, default=Role.PARTNER)
    part = models.CharField(_("wat zij doen"), max_length=120, blank=True)
    listed_on = models.DateField(default=timezone.localdate)
    agreed_on = models.DateField(null=True, blank=True)
    last_sign_on = models.DateField(null=True, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["role", "organisation__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "organisation"], name="plan_partner_once"),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True) | Q(agreed_on__gte=F("listed_on")),
                name="plan_partner_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def is_keeper(self) -> bool:
        """True for who keeps the plan going, and said yes to that."""
        return self.role == self.Role.KEEPER and self.agreed_on is not None


class PlanPerson(models.Model):
    """Somebody who takes part and whose first name may be read by everybody; she said yes on a
    day.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="people")
    first_name = models.CharField(_("voornaam"), max_length=40)
    part = models.CharField(_("wat zij of hij doet"), max_length=120, blank=True)
    agreed_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["first_name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(first_name=""), name="plan_person_has_name")
        ]

    def __str__(self) -> str:
        return self.first_name
