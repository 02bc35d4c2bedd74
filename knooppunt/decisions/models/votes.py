"""Votes: who may vote on a proposal, one ballot for each organisation, objections, and secret
choices without a name.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from knooppunt.decisions.models.meetings import ACCOUNT
from knooppunt.decisions.models.proposals import Proposal
from knooppunt.decisions.queries.votes import BallotQuerySet, ObjectionQuerySet, VoterManager
from knooppunt.directory.models import Organisation


class Voter(models.Model):
    """That an organisation may vote on a proposal; the list is written down on the day the proposal
    opens.

    One that ended while the vote ran may leave the list: ``left_on`` is its last day, and its vote
    counts no longer.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="voters")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="votes")
    left_on = models.DateField(null=True, blank=True, editable=False)

    objects = VoterManager()
    everybody = models.Manager["Voter"]()

    class Meta:
        base_manager_name = "everybody"
        ordering = ["organisation__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "organisation"], name="voter_once")
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Channel(models.TextChoices):
    """Through which door a vote came in."""

    WEB = "web", _("op de site")
    PAPER = "paper", _("op papier")
    ROOM = "room", _("in de zaal")


class Ballot(models.Model):
    """The one vote of an organisation.

    After a secret vote only that it voted is left; ``choice`` is None then. A vote on the site
    names who cast it and on which day. The database itself refuses one by somebody who does not
    represent the organisation on that day. A vote on paper or in the room names the two people who
    read it.
    """

    voter = models.OneToOneField(Voter, models.CASCADE, related_name="ballot")
    choice = models.JSONField(null=True)
    reason = models.TextField(_("waarom"), max_length=1000, blank=True)
    channel = models.CharField(max_length=5, choices=Channel, default=Channel.WEB)
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)
    cast_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    objects = BallotQuerySet.as_manager()

    class Meta:
        ordering = ["voter__organisation__name_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entered_by__isnull=True)
                | Q(confirmed_by__isnull=True)
                | ~Q(entered_by=F("confirmed_by")),
                name="ballot_read_by_two",
            ),
            models.CheckConstraint(
                condition=Q(channel="web") | Q(cast_by__isnull=True),
                name="ballot_on_paper_without_caster",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voter_id} {self.cast_on}"


class PaperBallot(models.Model):
    """A vote on paper or in the room as the first person read it; it counts once a second
    person reads the same.
    """

    voter = models.OneToOneField(Voter, models.CASCADE, related_name="paper")
    choice = models.JSONField()
    reason = models.TextField(max_length=1000, blank=True)
    channel = models.CharField(
        max_length=5, choices=[choice for choice in Channel.choices if choice[0] != "web"]
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    objects = BallotQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.voter_id} {self.channel}"


class Objection(models.Model):
    """A reason why a proposal cannot go through for an organisation, how it was met, and that
    the organisation agrees.
    """

    ballot = models.OneToOneField(Ballot, models.CASCADE, related_name="objection")
    answer = models.TextField(_("hoe we hieraan tegemoetkomen"), max_length=2000, blank=True)
    settled_on = models.DateField(_("opgelost op"), null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True) | ~Q(answer=""),
                name="objection_settled_has_answer",
            )
        ]

    def __str__(self) -> str:
        return self.ballot.reason[:100]


class SecretChoice(models.Model):
    """One choice from a secret vote after it closed: nothing leads from here to an
    organisation, a person or a moment.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="secret_choices")
    choice = models.JSONField()
    reason = models.TextField(max_length=1000, blank=True)
    answer = models.TextField(max_length=2000, blank=True)
    is_settled = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.choice)
