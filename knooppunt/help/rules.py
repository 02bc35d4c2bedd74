"""Who may do what with needs and offers: hosts their own, weavers those of their wijk or
network, coordinators all.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from knooppunt.directory import rules
from knooppunt.directory.models import Organisation
from knooppunt.help.models import Notice
from knooppunt.help.queries import NoticeQuerySet


def changeable_notices(user: Any) -> NoticeQuerySet:
    """The needs and offers that a person may change today."""
    if rules.may_coordinate(user):
        return Notice.objects.all()
    return Notice.objects.filter(organisation__in=rules.changeable_organisations(user).values("pk"))


def may_change(user: Any, notice: Notice) -> bool:
    """May she change this need or offer?"""
    return rules.may_change(user, notice.organisation)


def may_see(user: Any, notice: Notice) -> bool:
    """May she see it at all? An open one of a public organisation everybody; the rest who may
    change it.
    """
    return notice.is_visible_on(timezone.localdate()) or may_change(user, notice)


def may_enter(user: Any, organisation: Organisation) -> bool:
    """May she write down what this organisation needs or can spare?"""
    return rules.may_change(user, organisation)


def may_introduce(user: Any, one: Notice, other: Notice) -> bool:
    """May she bring these two together? Who keeps either of them."""
    return may_change(user, one) or may_change(user, other)


def may_broker(user: Any) -> bool:
    """May she use the broker's desk?"""
    return rules.may_coordinate(user) or rules.is_weaver(user)
