"""The library: articles, visions, letters and other pieces with author, day and source, as a
link or as a file.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knooppunt.core.database.example_rows import ExampleMark
from knooppunt.decisions.models.meetings import ACCOUNT
from knooppunt.directory.models import Theme


class Document(ExampleMark):
    """A piece that can be read again: what it is, by whom, of which day, where it comes from,
    and the file if we have it.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article", _("artikel")
        VISION = "vision", _("visie")
        LETTER = "letter", _("brief")
        MINUTES = "minutes", _("verslag of besluit")
        POLICY = "policy", _("stuk van de overheid")
        OTHER = "other", _("iets anders")

    slug = models.SlugField(max_length=70, unique=True)
    title = models.CharField(_("titel"), max_length=200)
    kind = models.CharField(_("wat is het"), max_length=10, choices=Kind, default=Kind.ARTICLE)
    author = models.CharField(_("van wie"), max_length=150, blank=True)
    published_on = models.DateField(_("van welke dag"), null=True, blank=True)
    text = models.TextField(_("waar het over gaat"), max_length=5000, blank=True)
    source_url = models.URLField(_("waar het staat"), max_length=500, blank=True)
    file = models.FileField(_("bestand"), upload_to="documents", max_length=200, blank=True)
    file_name = models.CharField(max_length=150, blank=True, editable=False)
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="documents", verbose_name=_("thema’s")
    )
    is_public = models.BooleanField(_("iedereen mag dit zien"), default=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **ACCOUNT)

    class Meta:
        ordering = ["-published_on", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source_url="") | ~Q(file=""), name="document_has_link_or_file"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of this piece."""
        return reverse("voice:document", args=[self.slug])


def has_source() -> Q:
    """The condition that a fact says where it stands: a link, a document or a meeting of which
    there is a page.
    """
    return ~Q(source_url="") | Q(document__isnull=False) | Q(meeting__isnull=False)
