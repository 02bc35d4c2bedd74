"""What came out of talking: decisions that can be read back and reviewed, and action items that
stay until they are done.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.mistakes import Correctable, StandingManager, mistake_has_reason
from knooppunt.core.database.example_rows import ExampleMark
from knooppunt.decisions.models.meetings import ACCOUNT, AgendaItem, Meeting
from knooppunt.decisions.models.proposals import Proposal
from knooppunt.decisions.queries.outcomes import ActionItemQuerySet, DecisionQuerySet
from knooppunt.directory.models import Organisation


class Decision(ExampleMark, Correctable):
    """What was decided, on which day, how it came about, and when to look at it again."""

    title = models.CharField(_("besluit, in één zin"), max_length=200)
    text = models.TextField(_("toelichting"), max_length=5000, blank=True)
    decided_on = models.DateField(_("besloten op"), default=timezone.localdate)
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    item = models.ForeignKey(
        AgendaItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("bij welk agendapunt"),
    )
    proposal = models.OneToOneField(
        Proposal, models.SET_NULL, null=True, blank=True, related_name="decision"
    )
    is_public = models.BooleanField(_("iedereen mag dit zien"), default=True)
    review_on = models.DateField(_("opnieuw bekijken op"), null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(_("geldt niet meer sinds"), null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    objects = StandingManager.from_queryset(DecisionQuerySet)()
    with_mistakes = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            mistake_has_reason("decision_mistake"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("decided_on")),
                name="decision_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of this decision, with how it came about."""
        return reverse("decisions:decision", args=[self.pk])


class ActionItem(Correctable):
    """Something somebody took upon herself: who, what, by when.

    It comes back on every next agenda until it is closed.
    """

    stands_with = ("meeting",)

    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="action_items"
    )
    decision = models.ForeignKey(
        Decision, models.SET_NULL, null=True, blank=True, related_name="action_items"
    )
    text = models.CharField(_("wat"), max_length=300)
    owner = models.CharField(_("wie (een taak of functie)"), max_length=100, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="action_items",
        verbose_name=_("of welke organisatie"),
    )
    listed_on = models.DateField(default=timezone.localdate)
    due_on = models.DateField(_("klaar op"), null=True, blank=True)
    closed_on = models.DateField(_("afgerond op"), null=True, blank=True)
    result = models.CharField(_("wat ervan kwam"), max_length=300, blank=True)

    objects = StandingManager.from_queryset(ActionItemQuerySet)()
    with_mistakes = ActionItemQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            mistake_has_reason("action_item_mistake"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("listed_on")),
                name="action_item_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """The page on which it can be closed."""
        return reverse("decisions:close_action", args=[self.pk])

    @property
    def who(self) -> str:
        """Who took it upon herself."""
        return self.organisation.public_name if self.organisation else self.owner

    @property
    def is_overdue(self) -> bool:
        """True when its day is past and it is not closed."""
        return (
            self.closed_on is None
            and self.due_on is not None
            and self.due_on < timezone.localdate()
        )
