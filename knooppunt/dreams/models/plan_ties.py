"""What ties a plan to other parts: its needs stand among needs and offers, its dates in the agenda.

Whether a need is met and a date is agreed is read there, and not kept here.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.agenda.models import Activity
from knooppunt.directory.models import Organisation
from knooppunt.dreams.models.plans import Plan
from knooppunt.help.models import Introduction, Notice


class PlanNeed(models.Model):
    """That a plan lacks something, which one of its organisations asks for."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="needs")
    notice = models.OneToOneField(Notice, models.CASCADE, related_name="plan_need")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.notice.title

    @property
    def is_met(self) -> bool:
        """True when somebody has it."""
        return self.notice.state == Notice.State.FULFILLED

    @property
    def met_by(self) -> list[Organisation]:
        """The organisations that helped, as far as that was told."""
        rows = self.notice.introduced_offers.filter(outcome=Introduction.Outcome.YES)
        return [row.offer.organisation for row in rows.select_related("offer__organisation")]


class PlanPermit(models.Model):
    """That one thing to look after (a key of ``permits.toml``) was settled for a plan on a day."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="permits")
    key = models.CharField(max_length=40)
    settled_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="plan_permit_once"),
        ]

    def __str__(self) -> str:
        return self.key


class PlanPhoto(models.Model):
    """A photo of a plan that was celebrated; everybody on it said that it may be shown."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="photos")
    photo = models.FileField(_("foto"), upload_to="plans", max_length=200)
    alt = models.CharField(_("wat staat er op de foto"), max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(alt=""), name="plan_photo_described")]

    def __str__(self) -> str:
        return self.alt


class PlanDate(models.Model):
    """That something of a plan takes place as an activity of the agenda; a draft until the place
    says yes. ``refusal`` is why the place said no.
    """

    class Answer(models.TextChoices):
        WAITING = "waiting", _("gevraagd aan de plek")
        YES = "yes", _("staat in de agenda")
        NO = "no", _("kan hier niet")
        CANCELLED = "cancelled", _("gaat niet door")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="dates")
    activity = models.OneToOneField(Activity, models.CASCADE, related_name="plan_date")
    refusal = models.CharField(_("waarom niet"), max_length=300, blank=True)

    class Meta:
        ordering = ["activity__starts_on", "activity__starts_at", "pk"]

    def __str__(self) -> str:
        return self.activity.name

    @property
    def answer(self) -> str:
        """What the place said; nothing was asked of a place that the actor keeps herself."""
        if self.activity.state == Activity.State.DRAFT:
            return self.Answer.WAITING
        if self.activity.state != Activity.State.PUBLIC or self.objection:
            return self.Answer.NO
        if self.activity.status == Activity.Status.CANCELLED:
            return self.Answer.CANCELLED
        return self.Answer.YES

    @property
    def answer_in_words(self) -> str:
        """The answer as people read it."""
        return str(self.Answer(self.answer).label)

    @property
    def objection(self) -> str:
        """Why the place said no, here or in the agenda."""
        if self.refusal:
            return self.refusal
        objected = [row for row in self.activity.venues.all() if row.objected_on]
        return objected[0].objection or str(self.Answer.NO.label) if objected else ""
