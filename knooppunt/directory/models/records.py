"""What an organisation and a place have in common: a name, words, sources, a state, and when it
was last confirmed.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knooppunt.core.database.example_rows import ExampleMark
from knooppunt.core.database.valid_time import Dated, period_is_forward
from knooppunt.kit.text import normalise


class Record(ExampleMark, Dated):
    """A line in the register that can be found, confirmed, corrected, merged and exported."""

    nameless: ClassVar[Any] = _("iets dat niet in het register staat")

    class State(models.TextChoices):
        PUBLIC = "public", _("zichtbaar")
        DRAFT = "draft", _("nog niet zichtbaar")
        ARCHIVED = "archived", _("uit het register")
        MERGED = "merged", _("samengevoegd")

    class Channel(models.TextChoices):
        LINK = "link", _("via de link")
        PHONE = "phone", _("aan de telefoon")
        VISIT = "visit", _("bij een bezoek")
        IMPORT = "import", _("uit een lijst")
        WEB = "web", _("op de site")

    slug = models.SlugField(max_length=70, unique=True)
    name = models.CharField(_("naam"), max_length=200)
    name_key = models.CharField(max_length=200, db_index=True, editable=False)
    descriptions = models.JSONField(_("omschrijving"), default=dict, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    languages = models.JSONField(_("talen"), default=list, blank=True)
    areas = models.ManyToManyField(
        "directory.Area", verbose_name=_("wijk"), blank=True, related_name="stated_%(class)ss"
    )
    state = models.CharField(
        _("staat"), max_length=10, choices=State, default=State.PUBLIC, db_index=True
    )
    listed_on = models.DateField(_("in het register sinds"), default=timezone.localdate)
    confirmed_on = models.DateField(_("laatst bevestigd"), null=True, blank=True, db_index=True)
    confirmed_via = models.CharField(_("hoe bevestigd"), max_length=10, choices=Channel, blank=True)
    source = models.CharField(_("bron"), max_length=500, blank=True)
    note = models.TextField(_("opmerking"), blank=True)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged_from"
    )
    kept = models.JSONField(_("bewaard uit de lijst"), default=dict, blank=True)
    imported = models.JSONField(default=dict, blank=True, editable=False)
    list_key = models.CharField(max_length=40, blank=True, db_index=True, editable=False)
    missing_since = models.DateField(_("niet meer in bestand sinds"), null=True, blank=True)
    search_text = models.TextField(editable=False, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        ordering = ["name_key", "pk"]
        constraints = [period_is_forward("%(class)s_forward")]

    def __str__(self) -> str:
        return self.name

    def set_name(self, name: str) -> None:
        """Give the record a name, and the key by which names are sorted and compared."""
        self.name, self.name_key = name, normalise(name)[:200]

    @property
    def is_public(self) -> bool:
        """True if everybody may see this record."""
        return self.state == self.State.PUBLIC

    @property
    def public_name(self) -> str:
        """The name on pages that everybody reads; of what not everybody may see only the kind
        of thing.
        """
        return self.name if self.is_public else str(self.nameless)

    def has_ended(self, day: date) -> bool:
        """True if its last day was before ``day``."""
        return self.until is not None and self.until < day

    def is_visible_on(self, day: date) -> bool:
        """True if everybody could see it on ``day``, as the question ``visible_on`` says for
        many.
        """
        begun = (self.since or self.listed_on) <= day
        return self.is_public and begun and not self.has_ended(day)

    @property
    def description(self) -> str:
        """The description in the reader's language, else in Dutch, else in any."""
        own = self.descriptions.get(get_language() or "nl")
        return own or self.descriptions.get("nl") or next(iter(self.descriptions.values()), "")

    @property
    def description_language(self) -> str:
        """The language in which ``description`` is written, so that a fall-back can be marked."""
        language = get_language() or "nl"
        if self.descriptions.get(language):
            return language
        return "nl" if self.descriptions.get("nl") else next(iter(self.descriptions), language)
