"""The index: what can be found, by which words and meaning; the coalition's own words; and what
was asked in vain.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.database.example_rows import ExampleMark
from knooppunt.directory.models import Area, Place


class Document(ExampleMark):
    """One thing that can be found, as it stood when it was indexed; only what everybody may see is
    here.

    ``terms`` packs the numbers of its terms with how much each says about it, ``vector`` is its
    meaning as small numbers (worked out from the text with ``text_mark``). ``version`` is the
    version of the index in which it last changed; what ``is_gone`` stays until the night, so that
    every process hears of it.
    """

    type = models.CharField(max_length=20)
    number = models.BigIntegerField()
    title = models.CharField(max_length=200)
    title_key = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    summary = models.JSONField(default=dict)
    kind = models.CharField(max_length=50, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    first_on = models.DateField(default=timezone.localdate, db_index=True)
    terms = models.BinaryField(default=b"")
    vector = models.BinaryField(null=True, blank=True)
    text_mark = models.CharField(max_length=32, blank=True, db_index=True)
    mark = models.CharField(max_length=32)
    version = models.BigIntegerField(default=0, db_index=True)
    is_gone = models.BooleanField(default=False)

    class Meta:
        ordering = ["title_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["type", "number"], name="document_once")]
        indexes = [
            models.Index(
                fields=["title_key", "id"], condition=models.Q(is_gone=False), name="document_list"
            )
        ]

    def __str__(self) -> str:
        return self.title


class IndexState(models.Model):
    """A single row: the version of the index, and the version before which what a process holds
    is of no use any more.
    """

    version = models.BigIntegerField(default=0)
    base = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.version)


class Term(models.Model):
    """A term of the index with its number, and how it is written; by these we know a typing
    error.
    """

    term = models.CharField(max_length=60, unique=True)
    shown = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.term


class OwnWord(models.Model):
    """A word that people here use for something, added by a coordinator to the words that come
    with the house.
    """

    word = models.CharField(_("woord of paar woorden"), max_length=60)
    concept = models.CharField(_("betekent"), max_length=40)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["word"]
        constraints = [models.UniqueConstraint(fields=["word", "concept"], name="own_word_once")]

    def __str__(self) -> str:
        return self.word


class SavedSearch(models.Model):
    """What somebody wants to hear about once a week by mail: a wijk, around a place, themes, words.

    She said so twice.
    """

    address = models.EmailField(_("mailadres"))
    words = models.CharField(_("woorden"), max_length=100, blank=True)
    area = models.ForeignKey(
        Area, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("wijk")
    )
    place = models.ForeignKey(
        Place,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("rond deze plek"),
    )
    metres = models.PositiveIntegerField(_("hoe ver"), default=0)
    themes = models.JSONField(_("thema’s"), default=list, blank=True)
    language = models.CharField(max_length=5, default="nl")
    asked_on = models.DateField(default=timezone.localdate)
    confirmed_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(place__isnull=True) | models.Q(metres__gt=0),
                name="saved_search_has_distance",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ZeroResultQuery(models.Model):
    """A question without an answer, and how often it was asked on a day; nothing about who asked,
    or at what time.

    Until it was asked three times only a keyed mark is kept, from which the question cannot be
    read.
    """

    on = models.DateField()
    mark = models.CharField(max_length=32)
    question = models.CharField(max_length=60, blank=True)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-on", "-times"]
        constraints = [models.UniqueConstraint(fields=["on", "mark"], name="gap_once_a_day")]

    def __str__(self) -> str:
        return self.question
