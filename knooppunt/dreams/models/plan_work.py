"""The work of a plan: its steps, and who brings what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.dreams.models.plans import Plan, PlanPartner, PlanPerson
from knooppunt.dreams.queries.plans import StepQuerySet


class PlanStep(models.Model):
    """Something to be done for a plan: what, by whom, before which day, and when it was done.

    ``link_number`` is the number of the signed link that still works; a link with a lower number
    was withdrawn.
    """

    class Via(models.TextChoices):
        SITE = "site", _("op de site")
        LINK = "link", _("via de link")
        PAPER = "paper", _("op papier")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    text = models.CharField(_("wat moet er gebeuren"), max_length=200)
    partner = models.ForeignKey(
        PlanPartner, models.SET_NULL, null=True, blank=True, related_name="steps"
    )
    person = models.ForeignKey(
        PlanPerson, models.SET_NULL, null=True, blank=True, related_name="steps"
    )
    due_on = models.DateField(_("klaar voor"), null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_via = models.CharField(max_length=5, choices=Via, blank=True)
    link_number = models.PositiveSmallIntegerField(default=0)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | Q(person__isnull=True), name="plan_step_of_one"
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_via="")
                | (Q(done_on__isnull=False) & ~Q(done_via="")),
                name="plan_step_done_has_way",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def by_whom(self) -> str:
        """Who does it: an organisation or a first name; empty when nobody does yet."""
        if self.partner:
            return self.partner.organisation.public_name
        return self.person.first_name if self.person else ""

    @property
    def is_late(self) -> bool:
        """True when its day is past and it is not done."""
        return not self.done_on and self.due_on is not None and self.due_on < timezone.localdate()


class PlanItem(models.Model):
    """Something that has to be brought, and how many of it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    text = models.CharField(_("wat"), max_length=100)
    amount = models.PositiveSmallIntegerField(_("hoeveel"), default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=1), name="plan_item_some"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.text}"

    @property
    def promised(self) -> int:
        """How many of it somebody brings; reads the pledges that were fetched along."""
        return sum(pledge.number for pledge in self.pledges.all())

    @property
    def left(self) -> int:
        """How many nobody brings yet."""
        return max(0, self.amount - self.promised)


class PlanPledge(models.Model):
    """That an organisation or somebody brings so many of an item.

    ``first_name`` stands here only with leave. ``form_key`` is the key of the form that was sent,
    so that the same form sent twice is one pledge.
    """

    item = models.ForeignKey(PlanItem, models.CASCADE, related_name="pledges")
    number = models.PositiveSmallIntegerField(_("hoeveel"), default=1)
    partner = models.ForeignKey(
        PlanPartner, models.CASCADE, null=True, blank=True, related_name="pledges"
    )
    person = models.ForeignKey(
        PlanPerson, models.SET_NULL, null=True, blank=True, related_name="pledges"
    )
    first_name = models.CharField(_("voornaam"), max_length=40, blank=True)
    promised_on = models.DateField(default=timezone.localdate)
    form_key = models.CharField(max_length=40)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="plan_pledge_some"),
            models.CheckConstraint(
                condition=Q(partner__isnull=True, person__isnull=True)
                | Q(partner__isnull=True, first_name="")
                | Q(person__isnull=True, first_name=""),
                name="plan_pledge_of_one",
            ),
            models.UniqueConstraint(fields=["item", "form_key"], name="plan_pledge_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.item.text}"

    @property
    def by_whom(self) -> str:
        """Who brings it: an organisation or a first name; empty for somebody without a name."""
        if self.partner:
            return self.partner.organisation.public_name
        return self.person.first_name if self.person else self.first_name
