"""Who decides: bodies of our own and of others, their posts, and who holds a post from when
until when (Popolo).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.mistakes import Correctable, StandingManager, mistake_has_reason
from knooppunt.core.database.valid_time import Dated, DatedQuerySet, period_is_forward
from knooppunt.directory.models import Area


class Body(Dated):
    """A group that meets and decides: our klankbordgroep, a wijkraad, the council, its
    committees, the executive.
    """

    class Kind(models.TextChoices):
        ASSEMBLY = "assembly", _("groot overleg")
        SOUNDING = "sounding", _("klankbordgroep")
        NETWORK = "network", _("netwerkoverleg")
        WORKING = "working", _("werkgroep")
        WIJKRAAD = "wijkraad", _("wijkraad")
        COMMITTEE = "committee", _("raadscommissie")
        COUNCIL = "council", _("gemeenteraad")
        EXECUTIVE = "executive", _("college van B en W")
        DEPARTMENT = "department", _("gemeentelijke dienst")
        OTHER = "other", _("andere instelling")

    OWN = (Kind.ASSEMBLY, Kind.SOUNDING, Kind.NETWORK, Kind.WORKING)

    slug = models.SlugField(max_length=70, unique=True)
    name = models.CharField(_("naam"), max_length=150)
    kind = models.CharField(_("soort"), max_length=10, choices=Kind)
    areas = models.ManyToManyField(
        Area, blank=True, related_name="bodies", verbose_name=_("voor welke wijken")
    )
    website = models.URLField(_("website"), max_length=500, blank=True)
    speak_at = models.TimeField(_("aanmelden om in te spreken kan tot"), null=True, blank=True)
    speak_how = models.CharField(
        _("hoe meld je je aan om in te spreken"), max_length=300, blank=True
    )

    class Meta:
        ordering = ["name", "pk"]
        constraints = [period_is_forward("body_forward")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of this body."""
        return reverse("decisions:body", args=[self.slug])

    @property
    def is_outside(self) -> bool:
        """True for a body that is not of the coalition itself."""
        return self.kind not in self.OWN


class Post(models.Model):
    """A seat or office in a body, such as alderman for care, or member of the wijkraad."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="posts")
    label = models.CharField(_("functie"), max_length=150)

    class Meta:
        ordering = ["label", "pk"]
        constraints = [models.UniqueConstraint(fields=["body", "label"], name="post_once")]

    def __str__(self) -> str:
        return f"{self.label}, {self.body}"


class Term(Correctable, Dated):
    """That somebody holds a public post, from a day until a day.

    Only who holds a public office stands here.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="terms", verbose_name=_("functie"))
    person = models.CharField(_("naam"), max_length=100, blank=True)
    source = models.CharField(_("bron"), max_length=500, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="terms"
    )

    objects = StandingManager.from_queryset(DatedQuerySet)()
    with_mistakes = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["post__label", "person", "pk"]
        constraints = [mistake_has_reason("term_mistake"), period_is_forward("term_forward")]

    def __str__(self) -> str:
        return f"{self.person} ({self.post})" if self.person else str(self.post)
