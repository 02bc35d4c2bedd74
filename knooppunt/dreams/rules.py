"""Who may do what with dreams: everybody says and reads them, hosts write down what they heard,
weavers read and answer those of their wijk, coordinators all.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from knooppunt.decisions.rules import represented
from knooppunt.directory import rules
from knooppunt.directory.models import Organisation
from knooppunt.dreams.models import Dream, DreamTable
from knooppunt.dreams.queries.dreams import DreamQuerySet

__all__ = ["represented"]


def may_read(user: Any) -> bool:
    """May she read dreams before they are public? Weavers and coordinators."""
    return rules.may_coordinate(user) or rules.is_weaver(user)


def may_enter(user: Any) -> bool:
    """May she write down what others dreamt? Everybody who keeps anything."""
    return rules.is_keeper(user)


def readable_dreams(user: Any) -> DreamQuerySet:
    """The dreams that somebody reads and answers: coordinators all, weavers those of their wijken
    and those of which nobody knows the wijk.
    """
    if rules.may_coordinate(user):
        return Dream.objects.all()
    if not rules.is_weaver(user):
        return Dream.objects.none()
    return Dream.objects.filter(Q(area__in=rules.woven_areas(user)) | Q(area__isnull=True))


def may_answer(user: Any, dream: Dream) -> bool:
    """May she put it on the wall or aside, and answer it?"""
    return readable_dreams(user).filter(pk=dream.pk).exists()


def may_see(user: Any, dream: Dream) -> bool:
    """May she read it? What is on the wall everybody; the rest who answers it."""
    return dream.is_public or may_answer(user, dream)


def may_help_for(user: Any, organisation: Organisation) -> bool:
    """May she let an organisation dream along? Who represents it."""
    return rules.represents(user, organisation)


def may_keep_table(user: Any, table: DreamTable) -> bool:
    """May she type in the dreams of a table and see its photo? Who opened it, and coordinators."""
    is_hers = table.entered_by_id is not None and table.entered_by_id == getattr(user, "pk", None)
    return rules.may_coordinate(user) or (is_hers and may_enter(user))
