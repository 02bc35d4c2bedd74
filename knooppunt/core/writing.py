"""Fills a record with what was said, saves it, and leaves a line in the trail: the way every simple change is written."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from knooppunt.core import trail
from knooppunt.core.trail import Actor
from knooppunt.kit.text import slugify


def write(actor: Actor, record: models.Model, values: dict[str, Any], verb: str = "", hidden: bool = False) -> Any:
    """Give a record values by field name, save it, and tell the trail what changed; a new one is told by its name.

    Where nothing changes nothing is written. ``hidden`` keeps the values out of the trail. Raises ValidationError when
    the database refuses it: it is there already, or does not agree with what is there.
    """
    is_new = record._state.adding
    many = {field.name for field in record._meta.many_to_many}
    plain = {name: value for name, value in values.items() if name not in many}
    changes = {name: (None if is_new else getattr(record, name), value) for name, value in plain.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    try:
        with transaction.atomic():
            for name, value in plain.items():
                setattr(record, name, value)
            if is_new or changes:
                record.save()
            for name in many & set(values):
                before = set() if is_new else set(getattr(record, name).all())
                if before != set(values[name]):
                    getattr(record, name).set(values[name])
                    changes[name] = (sorted(map(str, before)), sorted(map(str, values[name])))
            if is_new or changes:
                told = {} if is_new or hidden else changes
                trail.record(actor, verb or ("create" if is_new else "change"), record, told)
    except IntegrityError as problem:
        raise ValidationError(_("Dit staat er al, of het past niet bij wat er staat.")) from problem
    return record


def remove(actor: Actor, record: models.Model, verb: str = "remove") -> None:
    """Take a record away, with a line in the trail that says so."""
    with transaction.atomic():
        trail.record(actor, verb, record)
        record.delete()


def free_slug(model: type[models.Model], text: str, longest: int = 60) -> str:
    """An address part from a name that no other record of the model has; a number is added when it must."""
    wanted = slugify(text, longest)
    rows = model._base_manager.filter(slug__startswith=wanted)
    taken = set(rows.values_list("slug", flat=True))
    number = next(number for number in range(1, len(taken) + 2) if _numbered(wanted, number) not in taken)
    return _numbered(wanted, number)


def _numbered(slug: str, number: int) -> str:
    return slug if number == 1 else f"{slug}-{number}"
