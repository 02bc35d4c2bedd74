"""Organisations: initiatives, networks and institutions, their kinds and themes, and who is a
member of which network.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knooppunt.core.database.valid_time import Dated, period_is_forward
from knooppunt.directory.models.records import Record
from knooppunt.directory.queries.organisations import (
    MembershipQuerySet,
    OrganisationQuerySet,
    VolunteerQuerySet,
)


class Term(models.Model):
    """A word from a managed list, in every language of the coalition, with what people also
    call it.
    """

    slug = models.SlugField(max_length=50, unique=True)
    names = models.JSONField(default=dict)
    plurals = models.JSONField(default=dict)
    synonyms = models.JSONField(default=list)
    is_base = models.BooleanField(default=False)
    is_used = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return capfirst(self.names.get(get_language() or "nl") or self.names.get("nl", self.slug))

    @property
    def plural(self) -> str:
        """The word for several of them, as the name of a list."""
        return capfirst(
            self.plurals.get(get_language() or "nl") or self.plurals.get("nl") or str(self)
        )


class Kind(Term):
    """What sort of initiative it is: garden, studio, playground ...

    The eight of the mission are always there.
    """

    icon = models.CharField(max_length=20, default="house")
    role = models.CharField(max_length=12, default="initiative")
    is_place = models.BooleanField(default=False)


class Theme(Term):
    """What it is about: poverty, loneliness, unequal chances, and what the coalition adds."""


class Organisation(Record):
    """An initiative, a network of them, or an institution they deal with; one table, told apart
    by role.
    """

    nameless = _("een organisatie die niet in het register staat")

    class Role(models.TextChoices):
        INITIATIVE = "initiative", _("initiatief")
        NETWORK = "network", _("netwerk")
        INSTITUTION = "institution", _("instelling")

    role = models.CharField(_("rol"), max_length=12, choices=Role, default=Role.INITIATIVE)
    kind = models.ForeignKey(
        Kind,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("soort"),
    )
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="organisations", verbose_name=_("thema’s")
    )
    target_groups = models.JSONField(_("voor wie"), default=list, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["state", "role", "name_key"], name="organisation_list")]

    def get_absolute_url(self) -> str:
        """The page of this organisation; its address tells its role."""
        return reverse(f"directory:{self.role}", args=[self.slug])


class Identifier(models.Model):
    """A number by which others know an organisation: Chamber of Commerce (kvk), or an own
    list's number.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("soort nummer"), max_length=30)
    value = models.CharField(_("nummer"), max_length=100)

    class Meta:
        ordering = ["scheme", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "scheme", "value"], name="identifier_once"
            ),
        ]
        indexes = [models.Index(fields=["scheme", "value"], name="identifier_lookup")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class Membership(Dated):
    """That an organisation belongs to a network, in some role, from a day until a day."""

    class Role(models.TextChoices):
        MEMBER = "member", _("lid")
        CORE = "core", _("kerngroep")
        PARTNER = "partner", _("partner")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    network = models.ForeignKey(Organisation, models.CASCADE, related_name="members")
    role = models.CharField(_("rol"), max_length=10, choices=Role, default=Role.MEMBER)
    # Since when the list that named it names it no longer, and what the list says instead.
    missing_since = models.DateField(null=True, blank=True)
    listed_as = models.CharField(max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            period_is_forward("membership_forward"),
            models.CheckConstraint(
                condition=~Q(organisation=F("network")), name="membership_not_of_itself"
            ),
            models.UniqueConstraint(
                fields=["organisation", "network"],
                condition=Q(until__isnull=True),
                name="membership_open_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "network", "since"], name="membership_start_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.network_id}"


class MembershipRequest(models.Model):
    """That an organisation asks to belong to a network; it is no member, and counts nowhere,
    until the network says yes.
    """

    class State(models.TextChoices):
        OPEN = "open", _("gevraagd")
        ACCEPTED = "accepted", _("aangenomen")
        REFUSED = "refused", _("afgewezen")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="membership_requests"
    )
    network = models.ForeignKey(Organisation, models.CASCADE, related_name="member_requests")
    role = models.CharField(
        _("rol"), max_length=10, choices=Membership.Role, default=Membership.Role.MEMBER
    )
    since = models.DateField(_("sinds"), null=True, blank=True)
    until = models.DateField(_("tot en met"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reason = models.CharField(_("reden"), max_length=500, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(organisation=F("network")), name="request_not_to_itself"
            ),
            models.UniqueConstraint(
                fields=["organisation", "network"],
                condition=Q(state="open"),
                name="request_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | Q(state__in=("accepted", "refused"), answered_at__isnull=False),
                name="request_answered_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="request_refused_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} to {self.network_id}"


class VolunteerStatement(models.Model):
    """How many volunteers an organisation says it has on a day, and who says so.

    The latest before a day counts.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="volunteer_statements"
    )
    number = models.PositiveIntegerField(_("aantal vrijwilligers"))
    on = models.DateField(_("peildatum"), default=timezone.localdate)
    source = models.CharField(_("bron"), max_length=300, blank=True)

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "on"], name="volunteers_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.on})"
