"""What the report adds to other pages: stories, the latest on the front door, and a way in for
editors.
"""

from __future__ import annotations

import re
from textwrap import shorten
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core import scenes
from knooppunt.core.registry.modules import Panel
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Place, PlaceRole
from knooppunt.report.models import Edition, Story

MOST = 6


def of_home(request: HttpRequest, _record: object) -> dict[str, object] | None:
    """One story that may be told, newest first; None when nobody told one."""
    story = page_cache.remember("story at home", _newest_story)
    if story is None:
        return None
    return {
        "story": story,
        "quote": opening(story.text),
        "by": story.told_by or _("Een buurtbewoner"),
        "photo": reverse("report:photo", args=[story.pk]) if story.photo else "",
        "picture": _scene_of(story),
        "links": [
            (_("Meer verhalen"), reverse("report:index")),
            (_("Vertel jouw verhaal"), reverse("report:tell")),
        ],
    }


def _newest_story() -> Story | None:
    rows = Story.objects.tellable(timezone.localdate())
    rows = rows.select_related("area", "organisation__kind").defer("area__outline")
    return rows.order_by("-received_on", "-pk").first()


def _scene_of(story: Story) -> str:
    """The drawing of the place or group that a story is about; none when everybody may not see
    it.
    """
    about = story.organisation
    return scenes.scene_of(about.kind, about.role) if about and about.is_public else ""


def of_record(request: HttpRequest, record: Any) -> dict[str, object] | None:
    """The stories that may be told about an organisation, or about who is at a place."""
    day = timezone.localdate()
    about = [record.pk]
    if isinstance(record, Place):
        roles = PlaceRole.objects.visible_on(day).filter(place=record)
        about = list(roles.values_list("organisation", flat=True))
    rows = Story.objects.tellable(day).filter(organisation__in=about).select_related("area")
    stories = list(rows.defer("area__outline")[:MOST])
    return {"stories": stories} if stories else None


def opening(text: str, least: int = 40, most: int = 140) -> str:
    """How a story begins: whole sentences of ``least`` signs or more together, cut between words
    after ``most``.
    """
    quote = ""
    for sentence in re.split(r"(?<=[.!?])\s+", text.strip()):
        if len(quote) >= least:
            break
        quote = f"{quote} {sentence}".strip()
    return shorten(quote, most, placeholder=" …")


def of_news(request: HttpRequest, _record: object) -> dict[str, str] | None:
    """The latest report about everything, if there is one."""
    latest = page_cache.remember("latest report", _latest)
    return {"address": latest[0], "title": latest[1]} if latest else None


def _latest() -> tuple[str, str] | None:
    rows = Edition.objects.filter(report__area__isnull=True, report__network__isnull=True)
    row = (
        rows.order_by("-report__until", "-number")
        .values_list("report__slug", "content__title")
        .first()
    )
    return (reverse("report:report", args=[row[0]]), row[1]) if row else None


PANELS = (
    Panel("home", "report/parts/home.html", of_home),
    Panel("place", "report/parts/stories.html", of_record),
    Panel("organisation", "report/parts/stories.html", of_record),
    Panel("home news", "report/parts/news.html", of_news),
)
