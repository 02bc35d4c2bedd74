"""How to reach an organisation or a place, each item with who may see it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knooppunt.directory.models.organisations import Organisation
from knooppunt.directory.models.places import Place
from knooppunt.directory.queries.contacts import ContactQuerySet


class ContactPoint(models.Model):
    """A phone number, mail address, page or contact person of an organisation or a place."""

    class Type(models.TextChoices):
        PHONE = "phone", _("telefoon")
        EMAIL = "email", _("e-mail")
        WEBSITE = "website", _("website")
        PERSON = "person", _("contactpersoon")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("iedereen")
        MEMBERS = "members", _("mensen met een account")
        KEEPERS = "keepers", _("alleen wie dit beheert")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="contact_points"
    )
    place = models.ForeignKey(
        Place, models.CASCADE, null=True, blank=True, related_name="contact_points"
    )
    type = models.CharField(_("soort"), max_length=10, choices=Type)
    value = models.CharField(_("nummer of adres"), max_length=300)
    label = models.CharField(_("waarvoor"), max_length=100, blank=True)
    visibility = models.CharField(
        _("wie mag dit zien"), max_length=10, choices=Visibility, default=Visibility.KEEPERS
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["type", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True, place__isnull=False)
                | Q(organisation__isnull=False, place__isnull=True),
                name="contact_of_one_record",
            ),
            models.UniqueConstraint(
                fields=["organisation", "type", "value"], name="contact_once_organisation"
            ),
            models.UniqueConstraint(fields=["place", "type", "value"], name="contact_once_place"),
        ]

    def __str__(self) -> str:
        return self.value
