"""What the report adds to other pages: a story and the latest on the front door, and a way in for
editors.
"""

from __future__ import annotations

import re
from textwrap import shorten

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.registry.modules import Panel
from knooppunt.core.web import page_cache
from knooppunt.report.models import Edition, Story


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
        "links": [
            (_("Meer verhalen"), reverse("report:index")),
            (_("Vertel jouw verhaal"), reverse("report:tell")),
        ],
    }


def _newest_story() -> Story | None:
    rows = Story.objects.tellable(timezone.localdate()).select_related("area")
    return rows.defer("area__outline").order_by("-received_on", "-pk").first()


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
    Panel("home news", "report/parts/news.html", of_news),
)
