"""Who dreams along and who helps with what: people by a reply address, organisations by who
represents them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.directory.models import Organisation
from knooppunt.dreams.models.dreams import Dream
from knooppunt.dreams.queries.participants import ParticipantQuerySet


class Participant(models.Model):
    """That a person or an organisation dreams along, and with what she helps.

    ``kinds`` are keys of ``Kind``; empty for who only dreams along. A person counts once she
    confirmed her address (``confirmed_on``); the address is erased when the dream is done or she
    stops, the row stays and counts.
    """

    class Kind(models.TextChoices):
        HANDS = "hands", _("handen")
        ROOM = "room", _("een ruimte")
        TOOLS = "tools", _("gereedschap of spullen")
        KNOWLEDGE = "knowledge", _("kennis")
        MONEY = "money", _("geld")
        CONTACTS = "contacts", _("ik ken iemand")

    dream = models.ForeignKey(Dream, models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="dream_helps"
    )
    email = models.EmailField(_("e-mailadres"), blank=True)
    first_name = models.CharField(_("voornaam"), max_length=40, blank=True)
    kinds = models.JSONField(_("waarmee help je"), default=list, blank=True)
    text = models.CharField(_("vertel er iets over"), max_length=300, blank=True)
    language = models.CharField(max_length=5, default="nl")
    asked_on = models.DateField(default=timezone.localdate)
    confirmed_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dream", "organisation"],
                condition=Q(organisation__isnull=False),
                name="dream_participant_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["dream", "email"],
                condition=~Q(email=""),
                name="dream_participant_person_once",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(email="", first_name=""),
                name="dream_participant_organisation_is_no_person",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(email="", first_name="", text=""),
                name="dream_participant_who_left_is_erased",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation or _("een buur"))

    @property
    def kind_names(self) -> list[str]:
        """What she helps with, in words."""
        return [str(self.Kind(key).label) for key in self.kinds if key in self.Kind.values]
