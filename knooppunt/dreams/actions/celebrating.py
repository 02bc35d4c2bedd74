"""Celebrates a plan: the day, how many came, the story, what was learned, and photos with leave."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.directory.pictures import BadPicture, safe_picture
from knooppunt.dreams.actions.plans import move_on
from knooppunt.dreams.models.plan_ties import PlanPhoto
from knooppunt.dreams.models.plans import Plan
from knooppunt.report.actions import stories
from knooppunt.report.models import Story

Values = dict[str, Any]
MOST_PHOTOS = 6


def celebrate(actor: Actor, plan: Plan, values: Values, may_tell: bool = False) -> Plan:
    """Write down that a plan was celebrated: ``celebrated_on``, ``came``, ``story``, ``went_well``
    and ``went_badly``.

    With ``may_tell`` the story is offered to the report, where an editor reads it first. Raises
    ValidationError for a day that has not come yet.
    """
    if values["celebrated_on"] > timezone.localdate():
        raise ValidationError({"celebrated_on": _("Deze dag moet nog komen. Vier het eerst.")})
    with transaction.atomic():
        if plan.state == Plan.State.CELEBRATED:
            saved: Plan = save_with_audit(actor, plan, values)
        else:
            saved = move_on(actor, plan, Plan.State.CELEBRATED, values, on=values["celebrated_on"])
        if may_tell and saved.told_story_id is None:
            story = _offer_story(actor, saved)
            saved = save_with_audit(actor, saved, {"told_story": story}, "tell", hidden=True)
    return saved


def _offer_story(actor: Actor, plan: Plan) -> Story:
    """A story for the report, told by the keepers of the plan."""
    keepers = [row.organisation for row in plan.partners.keepers().select_related("organisation")]
    return stories.take_in(
        actor,
        {
            "text": plan.story,
            "told_by": ", ".join(organisation.name for organisation in keepers)[:60],
            "area": plan.area,
            "organisation": keepers[0] if keepers else None,
            "via": Story.Via.TALK,
            "years": "2",
        },
    )


def add_photo(actor: Actor, plan: Plan, raw: bytes, alt: str) -> PlanPhoto:
    """Add a photo, drawn anew. Raises ValidationError for what is no photo, or one too many."""
    if plan.photos.count() >= MOST_PHOTOS:
        raise ValidationError(
            _("Er staan al %(number)s foto's. Haal er eerst een weg.") % {"number": MOST_PHOTOS}
        )
    try:
        drawn = safe_picture(raw)
    except BadPicture as problem:
        raise ValidationError({"photo": problem.messages}) from problem
    made = PlanPhoto(plan=plan, alt=alt)
    with transaction.atomic():
        made.photo.save(f"{secrets.token_hex(12)}.jpg", ContentFile(drawn), save=False)
        made.save()
        trail.record(actor, "add_photo", plan)
    return made


def remove_photo(actor: Actor, photo: PlanPhoto) -> None:
    """Take a photo away for good, with its file."""
    name, storage = str(photo.photo.name), photo.photo.storage
    with transaction.atomic():
        trail.record(actor, "remove_photo", photo.plan)
        photo.delete()
        transaction.on_commit(lambda: storage.delete(name))
