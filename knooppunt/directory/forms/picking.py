"""A field in which a record is named: while typing its names are offered, and an unclear name
is asked once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from knooppunt.kit.text import clean, nearest, normalise, without_markup

NEW = "+"
MOST_NAMES, MOST_CHOICES = 500, 12


@dataclass(frozen=True)
class NewName:
    """A name that is not in the register yet, and is to be added."""

    name: str


class PickWidget(forms.TextInput):
    """A text field with the names below it, and the choices as radio buttons once a name was
    unclear.
    """

    template_name = "directory/parts/pick.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.names: list[str] = []
        self.choices: list[tuple[str, str]] = []

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was typed, and which of the choices that belong to it was taken."""
        typed = data.get(name, "")
        picked = data.get(f"{name}_pick", "") if data.get(f"{name}_for", "") == typed else ""
        return [typed, picked]

    def format_value(self, value: Any) -> str:
        """The typed text."""
        return str(value[0] if isinstance(value, list) else value or "")

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """What the template needs besides: names to complete from, and the choices."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        if self.names:
            context["widget"]["attrs"]["list"] = f"{name}_names"
        return context | {"names": self.names, "choices": self.choices}


class PickField(forms.Field):
    """A record by its name.

    An exact name goes through; else the names that come near are asked as a choice. ``rows`` are
    the records that may be chosen. With ``may_add`` a name that is not there can be taken as a
    NewName.
    """

    widget = PickWidget

    def __init__(self, rows: Any = None, may_add: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.may_add = may_add
        self.rows: Any = None
        if rows is not None:
            self.set_rows(rows)

    def set_rows(self, rows: Any) -> None:
        """Choose from these records; their names are offered while typing."""
        self.rows = rows.exclude(state="merged")
        names = self.rows.order_by("name_key").values_list("name", flat=True)
        widget: Any = self.widget
        widget.names = list(names[:MOST_NAMES])

    def clean(self, value: Any) -> Any:
        """The record, a NewName, or None when nothing was typed."""
        typed, picked = value if isinstance(value, list) else [value, ""]
        typed = clean(without_markup(str(typed or "")))[:200]
        if not typed:
            return super().clean(None)
        if picked == NEW and self.may_add:
            return NewName(typed)
        if picked:
            record = self.rows.filter(slug=picked).first()
            if record:
                return record
        same = list(self.rows.filter(name_key=normalise(typed)[:200])[:MOST_CHOICES])
        if len(same) == 1:
            return same[0]
        return self._ask(typed, same)

    def _ask(self, typed: str, same: list[Any]) -> None:
        """Refuse an unclear name, and offer what comes near it. Raises ValidationError."""
        near = same or self._near(typed)
        choices = [(record.slug, _described(record)) for record in near]
        if self.may_add:
            choices.append((NEW, _("Nieuw: voeg “%(name)s” toe") % {"name": typed}))
        widget: Any = self.widget
        widget.choices = choices
        if not choices:
            raise forms.ValidationError(
                _("“%(name)s” staat niet in het register.") % {"name": typed}
            )
        raise forms.ValidationError(_("Welke bedoel je? Kies hieronder."))

    def _near(self, typed: str) -> list[Any]:
        """The records with all typed words in their name, else with the name that comes nearest."""
        rows = self.rows
        for word in normalise(typed).split()[:8]:
            rows = rows.filter(name_key__contains=word)
        near = list(rows.order_by("name_key")[:MOST_CHOICES])
        if near:
            return near
        close = nearest(typed, self.rows.values_list("name", flat=True)[:5000], at_least=60)
        return list(self.rows.filter(name=close)[:MOST_CHOICES]) if close else []


def _described(record: Any) -> str:
    """A record with what tells it from one of the same name."""
    where = getattr(record, "address", "") or ", ".join(map(str, record.areas.all()))
    return f"{record.name} ({where})" if where else record.name
