"""Who stands behind a point: organisations that sign, each once, and residents, who are counted
and not named.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.mistakes import (
    NO_MISTAKE,
    Correctable,
    StandingManager,
    mistake_has_reason,
)
from knooppunt.decisions.models.meetings import ACCOUNT
from knooppunt.directory.models import Organisation
from knooppunt.voice.models.points import Point
from knooppunt.voice.queries.support import CoSignatureQuerySet


class CoSignature(Correctable):
    """That an organisation signs a point, from a day; until it takes its signature back.

    The database itself refuses one by somebody who does not represent the organisation on that day.
    Without ``signed_by`` it was signed on paper; then ``source`` says where that is.
    """

    stands_with = ("point",)

    point = models.ForeignKey(Point, models.CASCADE, related_name="signatures")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="signatures", verbose_name=_("organisatie")
    )
    signed_on = models.DateField(_("getekend op"), default=timezone.localdate)
    withdrawn_on = models.DateField(_("ingetrokken op"), null=True, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)
    source = models.CharField(_("waar de handtekening staat"), max_length=200, blank=True)

    objects = StandingManager.from_queryset(CoSignatureQuerySet)()
    with_mistakes = CoSignatureQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name_key", "pk"]
        constraints = [
            mistake_has_reason("signature_mistake"),
            models.UniqueConstraint(
                fields=["point", "organisation"],
                condition=Q(withdrawn_on__isnull=True) & NO_MISTAKE,
                name="signature_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("signed_on")),
                name="signature_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({date_format(self.signed_on, 'j F Y')})"


class Support(models.Model):
    """That one browser supports a point.

    ``mark`` is a keyed hash of the browser's token and the point, and leads nowhere.
    """

    point = models.ForeignKey(Point, models.CASCADE, related_name="supports")
    mark = models.CharField(max_length=32)
    on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "mark"], name="support_once")]

    def __str__(self) -> str:
        return self.mark


class PaperSupport(Correctable):
    """How many residents signed on paper, when and where the lists are; the names stay on the
    paper.
    """

    stands_with = ("point",)

    point = models.ForeignKey(Point, models.CASCADE, related_name="paper_supports")
    number = models.PositiveIntegerField(_("hoeveel handtekeningen"))
    on = models.DateField(_("op welke dag"), default=timezone.localdate)
    source = models.CharField(_("waar de lijsten liggen, of waar het staat"), max_length=300)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            mistake_has_reason("paper_support_mistake"),
            models.CheckConstraint(condition=Q(number__gt=0), name="paper_support_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({date_format(self.on, 'j F Y')})"
