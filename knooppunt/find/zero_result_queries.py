"""Questions to which there was no answer: what the neighbourhood needs and does not have,
without a trace of who asked.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import date, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import F, Sum
from django.utils import timezone

from knooppunt.find.models import ZeroResultQuery
from knooppunt.kit.text import normalise

LONGEST, ENOUGH, DAY = 60, 3, 60 * 60 * 24
KEEP = timedelta(days=365)
# What looks like a name with a number, a mail or a phone is nobody's need and might be somebody's
# secret.
_PRIVATE = re.compile(r"@|\d{4,}|https?:")


def note(text: str, visitor: str) -> None:
    """Count a question in vain, once a day for a visitor; its words are kept only when the third
    asks it on a day.

    Of the visitor's address only a keyed mark is held, for this question and day, so that no two
    can be laid side by side.
    """
    question = normalise(text)[:LONGEST]
    if len(question) < 3 or _PRIVATE.search(text):
        return
    try:
        if cache.add(f"gap:{_mark(question, visitor)}", 1, DAY):
            _count(question)
    except DatabaseError:
        # Somebody else was writing for too long; an answer is worth more than this count.
        return


def _count(question: str) -> None:
    today, mark = timezone.localdate(), _mark(question)
    known = ZeroResultQuery.objects.filter(on=today, mark=mark)
    if not known.update(times=F("times") + 1):
        ZeroResultQuery.objects.get_or_create(on=today, mark=mark)
    known.filter(times__gte=ENOUGH, question="").update(question=question)


def _mark(question: str, visitor: str = "") -> str:
    """A keyed mark of a question on this day, from which neither it nor the visitor can be read."""
    key = f"{settings.SECRET_KEY}{timezone.localdate()}".encode()
    return hmac.new(key, f"{question}|{visitor}".encode(), hashlib.sha256).hexdigest()[:32]


def asked(since: date) -> list[tuple[str, int, date]]:
    """What was asked in vain by three or more on a day: the question, how often, and the last
    day; most asked first.
    """
    rows = ZeroResultQuery.objects.filter(on__gte=since, times__gte=ENOUGH).exclude(question="")
    days = dict(rows.order_by("on").values_list("question", "on"))
    sums = (
        rows.order_by()
        .values_list("question")
        .annotate(total=Sum("times"))
        .order_by("-total", "question")
    )
    return [(question, total, days[question]) for question, total in sums[:100]]


def forget_old() -> int:
    """Forget marks of yesterday and earlier that were not asked often enough, and all after a
    year; gives how many.
    """
    today = timezone.localdate()
    few = ZeroResultQuery.objects.filter(on__lt=today, times__lt=ENOUGH).delete()[0]
    return few + ZeroResultQuery.objects.filter(on__lt=today - KEEP).delete()[0]
