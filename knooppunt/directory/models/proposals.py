"""What somebody without an account proposes for the register; it is not public until a keeper
takes it over.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from knooppunt.directory.models.areas import Area
from knooppunt.directory.models.organisations import Kind, Organisation
from knooppunt.directory.models.places import Place


class RecordProposal(models.Model):
    """A proposed organisation or place, and what became of it.

    Until ``settles_at`` what was decided can be undone; then its sender hears it, and address,
    contact and words go.
    """

    class What(models.TextChoices):
        INITIATIVE = "initiative", _("initiatief")
        NETWORK = "network", _("netwerk")
        INSTITUTION = "institution", _("instelling")
        PLACE = "place", _("plek")

    class State(models.TextChoices):
        OPEN = "open", _("nog bekijken")
        TAKEN_OVER = "taken_over", _("overgenomen")
        MERGED = "merged", _("samengevoegd")
        REFUSED = "refused", _("niet overgenomen")

    what = models.CharField(_("wat"), max_length=12, choices=What)
    name = models.CharField(_("naam"), max_length=200)
    kind = models.ForeignKey(
        Kind, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("soort")
    )
    area = models.ForeignKey(
        Area, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("wijk")
    )
    street = models.CharField(_("straat en nummer"), max_length=200, blank=True)
    contact = models.CharField(_("contact"), max_length=300, blank=True)
    text = models.TextField(_("omschrijving"), max_length=2000, blank=True)
    language = models.CharField(max_length=10, default="nl")
    reply_email = models.EmailField(_("e-mailadres"), blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reason = models.CharField(_("reden"), max_length=500, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    settles_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["state", "created_at"], name="proposal_waiting")]

    def __str__(self) -> str:
        return self.name

    @property
    def record(self) -> Organisation | Place | None:
        """The record that it became or was merged with."""
        return self.organisation or self.place

    @property
    def model(self) -> type[Organisation] | type[Place]:
        """The table in which it would come."""
        return Place if self.what == self.What.PLACE else Organisation
