"""How what was written down is corrected, marked as a mistake and put back: one way for every
kind of dated record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.audit.mistakes import Correctable
from knooppunt.core.audit.saving import save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.core.labels import Label
from knooppunt.core.registry import modules

FEW = 3


def _nothing(_record: Any) -> str:
    return ""


def _nowhere(_record: Any) -> Any:
    return None


def _save(actor: Actor, record: Any, values: dict[str, Any]) -> None:
    save_with_audit(actor, record, values, "correct")


def _stays(_actor: Actor, _record: Any) -> None:
    pass


@dataclass(frozen=True)
class Correction:
    """One kind of record that can be corrected or marked as a mistake.

    ``kind`` stands in the address, ``title`` says what it is. ``page`` names the field with the
    record on whose page it stands; without one it has a page of its own. ``form`` makes the form
    from what was sent and the record, and ``change`` saves it, by writing down what was filled in
    unless said otherwise; without a form it is changed elsewhere. ``follow`` brings in line what is
    kept elsewhere after it was put back. ``is_private`` says that its words stand on no page but
    its own, and ``back`` gives the address to go to afterwards, where that is not the page on which
    it stands. ``refusal`` says why this one is not corrected here, or nothing, and ``origin`` gives
    the record at which it is corrected instead.
    """

    kind: str
    model: Any
    title: Label
    may_see: Callable[[Any, Any], bool]
    may: Callable[[Any, Any], bool]
    page: str = ""
    form: Callable[[Any, Any], Any] | None = None
    change: Callable[[Actor, Any, dict[str, Any]], Any] = _save
    follow: Callable[[Actor, Any], None] = _stays
    refusal: Callable[[Any], str] = _nothing
    origin: Callable[[Any], Any] = _nowhere
    is_private: bool = False
    back: Callable[[Any], str] | None = None

    def address(self, record: Any) -> str:
        """Where one goes after correcting it."""
        return self.back(record) if self.back else str(self.home(record).get_absolute_url())

    def home(self, record: Any) -> Any:
        """The record on whose page it stands: another one, or itself."""
        page = record
        for name in self.page.split("__") if self.page else ():
            page = getattr(page, name)
        return page or record

    def stands_on(self, model: type[models.Model]) -> bool:
        """True for a kind that stands on the pages of a table."""
        there: Any = self.model
        for name in self.page.split("__") if self.page else ():
            there = there._meta.get_field(name).related_model
        return bool(self.page) and there is model


def form_of(kind: Any) -> Callable[[Any, Any], Any]:
    """What makes a form of a kind from what was sent and the record."""
    return lambda data, record: kind(data, instance=record)


def every() -> Iterator[Correction]:
    """All kinds of the modules that are on."""
    yield from modules.gathered("corrections")


def of_kind(kind: str) -> Correction | None:
    """The kind with this name in the address."""
    return next((correction for correction in every() if correction.kind == kind), None)


def of_record(record: models.Model) -> Correction | None:
    """The kind of a record; None for one that is not corrected in this way."""
    return next((correction for correction in every() if correction.model is type(record)), None)


def model_of(target: str) -> Any:
    """The table that the trail names like this; None for one that is not corrected in this way."""
    models_of = (correction.model for correction in every())
    return next((model for model in models_of if model._meta.model_name == target), None)


def mistakes_on(page: models.Model) -> list[tuple[Correction, Any]]:
    """The struck records that stood on the page of a record, the latest first."""
    rows = []
    for correction in every():
        if correction.stands_on(type(page)):
            struck = correction.model.with_mistakes.filter(mistake_on__isnull=False)
            rows += [(correction, row) for row in struck.filter(**{correction.page: page})]
    return sorted(rows, key=lambda pair: (pair[1].mistake_on, pair[1].pk), reverse=True)


def mistakes_of(correction: Correction) -> Any:
    """The struck records of a kind with pages of their own, the latest first."""
    rows = correction.model.with_mistakes.filter(mistake_on__isnull=False)
    return rows.order_by("-mistake_on", "-pk")


def strike(actor: Actor, correction: Correction, record: Correctable, reason: str) -> None:
    """Mark a record as a mistake of today.

    Raises ValidationError without a reason, or while others lean on it.
    """
    if not reason:
        raise ValidationError({"reason": _("Schrijf op wat er niet klopte.")})
    _refuse(correction, record)
    others = leaning(record)
    if others:
        names = "; ".join(dict.fromkeys(_name(actor, row) for row in others))
        raise ValidationError(
            _("Hier hangt nog iets aan: %(names)s. Verbeter dat eerst, of streep het ook door.")
            % {"names": names}
        )
    save_with_audit(
        actor, record, {"mistake_on": timezone.localdate(), "mistake_reason": reason}, "strike"
    )


def put_back(actor: Actor, correction: Correction, record: Correctable) -> None:
    """Let a struck record count again.

    Raises ValidationError when the same was written down anew.
    """
    _refuse(correction, record)
    with transaction.atomic():
        save_with_audit(actor, record, {"mistake_on": None, "mistake_reason": ""}, "put_back")
        correction.follow(actor, record)


def change(actor: Actor, correction: Correction, record: Any, values: dict[str, Any]) -> None:
    """Correct a record; the trail keeps the old values.

    Raises ValidationError for what cannot be.
    """
    _refuse(correction, record)
    with transaction.atomic():
        correction.change(actor, record, values)


def _refuse(correction: Correction, record: Any) -> None:
    refusal = correction.refusal(record)
    if refusal:
        raise ValidationError(refusal)


def _name(actor: Actor, record: models.Model) -> str:
    """What a record says, for who may see it; else only what kind of thing it is."""
    correction = of_record(record)
    if (
        correction
        and not correction.is_private
        and (actor.user is None or correction.may_see(actor.user, record))
    ):
        return str(record)
    return str(record._meta.verbose_name)


def leaning(record: models.Model) -> list[models.Model]:
    """A few of the records that point to this one and go on without it, such as the decisions
    of a meeting.
    """
    rows: list[models.Model] = []
    for relation in record._meta.related_objects:
        model: Any = relation.related_model
        if relation.on_delete not in (models.SET_NULL, models.PROTECT):
            continue
        if relation.field.name in getattr(model, "stands_with", ()):
            continue
        rows += model._default_manager.filter(**{relation.field.name: record})[:FEW]
    return rows[:FEW]
