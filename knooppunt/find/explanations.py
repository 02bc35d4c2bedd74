"""Why something was found, in words that a reader can check."""

from __future__ import annotations

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.web import page_cache
from knooppunt.directory.models import Kind
from knooppunt.find.query_parser import Narrowing
from knooppunt.find.searching import Answer, Found
from knooppunt.find.vocabulary import name_of

MOMENTS = {
    "today": gettext_lazy("vandaag"),
    "this-morning": gettext_lazy("vanochtend"),
    "this-afternoon": gettext_lazy("vanmiddag"),
    "tonight": gettext_lazy("vanavond"),
    "tomorrow": gettext_lazy("morgen"),
    "tomorrow-evening": gettext_lazy("morgenavond"),
    "day-after-tomorrow": gettext_lazy("overmorgen"),
    "weekend": gettext_lazy("dit weekend"),
    "this-week": gettext_lazy("deze week"),
    "next-week": gettext_lazy("volgende week"),
}


def explain(found: Found) -> list[str]:
    """The reasons, the most telling first; never none."""
    told: list[str] = []
    if found.concepts:
        told.append(
            _("gaat over %(what)s")
            % {"what": ", ".join(name_of(slug) for slug in found.concepts[:2])}
        )
    if found.words:
        some = ", ".join(
            f"‘{word}’"
            for word in sorted(set(found.words), key=lambda word: (-len(word), word))[:3]
        )
        told.append(_("past bij %(words)s") % {"words": some})
    told += [
        _("in %(area)s") % {"area": label(one)} if one.part == "wijk" else label(one)
        for one in found.meets
    ]
    return told or [_("lijkt op wat je vraagt")]


def label(narrowing: Narrowing) -> str:
    """A filter of the question in words."""
    if narrowing.part == "dag" and narrowing.name in MOMENTS:
        return str(MOMENTS[narrowing.name])
    if narrowing.part == "dag":
        return _("op %(day)s") % {"day": WEEKDAYS[int(narrowing.name)]}
    if narrowing.part == "soort":
        return kind_names().get(narrowing.name, narrowing.name)
    return narrowing.name


def kind_names() -> dict[str, str]:
    """What kinds are called, by slug."""
    return page_cache.remember(
        "kind names", lambda: {kind.slug: str(kind) for kind in Kind.objects.all()}
    )


def nearest(answer: Answer) -> str:
    """That there is nothing on the days asked for, and which day is the first with something;
    empty otherwise.
    """
    if answer.nearest is None or answer.question.moment is None:
        return ""
    asked = str(MOMENTS[answer.question.moment.name]).capitalize()
    is_near = (answer.nearest - timezone.localdate()).days < 7
    day = date_format(answer.nearest, "l" if is_near else "l j F")
    return _("%(asked)s niets; eerst %(day)s") % {"asked": asked, "day": day}
