"""Takes dreams in, puts them on the wall or aside, lets them join each other, and erases them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import save_with_audit
from knooppunt.core.audit.secret_codes import save_under_code
from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.valid_time import refuse_future
from knooppunt.core.mail import outbox
from knooppunt.directory.pictures import safe_picture
from knooppunt.dreams.actions import links
from knooppunt.dreams.models import Dream
from knooppunt.dreams.models.dreams import LONGEST
from knooppunt.voice.actions.signals import CODE

FIELDS = (
    "text",
    "area",
    "place",
    "theme",
    "channel",
    "organisation",
    "table",
    "photo_alt",
    "first_name",
    "is_name_public",
    "reply_email",
    "reply_place",
    "said_on",
)
CHANGEABLE = ("text", "area", "place", "theme", "photo_alt")


def say(actor: Actor, values: Mapping[str, Any], photo: bytes = b"") -> Dream:
    """Take a dream in; it waits until somebody reads it. ``photo`` is drawn anew.

    Who gave a mail address is asked once by mail whether it is hers. Raises ValidationError for a
    dream of tomorrow, one that is too long, or a photo that cannot be read.
    """
    given = {name: values[name] for name in FIELDS if values.get(name) is not None}
    refuse_future(given.get("said_on"), "said_on")
    if len(given["text"]) > LONGEST:
        raise ValidationError({"text": _("Dit is te lang. Zeg het in een paar zinnen.")})
    if given.get("place") and not given.get("area"):
        given["area"] = given["place"].area
    dream = Dream(
        entered_by=actor.account, language=(get_language() or settings.LANGUAGE_CODE)[:5], **given
    )
    picture = safe_picture(photo) if photo else b""
    if picture:
        dream.photo.save("droom.jpg", ContentFile(picture), save=False)

    def write() -> None:
        dream.save(force_insert=True)
        # No page for strangers shows it yet, so the stamp stays; its words are no one's business.
        line = trail.entry(actor, "say_dream", dream)
        line.target_label = trail.HIDDEN
        line.save()
        if dream.reply_email:
            links.ask_to_confirm(dream, dream.reply_email)

    save_under_code(dream, CODE, write)
    return dream


def change(actor: Actor, dream: Dream, values: Mapping[str, Any]) -> None:
    """Correct a dream: shorten words that say who somebody is, or say where it belongs.

    What stood there before does not stay in the trail.
    """
    given = {name: values[name] for name in CHANGEABLE if name in values}
    save_with_audit(actor, dream, given, "change_dream", hidden=True)


def publish(actor: Actor, dream: Dream) -> None:
    """Put a dream on the wall; from then on it waits for an answer."""
    if dream.is_public:
        return
    today = timezone.localdate()
    with transaction.atomic():
        dream.state, dream.published_on, dream.aside_reason = Dream.State.PUBLIC, today, ""
        dream.answer_by = answer_day(today)
        dream.save(update_fields=["state", "published_on", "aside_reason", "answer_by"])
        trail.record(actor, "publish_dream", dream)


def answer_day(day: date) -> date:
    """The last day on which something of ``day`` should get its answer."""
    return day + timedelta(days=settings.COALITION.answer_days)


def read_day(dream: Dream) -> date:
    """The last day on which somebody should have read a new dream."""
    return dream.said_on + timedelta(days=settings.COALITION.read_days)


def lay_aside(actor: Actor, dream: Dream, reason: str) -> None:
    """Keep a dream off the wall, with a reason that who said it can read with her code."""
    if not reason:
        raise ValidationError({"aside_reason": _("Schrijf op waarom; wie het zei kan dat lezen.")})
    with transaction.atomic():
        dream.state, dream.aside_reason = Dream.State.ASIDE, reason
        dream.published_on, dream.answer_by = None, None
        dream.save(update_fields=["state", "aside_reason", "published_on", "answer_by"])
        trail.record(actor, "lay_aside_dream", dream)


def join(actor: Actor, dream: Dream, other: Dream) -> None:
    """Let a dream become a part of another; what joined it before goes along, and who dreams along
    with either stays.

    Raises ValidationError for a dream with itself, with one that is a part of it, or with one that
    is not on the wall.
    """
    with transaction.atomic():
        trail.lock()
        dream.refresh_from_db()
        whole = Dream.objects.get(pk=other.pk).root
        if whole.pk == dream.pk:
            raise ValidationError(_("Dit is dezelfde droom, of hij hoort er al bij."))
        if not (dream.is_public and whole.is_public):
            raise ValidationError(_("Zet ze eerst allebei op de muur."))
        Dream.objects.filter(joined_to=dream).update(joined_to=whole)
        dream.joined_to = whole
        dream.save(update_fields=["joined_to"])
        trail.record(actor, "join_dream", dream, {}, whole=whole.pk)


def take_apart(actor: Actor, dream: Dream) -> None:
    """Let a dream that joined another stand by itself again; it waits for an answer anew."""
    with transaction.atomic():
        dream.joined_to, dream.answer_by = None, answer_day(timezone.localdate())
        dream.save(update_fields=["joined_to", "answer_by"])
        trail.record(actor, "take_dream_apart", dream)


def erase(actor: Actor, dream: Dream) -> None:
    """Erase a dream with everything in it; that there was one stays in the trail, without words.

    Dreams that joined it stand by themselves again.
    """
    with transaction.atomic():
        for part in dream.joined.all():
            take_apart(actor, part)
        outbox.withdraw(dream)
        for participant in dream.participants.all():
            outbox.withdraw(participant)
        trail.record_redacted(actor, "erase_dream", dream)
        photo = dream.photo.name
        dream.delete()
        if photo:
            transaction.on_commit(lambda: Dream.photo.field.storage.delete(photo))
        trail.bump_generation()
