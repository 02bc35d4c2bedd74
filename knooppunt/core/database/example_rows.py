"""What the example invented: each row remembers it, so that pages, lists and exports can say so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models
from django.utils.translation import gettext_lazy as _

_inventing: ContextVar[bool] = ContextVar("inventing", default=False)


@contextmanager
def inventing(is_invented: bool = True) -> Iterator[None]:
    """Mark every row that is made inside as invented, or inside such a block as a real fact."""
    before = _inventing.set(is_invented)
    try:
        yield
    finally:
        _inventing.reset(before)


def is_inventing() -> bool:
    """True while a loader of the example makes invented rows."""
    return _inventing.get()


class ExampleMark(models.Model):
    """A record that may be invented for the example; set when it is made, by the loaders alone."""

    is_example = models.BooleanField(_("voorbeeld"), default=is_inventing, editable=False)

    class Meta:
        abstract = True
