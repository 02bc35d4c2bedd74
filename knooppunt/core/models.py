"""The memory of the house: what was changed by whom, which imports ran, which mail waits and
which went out.
"""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def record_of(label: str, number: int) -> models.Model | None:
    """The record of a model by its label, such as ``directory.organisation``; None when there
    is none.
    """
    try:
        return apps.get_model(label)._base_manager.filter(pk=number).first() if label else None
    except (LookupError, ValueError):  # a part that is gone, or what is no model
        return None


class TrailEntry(models.Model):
    """One line in the trail: on this moment, this person did this to this record; refused
    attempts are there too.
    """

    class Channel(models.TextChoices):
        WEB = "web", _("op de site")
        LINK = "link", _("via een link")
        IMPORT = "import", _("bij een import")
        COMMAND = "command", _("met een opdracht")

    at = models.DateTimeField(_("wanneer"), auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    verb = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    target_type = models.CharField(max_length=30)
    target_id = models.BigIntegerField()
    target_label = models.CharField(max_length=300)
    changes = models.JSONField(default=dict)
    details = models.JSONField(default=dict)
    is_refused = models.BooleanField(default=False)
    reverted_by = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="reverts"
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["target_type", "target_id", "-id"], name="trail_target")]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_label}"


class CacheGeneration(models.Model):
    """A single row whose number grows with every change, so that an unchanged page can be
    answered with 304.
    """

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class SiteFact(models.Model):
    """Something the site must remember about itself, such as whether it shows example data."""

    key = models.CharField(max_length=40, primary_key=True)
    value = models.JSONField()

    def __str__(self) -> str:
        return self.key


class MailSent(models.Model):
    """That a mail of some kind went to an address on a day; the address itself is kept only as
    a keyed hash.
    """

    address_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=30)
    sent_on = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["address_hash", "kind", "sent_on"], name="mail_sent_lookup")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sent_on}"


class OutgoingMail(models.Model):
    """One mail on its way to one address; what it says and to whom is erased as soon as it is sent.

    ``key`` names the fact that is told and the address, so that one fact is mailed to one address
    once. ``about_type`` and ``about_id`` name the record whose address it is, such as an
    organisation.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("wacht")
        SENDING = "sending", _("wordt verstuurd")
        SENT = "sent", _("verstuurd")
        REFUSED = "refused", _("geweigerd")
        UNCERTAIN = "uncertain", _("misschien verstuurd")
        FAILED = "failed", _("niet gelukt")
        ASIDE = "aside", _("van de lijst gehaald, en zo gewist")
        CLOSED = "closed", _("afgehandeld")

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    address = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    about_name = models.CharField(max_length=300, blank=True)
    is_urgent = models.BooleanField(default=False)
    queued_at = models.DateTimeField(auto_now_add=True)
    next_attempt_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=120, blank=True)
    finished_at = models.DateTimeField(null=True, db_index=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-is_urgent", "next_attempt_at", "id"]
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="mail_due")]
        constraints = [
            models.CheckConstraint(
                name="finished_mail_is_erased",
                condition=~models.Q(state__in=["sent", "closed"])
                | models.Q(address="", subject="", body="", about_name="", error=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def about(self) -> models.Model | None:
        """The record whose address it is, for as long as it exists."""
        return record_of(self.about_type, self.about_id or 0)


class RoundFailure(models.Model):
    """That a round could not do its work for one record, or one step of it not at all; gone as soon
    as it works again.

    ``name`` says what is done, as a Dutch msgid; ``about_id`` is 0 when it is about no record.
    """

    name = models.CharField(max_length=100)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(default=0)
    sentence = models.CharField(max_length=300)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-last_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "about_type", "about_id"], name="one_line_per_failure"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.about_type} {self.about_id}".strip()

    @property
    def about(self) -> models.Model | None:
        """The record it is about, for as long as it exists."""
        return record_of(self.about_type, self.about_id)


class RateLimitCounter(models.Model):
    """How often something was done from one address in one hour; the address is kept only as a
    keyed hash, for that hour.
    """

    mark = models.CharField(max_length=80, unique=True)
    number = models.PositiveIntegerField(default=1)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.number}"


class StoredResult(models.Model):
    """A result that the worker counted, packed, with the stamp at which it held; without a body
    it waits to be counted.
    """

    kind = models.CharField(max_length=120)
    name = models.CharField(max_length=255)
    generation = models.CharField(max_length=60, blank=True)
    body = models.BinaryField(null=True)
    counted_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(db_index=True)
    is_waiting = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="stored_result_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class DearKind(models.Model):
    """A kind of result of which one took long, and when; known also when no result of it is
    stored.
    """

    kind = models.CharField(max_length=120, unique=True)
    milliseconds = models.PositiveIntegerField()
    measured_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.milliseconds} ms"


class ImportSource(models.Model):
    """Where lists come from again and again: how the columns, the sheet and the words of such a
    list are understood.

    ``key`` is what its files are recognised by. ``asked`` holds the words that the last reading did
    not understand, each with its field, the number of rows and what it may mean. ``owner`` is whose
    lists these are, as their kind names it; empty for those of the coalition.
    """

    kind = models.CharField(max_length=30, default="directory")
    owner = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=300)
    name = models.CharField(_("naam"), max_length=200)
    mapping = models.JSONField(default=dict)
    sheet = models.CharField(max_length=100, blank=True)
    asked = models.JSONField(default=list)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "owner", "key"], name="import_source_once")
        ]

    def __str__(self) -> str:
        return self.name


class ImportWord(models.Model):
    """What a word of one source means here, as somebody answered it; asked once."""

    class Answer(models.TextChoices):
        MEANS = "means", _("betekent")
        NEW = "new", _("is iets nieuws")
        TEXT = "text", _("laat als tekst staan")
        SKIP = "skip", _("sla over")

    source = models.ForeignKey(ImportSource, models.CASCADE, related_name="words")
    field = models.CharField(max_length=30)
    key = models.CharField(max_length=200)
    word = models.CharField(max_length=200)
    answer = models.CharField(max_length=10, choices=Answer)
    # The slug or code of what it means.
    meaning = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["field", "word"]
        constraints = [
            models.UniqueConstraint(fields=["source", "field", "key"], name="import_word_once"),
            models.CheckConstraint(
                condition=models.Q(answer="means") ^ models.Q(meaning=""),
                name="import_word_means_something",
            ),
        ]

    def __str__(self) -> str:
        return self.word


class ImportRun(models.Model):
    """One list that was sent in: the file, how its columns were understood, how far it is, and its
    report.

    ``owner`` is whose list it is, and ``options`` what else was chosen beside the file, as its kind
    names them.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("klaar om te bekijken")
        QUEUED = "queued", _("in de wachtrij")
        RUNNING = "running", _("bezig")
        DONE = "done", _("klaar")
        FAILED = "failed", _("gestopt")

    kind = models.CharField(max_length=30, default="directory")
    owner = models.CharField(max_length=40, blank=True)
    options = models.JSONField(default=dict)
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="imports", max_length=300)
    source = models.ForeignKey(
        ImportSource, models.SET_NULL, null=True, blank=True, related_name="runs"
    )
    mapping = models.JSONField(default=dict)
    # Empty: all sheets with the same columns, and the row with the most names that are known.
    sheet = models.CharField(max_length=100, blank=True)
    header_row = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    report = models.FileField(upload_to="imports", max_length=300, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        """True while it waits for the worker or is being read in."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def is_open(self) -> bool:
        """True while how it is read can be changed: before it is read in, and when it could not
        be.
        """
        return self.state in (self.State.UPLOADED, self.State.FAILED)
