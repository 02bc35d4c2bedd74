"""What the voice does by itself: news to who brought something up, reminders the day before one
can speak, and forgetting addresses.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop

from knooppunt.core.background.rounds import RoundResult, for_each, run_steps
from knooppunt.core.mail import outbox
from knooppunt.core.web.context_processors import site_address
from knooppunt.people.models import User
from knooppunt.voice.actions import news, support
from knooppunt.voice.models import Evidence, Hearing

KIND = "speak"


def poll() -> None:
    """Every few seconds: write some of the news that is ready."""
    if news.waiting_mail().exists():
        news.send()


def remind(day: date) -> RoundResult:
    """Write, the day before, to who speaks at a meeting (and to coordinators when nobody is named);
    counts the mails.

    A meeting counts by the last moment to ask to speak, or by its begin when there is none.
    """
    return for_each(gettext_noop("Herinneren aan het inspreken"), _tomorrow(day), _remind)


def _remind(hearing: Hearing) -> int:
    speaker = hearing.speaker.user if hearing.speaker else None
    page = site_address() + hearing.point.get_absolute_url()
    context = {
        "hearing": hearing,
        "meeting": hearing.meeting,
        "point": hearing.point,
        "page": page,
        "speech": f"{page}spreken/",
    }
    return sum(
        outbox.enqueue(
            "voice/mail/speak",
            user.email,
            context,
            kind=KIND,
            key=f"speak:{hearing.pk}:{_deadline(hearing)}",
            about=user,
        )
        for user in ([speaker] if speaker else _coordinators())
    )


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


def _coordinators() -> list[User]:
    """The coordinators; example people get no mail."""
    return list(User.objects.filter(is_coordinator=True, is_active=True, is_example=False))


def _forget_stories(day: date) -> int:
    """A story is told for as long as somebody agreed."""
    return Evidence.objects.filter(kind="story", consent_until__lt=day).delete()[0]


def daily() -> str:
    """The round; says what it did."""
    today = timezone.localdate()
    return run_steps(
        ("addresses forgotten", lambda: news.forget_old(settings.SIGNAL_DAYS)),
        ("stories erased", lambda: _forget_stories(today)),
        (
            "points whose support was noted",
            lambda: support.note_in_trail(today - timedelta(days=1)),
        ),
        ("news written", news.send),
        ("reminders written", lambda: remind(today)),
    )
