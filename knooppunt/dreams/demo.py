"""Loads the example's invented dreams, with answers and who dreams along."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.example_rows import inventing
from knooppunt.directory.models import Area, Organisation, Theme
from knooppunt.dreams.actions import answers, dreams, participants
from knooppunt.dreams.models import Dream, Participant

BY_EXAMPLE = Actor(None, "import")
FILE = "dreams.toml"


def load_example() -> None:
    """Read the list that lies beside the example's register, if there is one.

    Days are counted back from today, so that the wall of an example is never old.
    """
    register = settings.COALITION.example
    path = register.parent / FILE if register else None
    if path is None or not path.exists():
        return
    loaded: dict[str, Dream] = {}
    with inventing():
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["dreams"]:
            loaded[row["key"]] = _load(row, loaded)


def _load(row: dict[str, Any], loaded: dict[str, Dream]) -> Dream:
    day = timezone.localdate() - timedelta(days=row["days_ago"])
    dream = dreams.say(
        BY_EXAMPLE,
        {
            "text": row["text"],
            "area": Area.objects.filter(slug=row.get("area", "")).first(),
            "theme": Theme.objects.filter(slug=row.get("theme", "")).first(),
            "channel": row.get("channel", Dream.Channel.WEB),
            "said_on": day,
        },
    )
    if "language" in row:
        Dream.objects.filter(pk=dream.pk).update(language=row["language"])
    if row.get("is_unread"):
        return dream
    dreams.publish(BY_EXAMPLE, dream)
    published = min(day + timedelta(days=2), timezone.localdate())
    dream.published_on, dream.answer_by = published, dreams.answer_day(published)
    dream.save(update_fields=["published_on", "answer_by"])
    _load_participants(row, dream)
    for reply in row.get("answers", ()):
        _load_answer(reply, dream, loaded)
    return dream


def _load_participants(row: dict[str, Any], dream: Dream) -> None:
    """Organisations by name; of people only how many there are."""
    named = Organisation.objects.public().filter(
        name__in=[one["name"] for one in row.get("participants", ())]
    )
    known = {organisation.name: organisation for organisation in named}
    for participant in row.get("participants", ()):
        if participant["name"] in known:
            participants.add_organisation(
                BY_EXAMPLE, dream, known[participant["name"]], participant.get("kinds", ())
            )
    Participant.objects.bulk_create(
        Participant(dream=dream, confirmed_on=timezone.localdate())
        for _number in range(row.get("people", 0))
    )


def _load_answer(reply: dict[str, Any], dream: Dream, loaded: dict[str, Dream]) -> None:
    today = timezone.localdate()
    values: dict[str, Any] = {"text": reply.get("text", "")}
    if "look_again_in_days" in reply:
        values["look_again_on"] = today + timedelta(days=reply["look_again_in_days"])
    if "other" in reply:
        values["other"] = loaded[reply["other"]]
    if "organisation" in reply:
        roles = Organisation.objects.filter(name=reply["organisation"])
        host = roles.first()
        place = host.place_roles.select_related("place").first() if host else None
        values["place"] = place.place if place else None
    answer = answers.answer(BY_EXAMPLE, dream, reply["kind"], values)
    answer.on = today - timedelta(days=reply.get("days_ago", 0))
    answer.save(update_fields=["on"])
