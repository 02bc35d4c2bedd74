"""What needs care: what readers say is wrong, and records that may be the same."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from knooppunt.directory.models.organisations import Organisation
from knooppunt.directory.models.places import Place


class ProblemReport(models.Model):
    """A reader says that something about an organisation or place is wrong; a keeper looks at
    it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SOLVED = "solved", _("opgelost")
        REJECTED = "rejected", _("niet overgenomen")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="problem_reports"
    )
    place = models.ForeignKey(
        Place, models.CASCADE, null=True, blank=True, related_name="problem_reports"
    )
    text = models.TextField(_("wat klopt er niet"), max_length=2000)
    reply_address = models.CharField(_("hoe kunnen we je bereiken"), max_length=200, blank=True)
    says_stopped = models.BooleanField(_("het is gestopt"), default=False)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True, place__isnull=False)
                | Q(organisation__isnull=False, place__isnull=True),
                name="report_of_one_record",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def record(self) -> Organisation | Place:
        """The organisation or place it is about."""
        found = self.organisation or self.place
        assert found is not None
        return found


class DuplicateCandidate(models.Model):
    """Two organisations that may be the same, why we think so, and what was decided."""

    class State(models.TextChoices):
        OPEN = "open", _("nog bekijken")
        DIFFERENT = "different", _("zijn verschillend")
        MERGED = "merged", _("samengevoegd")

    # Why two records may be the same; the names of the reasons are stable.
    REASONS = {
        "name": _("zelfde naam"),
        "website": _("zelfde website"),
        "address": _("zelfde adres"),
        "spot": _("zelfde plek op de kaart"),
        "area": _("zelfde wijk en bijna dezelfde naam"),
        "number": _("zelfde nummer"),
        "words": _("bijna dezelfde naam"),
    }

    first = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="candidate_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="candidate_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"

    @property
    def why(self) -> str:
        """The reason in the reader's language."""
        return str(self.REASONS.get(self.reason, self.reason))


class Confirmation(models.Model):
    """That somebody said on a day, by some channel, that an organisation or place is right;
    earlier ones are kept.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="confirmations"
    )
    place = models.ForeignKey(
        Place, models.CASCADE, null=True, blank=True, related_name="confirmations"
    )
    on = models.DateField(_("op"), db_index=True)
    via = models.CharField(_("hoe"), max_length=10)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True, place__isnull=False)
                | Q(organisation__isnull=False, place__isnull=True),
                name="confirmation_of_one_record",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.via}"
