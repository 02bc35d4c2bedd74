"""Who may do what: residents signal, hosts sign and raise points, weavers and delegates keep
those of their wijk, coordinators all.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from knooppunt.decisions.rules import is_delegate, is_inside, may_convene, represented
from knooppunt.directory import rules
from knooppunt.directory.models import Organisation
from knooppunt.voice.models import (
    Agreement,
    Amendment,
    Clause,
    ClauseState,
    Commitment,
    CoSignature,
    Cut,
    Document,
    Dossier,
    Entry,
    Hearing,
    Hit,
    Landing,
    LedgerLine,
    Moment,
    PaperSupport,
    Point,
    Response,
    Signal,
    StatusEntry,
    YearAction,
)

__all__ = ["is_delegate", "is_inside", "may_convene", "represented"]


def changeable_points(user: Any) -> Any:
    """The points that somebody may change: coordinators all; weavers those of their wijken; who
    put one in, as long as she keeps anything.
    """
    return _own(user, Point.objects.all())


def _own(user: Any, rows: Any) -> Any:
    """Those of some points that somebody may change."""
    if not user.is_authenticated:
        return rows.none()
    if rules.may_coordinate(user):
        return rows
    # A host keeps her point until it is shared; from then on others have signed what it says.
    mine = (
        Q(entered_by=user)
        if may_convene(user)
        else Q(entered_by=user, is_public=False)
        if is_inside(user)
        else Q(pk__in=())
    )
    areas = rules.woven_areas(user)
    if areas:
        mine |= Q(pk__in=Point.with_mistakes.in_areas(areas).values("pk"))
    if is_delegate(user):
        mine |= Q(pk__in=Hearing.objects.filter(speaker__user=user).values("point"))
    return rows.filter(mine).distinct()


def may_change_point(user: Any, point: Point) -> bool:
    """May she change this point, and write down its steps?"""
    return _own(user, Point.with_mistakes.filter(pk=point.pk)).exists()


def may_erase_from_point(user: Any, point: Point) -> bool:
    """May she erase a story for good? Not who only weaves a part of it or speaks for it.

    Coordinators, who put the point in, and weavers when all its wijken are theirs.
    """
    if rules.may_coordinate(user):
        return True
    if not may_change_point(user, point):
        return False
    areas = set(point.areas.values_list("pk", flat=True))
    return point.entered_by_id == user.pk or (bool(areas) and areas <= rules.woven_areas(user))


def may_see_point(user: Any, point: Point) -> bool:
    """May she see it? A public one everybody; a draft or a mistake who may change it."""
    shown = point.is_public and not point.is_mistake
    return shown or may_change_point(user, point)


def may_share(user: Any, point: Point) -> bool:
    """May she make a draft public? Whoever convenes and may change it; a host asks her weaver."""
    return may_convene(user) and may_change_point(user, point)


def readable_signals(user: Any, rows: Any = None) -> Any:
    """The signals that she may read: a coordinator all, a weaver those of her wijken and of no
    wijk, others what they wrote down.

    ``rows`` may hold those that are struck too.
    """
    rows = Signal.objects.all() if rows is None else rows
    if rules.may_coordinate(user):
        return rows
    areas = rules.woven_areas(user) if may_convene(user) else set()
    own = Q(entered_by=user) if may_convene(user) else Q(pk__in=())
    return (
        rows.filter(own | Q(area__in=areas) | Q(area__isnull=True)) if areas else rows.filter(own)
    )


def may_correct_signal(user: Any, signal: Signal) -> bool:
    """May she correct it or mark it as a mistake? Who may read it."""
    own = Signal.with_mistakes.filter(pk=signal.pk)
    return may_read_signals(user) and readable_signals(user, own).exists()


def may_erase_signal(user: Any, signal: Signal) -> bool:
    """May she erase it for good? A coordinator all; a weaver those of her wijken and what she
    wrote down herself.
    """
    if rules.may_coordinate(user):
        return True
    if not may_convene(user):
        return False
    return signal.entered_by_id == user.pk or signal.area_id in rules.woven_areas(user)


def may_raise(user: Any) -> bool:
    """May she raise a point? Everybody who keeps anything."""
    return is_inside(user)


def signable(user: Any, point: Point) -> Any:
    """The organisations for which she can sign this point today and that did not."""
    standing = point.signatures.filter(withdrawn_on__isnull=True).values("organisation")
    return (
        represented(user)
        .visible_on(timezone.localdate())
        .exclude(role="institution")
        .exclude(pk__in=standing)
    )


def may_withdraw(user: Any, organisation: Organisation) -> bool:
    """May she take the signature of an organisation back? Who represents it today, and
    coordinators.
    """
    return rules.may_coordinate(user) or rules.represents(user, organisation)


def may_read_signals(user: Any) -> bool:
    """May she read what residents brought up? Who convenes."""
    return may_convene(user)


def may_keep(user: Any, thing: Commitment | Agreement | Dossier | Document) -> bool:
    """May she change it? Coordinators, who put it in, and of a point or wijk of hers."""
    if rules.may_coordinate(user):
        return True
    if not may_convene(user):
        return False
    if thing.entered_by_id == user.pk:
        return True
    areas = rules.woven_areas(user)
    if isinstance(thing, Commitment) and thing.point and may_change_point(user, thing.point):
        return True
    return (
        isinstance(thing, Commitment | Agreement)
        and bool(areas)
        and thing.areas.filter(pk__in=areas).exists()
    )


def may_see(user: Any, thing: Commitment | Agreement | Dossier | Document) -> bool:
    """May she see it? What is public everybody; the rest who keeps anything; a mistake who may
    change it.
    """
    if isinstance(thing, Commitment) and thing.is_mistake:
        return may_keep(user, thing)
    return thing.is_public or is_inside(user)


def may_change_cut(user: Any, cut: Cut) -> bool:
    """May she change what stands about a threat? Who may change its point."""
    return may_change_point(user, cut.point)


def home(record: Any) -> Any:
    """The point, commitment, agreement or dossier by which one may correct a record."""
    match record:
        case LedgerLine() | Moment() | Hit():
            return record.cut.point
        case StatusEntry() | Response():
            return record.commitment
        case ClauseState() | Landing():
            return record.clause.agreement
        case Clause() | YearAction() | Amendment():
            return record.agreement
        case Entry():
            return record.dossier
        case Point() | Commitment():
            return record
        case _:
            return record.point


def may_correct(user: Any, record: Any) -> bool:
    """May she correct it or mark it as a mistake? Who may change the page on which it stands.

    Signatures on paper are kept by who may share the point.
    """
    page = home(record)
    if isinstance(record, CoSignature | PaperSupport):
        return may_share(user, page)
    return may_change_point(user, page) if isinstance(page, Point) else may_keep(user, page)


def may_see_correctable(user: Any, record: Any) -> bool:
    """May she see it? Who may see the page on which it stands; what is struck, who may correct
    it.
    """
    if record.is_mistake:
        return may_correct(user, record)
    page = home(record)
    return may_see_point(user, page) if isinstance(page, Point) else may_see(user, page)


def may_amend(user: Any, agreement: Agreement) -> bool:
    """May she propose another text for a clause? Every member, while it is not signed."""
    return agreement.signed_on is None and is_inside(user)
