"""The form that asks what becomes of everything below an organisation that ends: all of one
kind at once, or one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.database.valid_time import refuse_backwards
from knooppunt.core.registry.closings import ClosingChoice, ClosingGroup
from knooppunt.core.web.forms import AskedForm
from knooppunt.directory import rules
from knooppunt.directory.actions.closing import Answer, Answers, Below, last_closing
from knooppunt.directory.forms.picking import PickField
from knooppunt.directory.models import Organisation


class DayForm(AskedForm):
    """The last day of an organisation."""

    last_day = forms.DateField(
        label=gettext_lazy("Laatste dag"),
        help_text=gettext_lazy(
            "De laatste dag dat de organisatie er was. Schat die als je hem niet weet."
        ),
    )


@dataclass(frozen=True)
class Asking:
    """One question of the form: its title, and the fields for the choice and for who takes over
    (None without).
    """

    title: str
    choice: Any
    successor: Any


@dataclass(frozen=True)
class AskedGroup:
    """One kind of rows in the form: the question for all at once (None for a single row), and
    those for each.
    """

    group: ClosingGroup
    names: list[str]
    together: Asking | None
    each: list[Asking]

    @property
    def has_errors(self) -> bool:
        """True when something is wrong in one of the single questions."""
        fields = [field for asking in self.each for field in (asking.choice, asking.successor)]
        return any(field is not None and field.errors for field in fields)


class ClosingForm(DayForm):
    """The last day, and a choice for every row that needs one; ``parts`` are the rows that hang
    below.
    """

    def __init__(
        self, *args: Any, user: Any, organisation: Organisation, parts: list[Below], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.organisation, self.parts = user, organisation, parts
        others = Organisation.objects.visible_on(timezone.localdate())
        self.successors = others.exclude(pk=organisation.pk)
        self._names = ""
        for part in parts:
            if part.group.choices is not None:
                self._add_group(part)

    def _add_group(self, part: Below) -> None:
        key, by_row = part.group.key, {}
        for row in part.rows:
            by_row[row.pk] = part.group.choices(row, self.user)  # type: ignore[misc]
        if len(part.rows) > 1:
            shared = _shared(list(by_row.values()))
            label = _("Alle %(number)s") % {"number": len(part.rows)}
            self._add(key, label, shared)
        for row in part.rows:
            self._add(f"{key}-{row.pk}", part.group.describe(row), by_row[row.pk])

    def _add(self, name: str, label: str, choices: list[ClosingChoice]) -> None:
        self.fields[f"choice-{name}"] = forms.ChoiceField(
            label=label,
            required=False,
            choices=[(choice.key, str(choice.label)) for choice in choices],
            widget=forms.RadioSelect,
        )
        if any(choice.takes_successor for choice in choices):
            field = PickField(label=_("Welke organisatie?"), required=False)
            field.rows = self.successors
            # The names to complete from stand once on the page; the other fields point to them.
            if self._names:
                field.widget.attrs["list"] = self._names
            else:
                field.set_rows(self.successors)
                self._names = f"successor-{name}_names"
            self.fields[f"successor-{name}"] = field

    def clean(self) -> dict[str, Any]:
        """Every row has an answer, and who takes something over may be named by this person."""
        cleaned = super().clean()
        last_day = cleaned.get("last_day")
        if last_day:
            try:
                refuse_backwards(self.organisation.since, last_day)
            except forms.ValidationError:
                self.add_error("last_day", _("De organisatie begon pas later."))
            self._check_earlier_closing(last_day)
        for part in self.parts:
            if part.group.choices is not None:
                for row in part.rows:
                    self._check(part, row)
        return cleaned

    def _check_earlier_closing(self, last_day: date) -> None:
        """Another last day than the one of an earlier closing is only for who undoes that one
        first.
        """
        until = self.organisation.until
        if until and until != last_day and last_closing(self.organisation):
            self.add_error(
                "last_day",
                _("Er staat al een laatste dag: %(day)s. Maak dat eerst ongedaan.")
                % {"day": date_format(until, "j F Y")},
            )

    def _check(self, part: Below, row: Any) -> None:
        name = self._name(part.group.key, row)
        choice = self.cleaned_data.get(f"choice-{name}", "")
        choices = {item.key: item for item in part.group.choices(row, self.user)}  # type: ignore[misc]
        field = f"choice-{part.group.key}-{row.pk}"
        if f"choice-{name}" in self.errors:
            return
        if choice not in choices:
            self.add_error(field, _("Kies er één. Weet je het niet? Kies dan ‘Weet ik niet’."))
            return
        if not choices[choice].takes_successor or f"successor-{name}" in self.errors:
            return
        successor = self.cleaned_data.get(f"successor-{name}")
        where = f"successor-{name}"
        if successor is None:
            self.add_error(where, _("Typ de naam van de organisatie die het overneemt."))
        elif not rules.may_change(self.user, successor):
            self.add_error(
                where,
                _(
                    "Je mag niet voor %(name)s spreken. Kies ‘Weet ik niet’; dan vraagt een "
                    "beheerder het na."
                )
                % {"name": successor.name},
            )

    def _name(self, key: str, row: Any) -> str:
        """The fields from which the answer of a row is read: its own, else those for all of its
        kind.
        """
        own = f"{key}-{row.pk}"
        if self.cleaned_data.get(f"choice-{own}") or f"choice-{key}" not in self.fields:
            return own
        return key

    def answers(self) -> Answers:
        """What was chosen for each row."""
        found: Answers = {}
        for part in self.parts:
            for row in part.rows if part.group.choices is not None else ():
                name = self._name(part.group.key, row)
                found[part.group.key, row.pk] = Answer(
                    self.cleaned_data[f"choice-{name}"],
                    self.cleaned_data.get(f"successor-{name}"),
                )
        return found

    @property
    def groups(self) -> list[AskedGroup]:
        """The kinds of rows as the page shows them, with their fields."""
        return [self._asked(part) for part in self.parts]

    def _asked(self, part: Below) -> AskedGroup:
        names = [part.group.describe(row) for row in part.rows]
        if part.group.choices is None:
            return AskedGroup(part.group, names, None, [])
        key = part.group.key
        together = self._asking(key) if f"choice-{key}" in self.fields else None
        return AskedGroup(
            part.group, names, together, [self._asking(f"{key}-{row.pk}") for row in part.rows]
        )

    def _asking(self, name: str) -> Asking:
        successor = f"successor-{name}"
        return Asking(
            str(self.fields[f"choice-{name}"].label),
            self[f"choice-{name}"],
            self[successor] if successor in self.fields else None,
        )


def _shared(lists: list[list[ClosingChoice]]) -> list[ClosingChoice]:
    """The choices that every row has, with the words of the first."""
    keys = set.intersection(*({choice.key for choice in choices} for choices in lists))
    return [choice for choice in lists[0] if choice.key in keys]
