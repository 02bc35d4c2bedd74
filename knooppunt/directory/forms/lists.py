"""The forms with which a list is read in: the file, its sheet and columns, and what its words mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.models import ImportSource, ImportWord
from knooppunt.directory.forms.areas import labelled
from knooppunt.directory.importing.codes import field_label
from knooppunt.directory.importing.columns import FIELDS
from knooppunt.directory.importing.sources import KIND
from knooppunt.directory.importing.words import LANGUAGES
from knooppunt.directory.languages import language_name
from knooppunt.directory.models import Area, Kind, Organisation, Theme
from knooppunt.kit.table_overview import SheetOverview
from knooppunt.kit.text import normalise

Choices = list[tuple[str, str]]
LONGEST_HEADING = 100


class UploadForm(forms.Form):
    """A list to read in, and the source whose earlier lists it resembles."""

    file = forms.FileField(label=gettext_lazy("Lijst (CSV of XLSX)"))
    source = forms.ModelChoiceField(
        ImportSource.objects.none(),
        label=gettext_lazy("Lees hem zoals een eerdere lijst"),
        empty_label=gettext_lazy("herken het zelf"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = ImportSource.objects.filter(kind=KIND)
        if sources:
            self.fields["source"].queryset = sources  # type: ignore[attr-defined]
        else:
            del self.fields["source"]


class StructureForm(forms.Form):
    """Which sheet and which row of headings are read, and as the lists of which source."""

    source = forms.ModelChoiceField(
        ImportSource.objects.none(),
        label=gettext_lazy("Lezen zoals de lijst"),
        empty_label=gettext_lazy("een nieuwe lijst"),
        required=False,
    )
    sheet = forms.ChoiceField(label=gettext_lazy("Blad"), required=False)
    header_row = forms.TypedChoiceField(
        label=gettext_lazy("Op welke regel staan de namen van de kolommen?"),
        coerce=int,
        empty_value="",
        required=False,
    )

    def __init__(self, *args: Any, sheets: list[SheetOverview], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = ImportSource.objects.filter(kind=KIND)  # type: ignore[attr-defined]
        fields: Any = self.fields
        every = ", ".join(one.name for one in sheets if one.is_read)
        fields["sheet"].choices = [
            ("", _("%(names)s, en elk blad met dezelfde kolommen") % {"names": every}),
            *((one.name, _("alleen %(name)s") % {"name": one.name}) for one in sheets),
        ]
        if len(sheets) < 2:
            del fields["sheet"]
        fields["header_row"].choices = [
            ("", _("herken het zelf")),
            *_heading_choices(sheets),
        ]


def _heading_choices(sheets: list[SheetOverview]) -> Iterator[tuple[str, str]]:
    """The first rows of the sheet that is read, each with its line and its cells."""
    main = next((one for one in sheets if one.is_read), None)
    for row in main.first if main else ():
        cells = ", ".join(cell for cell in row.cells if cell)[:LONGEST_HEADING]
        yield str(row.line), _("regel %(line)s: %(cells)s") % {"line": row.line, "cells": cells}


class MappingForm(forms.Form):
    """Which column is which field."""

    def __init__(
        self,
        *args: Any,
        header: list[str],
        mapping: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.header = header
        choices = [
            ("", _("bewaren zonder veld")),
            *((name, field_label(name)) for name in FIELDS),
        ]
        for number, name in enumerate(header):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=name or "?", choices=choices, required=False, initial=mapping.get(name, "")
            )

    def mapping(self) -> dict[str, str]:
        """Column name to field."""
        return {
            name: self.cleaned_data[f"column_{number}"] for number, name in enumerate(self.header)
        }


class WordsForm(forms.Form):
    """What the words of a list mean here: a term of ours, nothing, or no more than text.

    ``asked`` holds for each word its field, how many rows have it and what it probably means.
    """

    def __init__(
        self, *args: Any, asked: list[dict[str, Any]], terms: dict[str, Choices], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [one for one in asked if one["field"] in terms or one["field"] in NAMED]
        for number, one in enumerate(self.asked):
            self.fields[f"answer_{number}"] = forms.ChoiceField(
                label=one["word"],
                choices=_answers(one["field"], terms.get(one["field"], [])),
                required=False,
                initial=one.get("answer", ""),
            )
            if one["field"] in NAMED:
                self.fields[f"name_{number}"] = forms.CharField(
                    label=_("Naam bij ons"),
                    required=False,
                    max_length=200,
                    initial=one.get("name", ""),
                    widget=forms.TextInput(attrs={"list": f"names-{one['field']}"}),
                )

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each word with what is known of it and the fields to answer in."""
        for number, one in enumerate(self.asked):
            name = self[f"name_{number}"] if f"name_{number}" in self.fields else None
            yield one | {
                "label": field_label(one["field"]),
                "choice": self[f"answer_{number}"],
                "name": name,
            }

    def clean(self) -> dict[str, Any]:
        """A name must be one of the register."""
        for number, one in enumerate(self.asked):
            name = self.cleaned_data.get(f"name_{number}", "")
            if name and not NAMED[one["field"]](name):
                self.add_error(
                    f"name_{number}", _("“%(name)s” staat niet in het register.") % {"name": name}
                )
        return self.cleaned_data

    def answers(self) -> Iterator[tuple[str, str, str, str]]:
        """Every answer that was given: field, word, kind of answer and meaning."""
        for number, one in enumerate(self.asked):
            chosen = self.cleaned_data[f"answer_{number}"]
            name = self.cleaned_data.get(f"name_{number}", "")
            if name:
                yield one["field"], one["word"], MEANS, NAMED[one["field"]](name)
            elif chosen.startswith("="):
                yield one["field"], one["word"], MEANS, chosen[1:]
            elif chosen:
                yield one["field"], one["word"], chosen, ""


MEANS = ImportWord.Answer.MEANS.value


def _answers(name: str, terms: Choices) -> list[Any]:
    """The answers from which one is chosen."""
    others = [ImportWord.Answer.SKIP, ImportWord.Answer.TEXT]
    if name in NAMED:
        others.insert(0, ImportWord.Answer.NEW)
    choices: list[Any] = [("", _("nog niet beantwoord"))]
    choices += [(one.value, str(one.label)) for one in others]
    if terms:
        choices.append((_("Bij ons"), [(f"={value}", label) for value, label in terms]))
    return choices


def _network(name: str) -> str:
    """The slug of the network with a name; empty when there is none."""
    rows = Organisation.objects.networks()
    row = rows.filter(name_key=normalise(name)).first() or rows.filter(slug=name).first()
    return row.slug if row else ""


# Fields whose words are names in the register, each with what gives the slug of a name.
NAMED = {"networks": _network}


def own_terms() -> dict[str, Choices]:
    """The terms of this coalition by field, as choices."""
    return {
        "kind": [(one.slug, str(one)) for one in Kind.objects.filter(is_used=True)],
        "themes": [(one.slug, str(one)) for one in Theme.objects.filter(is_used=True)],
        "area": [(area.slug, labelled(area)) for area in Area.objects.order_by("name")],
        "role": [(value, str(label)) for value, label in Organisation.Role.choices],
        "languages": [(code, language_name(code)) for code in LANGUAGES],
    }
