"""The index: what can be found, by which words, and what people looked for in vain."""

from __future__ import annotations

from django.db import models


class Document(models.Model):
    """One thing that can be found, as it stood when it was indexed; strangers find only what is public."""

    type = models.CharField(max_length=20)
    number = models.BigIntegerField()
    title = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    kind = models.CharField(max_length=50, blank=True)
    areas = models.CharField(max_length=200, blank=True)
    themes = models.CharField(max_length=500, blank=True)
    languages = models.CharField(max_length=100, blank=True)
    concepts = models.CharField(max_length=1000, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    mark = models.CharField(max_length=32)
    vector = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["type", "number"], name="document_once")]

    def __str__(self) -> str:
        return self.title


class Posting(models.Model):
    """That a document has a term, and how much that says about it (BM25 without how rare the term is)."""

    term = models.CharField(max_length=40)
    document = models.ForeignKey(Document, models.CASCADE, related_name="postings")
    weight = models.FloatField()

    class Meta:
        indexes = [models.Index(fields=["term", "-weight", "document"], name="posting_lookup")]

    def __str__(self) -> str:
        return f"{self.term} in {self.document_id}"


class Term(models.Model):
    """A term of the index, and in how many documents it is; the words that we know when somebody makes a typing error."""

    term = models.CharField(max_length=40, primary_key=True)
    documents = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.term


class Gap(models.Model):
    """A question on a day to which there was no answer, and how often it was asked; nothing about who asked."""

    on = models.DateField()
    question = models.CharField(max_length=100)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on", "question"], name="gap_once_a_day")]

    def __str__(self) -> str:
        return self.question
