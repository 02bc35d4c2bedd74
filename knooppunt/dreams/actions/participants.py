"""Lets people and organisations dream along, and forgets their addresses in time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.directory.models import Organisation
from knooppunt.directory.rules import represents
from knooppunt.dreams.actions import links
from knooppunt.dreams.models import Dream, Participant


def _refuse_closed(dream: Dream) -> Dream:
    """The dream to join: the whole of which it is a part. Raises ValidationError off the wall."""
    whole = dream.root
    if not whole.is_public:
        raise ValidationError(_("Deze droom hangt niet (meer) op de muur."))
    return whole


def join_as_person(actor: Actor, dream: Dream, values: dict[str, Any]) -> None:
    """Let somebody without an account dream along; she counts once she said yes by mail.

    What somebody says who is known already changes nothing, and she is not told so: a stranger
    must not learn whose address is here.
    """
    whole = _refuse_closed(dream)
    with transaction.atomic():
        participant, is_new = Participant.objects.get_or_create(
            dream=whole,
            email=values["email"].strip().lower(),
            defaults={
                "first_name": values.get("first_name", ""),
                "kinds": _known(values.get("kinds", ())),
                "text": values.get("text", ""),
                "language": (get_language() or settings.LANGUAGE_CODE)[:5],
            },
        )
        if is_new or participant.confirmed_on is None:
            links.ask_to_confirm(participant, participant.email)


def join_as_organisation(
    actor: Actor, dream: Dream, organisation: Organisation, kinds: Iterable[str], text: str = ""
) -> Participant:
    """Let an organisation dream along; said again, it changes with what.

    Raises ValidationError when the actor does not represent it today.
    """
    whole = _refuse_closed(dream)
    if not represents(actor.user, organisation):
        raise ValidationError(
            _("Je vertegenwoordigt %(name)s vandaag niet.") % {"name": organisation.name}
        )
    return add_organisation(actor, whole, organisation, kinds, text)


def add_organisation(
    actor: Actor, dream: Dream, organisation: Organisation, kinds: Iterable[str], text: str = ""
) -> Participant:
    """Write down that an organisation dreams along, by somebody who may say so."""
    today = timezone.localdate()
    try:
        with transaction.atomic():
            participant, _is_new = Participant.objects.update_or_create(
                dream=dream,
                organisation=organisation,
                defaults={"kinds": _known(kinds), "text": text, "left_on": None},
                create_defaults={"kinds": _known(kinds), "text": text, "confirmed_on": today},
            )
            trail.record(actor, "join_in", dream, {"organisation": (None, organisation.name)})
    except IntegrityError as problem:
        raise ValidationError(_("Dat lukte niet. Probeer het nog eens.")) from problem
    return participant


def _known(kinds: Iterable[str]) -> list[str]:
    """The kinds of help that exist, in their own order, each once."""
    given = set(kinds)
    return [key for key in Participant.Kind.values if key in given]


def forget_unconfirmed() -> int:
    """Erase addresses that nobody said yes to in time; gives how many."""
    today = timezone.localdate()
    number: int = Participant.objects.people().unconfirmed_since(today).delete()[0]
    return number
