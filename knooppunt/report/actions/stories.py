"""Takes stories in, lets them be read and taken up, and erases them when they are taken back or
the leave ends.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import save_with_audit
from knooppunt.core.audit.secret_codes import save_under_code
from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.background.rounds import RoundResult, for_each
from knooppunt.directory.pictures import BadPicture, safe_picture
from knooppunt.report.actions.reports import take_offers_back
from knooppunt.report.models import Report, Story

YEARS = {"1": 1, "2": 2, "5": 5}
KEEP_ASIDE = timedelta(days=90)
# Two groups of four signs; who has them takes the story back.
CODE = (4, 4)
FIELDS = ("text", "told_by", "area", "organisation", "via", "photo_alt")


def years_later(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def take_in(actor: Actor, values: dict[str, Any], raw: bytes = b"") -> Story:
    """Keep a story with the leave that was given.

    ``raw`` is a photo. Raises ValidationError for a photo that is none.
    """
    got = {name: values[name] for name in FIELDS if values.get(name) is not None}
    today = timezone.localdate()
    story = Story(
        received_on=today,
        consent_until=years_later(today, YEARS[values.get("years") or "2"]),
        entered_by=actor.account,
        **got,
    )
    drawn = picture(raw, story.photo_alt) if raw else b""
    if not drawn:
        story.photo_alt = ""

    def write() -> None:
        if drawn:
            story.photo.save(f"{secrets.token_hex(12)}.jpg", ContentFile(drawn), save=False)
        story.save(force_insert=True)
        trail.record_unseen(actor, "story", story)

    save_under_code(story, CODE, write)
    return story


def picture(raw: bytes, alt: str) -> bytes:
    """A photo drawn anew, smaller and without what is hidden in it. Raises ValidationError."""
    if not alt:
        raise ValidationError(
            {"photo_alt": _("Wat staat er op de foto? Wie hem niet ziet, hoort dat voorlezen.")}
        )
    try:
        return safe_picture(raw)
    except BadPicture as problem:
        raise ValidationError({"photo": problem.messages}) from problem


def is_published(story: Story) -> bool:
    """True if the story stands in an edition, so that its words can no longer be changed."""
    return bool(story.editions.exists())


def _still_there(story: Story) -> Story:
    """The story as it is now, for this transaction alone.

    Raises ValidationError for one that was taken back meanwhile.
    """
    locked = Story.objects.select_for_update().get(pk=story.pk)
    if locked.gone_on:
        raise ValidationError(_("Dit verhaal is ingetrokken."))
    return locked


def take_up(actor: Actor, story: Story, text: str) -> Story:
    """Let a story be told, with its spelling mended if need be.

    Raises ValidationError for words that were published.
    """
    with transaction.atomic():
        locked = _still_there(story)
        if text != locked.text:
            if is_published(locked):
                raise ValidationError(
                    _(
                        "Dit verhaal staat al in een bericht; de woorden kunnen niet meer "
                        "veranderen."
                    )
                )
            take_offers_back(actor, Report.objects.filter(placements__story=locked))
        saved: Story = save_with_audit(
            actor,
            locked,
            {"text": text, "state": Story.State.TAKEN, "read_on": timezone.localdate()},
            "take_up",
            hidden=True,
        )
    return saved


def lay_aside(actor: Actor, story: Story) -> None:
    """Do not use a story; it is erased later. Raises ValidationError for one that was published."""
    with transaction.atomic():
        locked = _still_there(story)
        if is_published(locked):
            raise ValidationError(
                _(
                    "Dit verhaal staat in een bericht. Wil wie het vertelde dat het weggaat? Trek "
                    "het dan in."
                )
            )
        take_offers_back(actor, Report.objects.filter(placements__story=locked))
        save_with_audit(
            actor,
            locked,
            {"state": Story.State.ASIDE, "read_on": timezone.localdate()},
            "lay_aside",
            hidden=True,
        )


def by_code(code: str) -> Story | None:
    """The story that a code takes back."""
    tidy = code.strip().upper().replace(" ", "").replace("–", "-")[:12]
    tidy = f"{tidy[:4]}-{tidy[4:]}" if len(tidy) == 8 and "-" not in tidy else tidy
    return Story.objects.filter(code=tidy, gone_on__isnull=True).first()


def erase(actor: Actor, story: Story, verb: str = "withdraw") -> None:
    """Take a story out of everything that is made from now on; words, name and photo are erased."""
    with transaction.atomic():
        story = Story.objects.select_for_update().get(pk=story.pk)
        file = story.photo.name
        story.text = story.told_by = story.photo_alt = ""
        story.photo, story.gone_on, story.organisation, story.area = (
            "",
            timezone.localdate(),
            None,
            None,
        )
        story.save()
        trail.redact(story)
        trail.record(actor, verb, story)
        if file:
            transaction.on_commit(lambda: story.photo.storage.delete(file))


def forget(today: date) -> RoundResult:
    """Erase stories whose leave has ended, and those laid aside long ago.

    What nobody read waits until its leave ends.
    """
    ended = Story.objects.filter(gone_on__isnull=True, consent_until__lt=today)
    unused = Story.objects.filter(
        gone_on__isnull=True, read_on__lt=today - KEEP_ASIDE, state=Story.State.ASIDE
    )
    rows = list(ended) + [one for one in unused if one.consent_until >= today]
    return for_each(
        gettext_noop("Een verhaal wissen"),
        rows,
        lambda story: erase(SYSTEM, story, "consent_ended"),
        due=Story.objects.filter(gone_on__isnull=True),
    )
