"""Lets who said a dream, and who dreams along, hear every answer: by mail, or on paper at a place
in the neighbourhood.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.background.rounds import RoundResult, for_each
from knooppunt.core.mail import outbox
from knooppunt.core.models import OutgoingMail
from knooppunt.core.web.context_processors import site_address
from knooppunt.dreams.actions import links
from knooppunt.dreams.models import Answer, Dream, Participant


def tell(reply: Answer) -> int:
    """Put a mail about an answer in the queue for everybody who gave an address and confirmed it;
    gives how many. Call it in the transaction of the answer.
    """
    dream = reply.dream
    sayers: Any = Dream.objects.filter(Q(pk=dream.pk) | Q(joined_to=dream))
    sayers = sayers.filter(reply_confirmed_on__isnull=False).exclude(reply_email="")
    participants = (
        Participant.objects.standing().people().filter(Q(dream=dream) | Q(dream__joined_to=dream))
    )
    addressees: list[tuple[Any, str]] = [(row, row.reply_email) for row in sayers]
    addressees += [(row, row.email) for row in participants.exclude(email="")]
    written, addresses = 0, set()
    for addressee, address in addressees:
        if address.lower() not in addresses:
            addresses.add(address.lower())
            written += _write(reply, addressee, address)
    return written


def _write(reply: Answer, addressee: Any, address: str) -> bool:
    dream, base = reply.dream, site_address()
    page = reply.place or reply.activity or reply.point or dream.root
    context = {
        "dream": dream,
        "answer": reply,
        "page": base + page.get_absolute_url(),
        "stop": base + links.stop_path(addressee),
    }
    return outbox.enqueue(
        "dreams/mail/answer",
        address,
        context,
        kind=links.KIND,
        key=f"dream answer:{reply.pk}",
        about=addressee,
    )


def withdraw(reply: Answer) -> None:
    """Throw away what was still to be sent about an answer that is taken back."""
    OutgoingMail.objects.filter(key__startswith=f"dream answer:{reply.pk}:").delete()


def letters(dreams: Any) -> Any:
    """Of some dreams, the answers that wait to be printed and handed over at a place."""
    rows = Answer.objects.filter(
        dream__in=dreams.values("pk"), dream__reply_place__isnull=False, handed_over_on__isnull=True
    )
    return rows.select_related("dream__reply_place", "place", "activity", "point").order_by(
        "dream__reply_place__name", "pk"
    )


def hand_over(actor: Actor, rows: Any) -> int:
    """Write down that letters were printed and handed over; gives how many."""
    numbers = list(rows.values_list("pk", flat=True))
    if not numbers:
        raise ValidationError(_("Er is geen brief gekozen."))
    with transaction.atomic():
        for reply in Answer.objects.filter(pk__in=numbers).select_related("dream"):
            trail.record_unseen(actor, "hand_over_answer", reply.dream)
        waiting = Answer.objects.filter(pk__in=numbers, handed_over_on__isnull=True)
        return int(waiting.update(handed_over_on=timezone.localdate()))


def mail_refused(row: OutgoingMail) -> bool:
    """There is no such address, so there is nobody to tell: forget it. True when it was ours."""
    if row.kind != links.KIND:
        return False
    model: Any = {"dreams.dream": Dream, "dreams.participant": Participant}.get(row.about_type)
    addressee = model.objects.filter(pk=row.about_id or 0).first() if model else None
    if addressee:
        links.stop(addressee)
    return True


def forget_old(days: int) -> RoundResult:
    """Erase what is known of who said a dream or dreams along, some days after its last answer
    was final; and of who never heard anything, as many days after it was said.
    """
    limit = timezone.localdate() - timedelta(days=days)
    ended = Q(answer_by__isnull=True, said_on__lt=limit) | Q(
        said_on__lt=limit - timedelta(days=days)
    )
    known = ~Q(reply_email="") | Q(reply_place__isnull=False) | ~Q(first_name="")
    due = Dream.objects.filter(ended).filter(
        known | Q(pk__in=Participant.objects.exclude(email="").values("dream"))
    )
    return for_each(gettext_noop("Adressen bij een droom wissen"), list(due), _forget, due=due)


def _forget(dream: Dream) -> None:
    with transaction.atomic():
        outbox.withdraw(dream)
        links.forget_reply(dream)
        Dream.objects.filter(pk=dream.pk).update(first_name="", is_name_public=False)
        for participant in dream.participants.people().exclude(email=""):
            outbox.withdraw(participant)
        dream.participants.filter(confirmed_on__isnull=True).delete()
        dream.participants.update(email="", first_name="", text="")
        trail.record_unseen(SYSTEM, "forget_dreamer", dream)
