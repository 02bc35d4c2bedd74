"""Fills a record with what was said, saves it, and leaves a line in the trail: the way every
simple change is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.kit.text import slugify

PAGES = ("nieuw", "onderwerp", "wie-spreekt", "intrekken", "reactie")


def save_with_audit(
    actor: Actor, record: models.Model, values: dict[str, Any], verb: str = "", hidden: bool = False
) -> Any:
    """Give a record values by field name, save it, and tell the trail what changed; a new one is
    told by its name.

    Where nothing changes nothing is written. ``hidden`` keeps the values out of the trail. Raises
    ValidationError when the database refuses it: it is there already, or does not agree with what
    is there.
    """
    is_new = record._state.adding
    many = {field.name for field in record._meta.many_to_many}
    plain = {name: value for name, value in values.items() if name not in many}
    changes = {
        name: (None if is_new else getattr(record, name), value) for name, value in plain.items()
    }
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


def delete_with_audit(actor: Actor, record: models.Model, verb: str = "remove") -> None:
    """Take a record away, with a line in the trail that says so."""
    with transaction.atomic():
        trail.record(actor, verb, record)
        record.delete()


class Slugs:
    """Hands out address parts that nobody has yet; a batch asks the database once."""

    def __init__(
        self, model: type[models.Model], names: Iterable[str] = (), everything: bool = False
    ) -> None:
        rows = model._default_manager.values_list("slug", flat=True)
        if not everything:
            condition = models.Q(pk__in=())
            for name in names:
                condition |= models.Q(slug__startswith=slugify(name))
            rows = rows.filter(condition)
        self._taken = set(rows)
        self._next: dict[str, int] = {}

    def is_free(self, slug: str) -> bool:
        """True if nobody has this address part; then it is given away."""
        if slug in self._taken:
            return False
        self._taken.add(slug)
        return True

    def give(self, name: str) -> str:
        """A free slug for a name: the plain one, else with the first free number behind it."""
        plain = slugify(name)
        slug, number = plain, self._next.get(plain, 2)
        while slug in self._taken:
            slug, number = f"{plain}-{number}", number + 1
        self._next[plain] = number
        self._taken.add(slug)
        return slug


def free_slug(model: type[models.Model], name: str) -> str:
    """An address part for one new record.

    What stands in its place in an address of the site is nobody's.
    """
    slugs = Slugs(model, [name])
    for word in PAGES:
        slugs.is_free(word)
    return slugs.give(name)
