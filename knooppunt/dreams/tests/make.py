"""Builders for the tests of dreams: one of each thing with only what the test is about."""

from __future__ import annotations

from typing import Any

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.dreams.actions import dreams, links, participants, tables
from knooppunt.dreams.models import Dream, DreamTable, Participant


def dream(text: str = "Een kas op het dak", is_public: bool = True, **values: Any) -> Dream:
    """A dream, on the wall unless said otherwise."""
    made = dreams.say(SYSTEM, {"text": text, **values})
    if is_public:
        dreams.publish(SYSTEM, made)
    return made


def neighbour(joined: Dream, email: str = "buur@example.org", **values: Any) -> Participant:
    """Somebody without an account who dreams along and said yes by mail."""
    participants.join_as_person(SYSTEM, joined, {"email": email, **values})
    participant = joined.root.participants.get(email=email)
    links.confirm(participant)
    return participant


def table(**values: Any) -> DreamTable:
    """A dream table of today."""
    entered_by = values.pop("entered_by", None)
    made = tables.open_table(SYSTEM, values)
    if entered_by:
        DreamTable.objects.filter(pk=made.pk).update(entered_by=entered_by)
    return made
