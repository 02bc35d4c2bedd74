"""Lets whoever brought something up hear what became of it: by mail, or on paper at a place in
the neighbourhood.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from knooppunt.core.audit import trail
from knooppunt.core.audit.mistakes import standing
from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.background.rounds import REST, RoundResult, for_each
from knooppunt.core.mail import outbox
from knooppunt.core.models import OutgoingMail
from knooppunt.core.web.context_processors import site_address
from knooppunt.core.web.signed_links import make_token, read_token
from knooppunt.voice.models import News, Point, Signal, Step
from knooppunt.voice.models.points import ENDED
from knooppunt.voice.queries.points import LAST_FIRST

SALT, KIND, BATCH = "voice.signal_stop", "news", 200


def announce(step: Step) -> int:
    """Put ready what the senders of the signals of a point are to hear of a step; gives for how
    many.
    """
    if not step.point.is_public:
        return 0
    return _ready(Signal.objects.filter(point=step.point), step)


def _ready(signals: Any, step: Step) -> int:
    wanting = signals.exclude(reply_via=Signal.ReplyVia.NONE).values_list("pk", flat=True)
    rows = [News(signal_id=pk, step=step) for pk in wanting]
    News.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def announce_latest(signal: Signal, point: Point) -> None:
    """Let the sender of a signal that joins a public point hear how far that is."""
    step = point.steps.order_by(*LAST_FIRST).first()
    if step and point.is_public:
        _ready(Signal.objects.filter(pk=signal.pk), step)


def waiting_mail() -> Any:
    """What is still to be sent by mail."""
    return News.objects.filter(
        standing(Step, "step__"),
        standing(Signal, "signal__"),
        sent_on__isnull=True,
        signal__reply_via=Signal.ReplyVia.EMAIL,
    ).exclude(signal__reply_email="")


def send(most: int = BATCH) -> RoundResult:
    """Write what is ready and put it in the queue, a number at a time; counts the mails."""
    rows = waiting_mail().select_related("signal", "step__point").order_by("pk")[:most]
    return for_each(gettext_noop("Nieuws over een signaal schrijven"), rows, _write, rest=REST)


def _write(news: News) -> bool:
    context = {
        "news": news,
        "point": news.step.point,
        "page": site_address() + news.step.point.get_absolute_url(),
        "stop": site_address() + stop_path(news.signal),
    }
    address = news.signal.reply_email
    with transaction.atomic():
        # Only one round gets to say that it is sent.
        waiting = News.objects.filter(pk=news.pk, sent_on__isnull=True)
        if not waiting.update(sent_on=timezone.localdate()):
            return False
        outbox.enqueue(
            "voice/mail/news", address, context, kind=KIND, key=f"news:{news.pk}", about=news.signal
        )
        _forget_after_end(news)
    return True


def _forget_after_end(news: News) -> None:
    """The last news of a point that ended was written: the address is not needed any more."""
    signal = news.signal
    last = news.step.point.steps.order_by(*LAST_FIRST).values_list("stage", flat=True).first()
    if last in ENDED and not signal.news.filter(sent_on__isnull=True).exists():
        forget_address(signal)


def mail_refused(row: OutgoingMail) -> bool:
    """There is no such address, so there is nobody to tell: forget it.

    True when the mail was news of ours.
    """
    if row.kind != KIND:
        return False
    signal = Signal.with_mistakes.filter(pk=row.about_id or 0).first()
    if signal:
        forget_address(signal)
    return True


def stop_path(signal: Signal) -> str:
    """The signed address on which somebody says that she need not hear any more."""
    return reverse("voice:signal_stop", args=[make_token(signal.pk, SALT)])


def open_stop(token: str) -> Signal | None:
    """The signal of a token, for as long as it exists; None for a forged one."""
    return Signal.with_mistakes.filter(pk=read_token(token, SALT, valid=None)).first()


def stop(signal: Signal) -> None:
    """She need not hear any more: forget her address, and throw away what was still to be sent."""
    with transaction.atomic():
        outbox.withdraw(signal)
        forget_address(signal)


def forget_address(signal: Signal) -> None:
    """Erase the address to which news goes; the signal itself stays."""
    Signal.with_mistakes.filter(pk=signal.pk).update(
        reply_via=Signal.ReplyVia.NONE, reply_email="", reply_place=None
    )
    signal.news.filter(sent_on__isnull=True).delete()


def hand_over(actor: Actor, numbers: list[int]) -> int:
    """Write down that letters were printed and handed over; gives how many."""
    with transaction.atomic():
        rows = News.objects.filter(
            pk__in=numbers, sent_on__isnull=True, signal__reply_via=Signal.ReplyVia.PAPER
        )
        if not rows:
            raise ValidationError(_("Er is geen brief gekozen."))
        for news in rows.select_related("signal"):
            trail.record_unseen(actor, "hand_over", news.signal)
        return rows.update(sent_on=timezone.localdate())


def forget_old(days: int = 730) -> RoundResult:
    """Erase addresses of signals that are older than some days."""
    limit = timezone.localdate() - timedelta(days=days)
    due = Signal.with_mistakes.filter(received_on__lt=limit).exclude(reply_via=Signal.ReplyVia.NONE)
    name = gettext_noop("Het adres bij een signaal wissen")
    return for_each(name, list(due), _forget, due=due)


def _forget(signal: Signal) -> None:
    stop(signal)
    trail.record_unseen(SYSTEM, "forget", signal)
