"""What the voice does by itself: news to who brought something up, reminders the day before one can speak, and forgetting addresses."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from knooppunt.core import mail
from knooppunt.core.context import site_address
from knooppunt.people.models import User
from knooppunt.voice.actions import news, support
from knooppunt.voice.models import Evidence, Hearing

KIND = "speak"


def between() -> None:
    """Every few seconds: send some of the news that is ready."""
    if news.waiting_mail().exists():
        news.send()


def remind(day: date) -> int:
    """Write, the day before, to who speaks at a meeting (and to coordinators when nobody is named); gives how many mails went out.

    A meeting counts by the last moment to ask to speak, or by its begin when there is none.
    """
    sent = 0
    for hearing in _tomorrow(day):
        to = (
            [hearing.speaker.user.email]
            if hearing.speaker and hearing.speaker.user
            else _coordinators()
        )
        page = site_address() + hearing.point.get_absolute_url()
        context = {
            "hearing": hearing,
            "meeting": hearing.meeting,
            "point": hearing.point,
            "page": page,
            "speech": f"{page}spreken/",
        }
        for address in to:
            if mail.was_sent(address, f"{KIND}{hearing.pk}", day, 2):
                continue
            mail.send("voice/mail/speak", address, context, f"{KIND}{hearing.pk}")
            sent += 1
    return sent


def _tomorrow(day: date) -> list[Hearing]:
    rows = Hearing.objects.filter(meeting__is_cancelled=False).select_related(
        "meeting__body", "point", "speaker__user"
    )
    near = rows.filter(
        meeting__starts__gt=timezone.now(), meeting__starts__lt=timezone.now() + timedelta(days=15)
    )
    return [row for row in near if _deadline(row) == day + timedelta(days=1)]


def _deadline(hearing: Hearing) -> date:
    return timezone.localtime(hearing.meeting.speak_by or hearing.meeting.starts).date()


def _coordinators() -> list[str]:
    """The coordinators; example people get no mail."""
    rows = User.objects.filter(is_coordinator=True, is_active=True, is_example=False)
    return list(rows.values_list("email", flat=True))


def daily() -> str:
    """The round; says what it did."""
    today = timezone.localdate()
    noted, forgotten = (
        support.note_in_trail(today - timedelta(days=1)),
        news.forget_old(settings.SIGNAL_DAYS),
    )
    Evidence.objects.filter(
        kind="story", consent_until__lt=today
    ).delete()  # told for as long as somebody agreed
    reminded = remind(today)
    return f"{news.send()} news sent, {reminded} reminders sent, support of {noted} points noted, {forgotten} addresses forgotten"
