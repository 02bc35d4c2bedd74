"""The forms that say how a list is read: its sheet and columns, and what its words mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.models import ImportSource, ImportWord
from knooppunt.core.registry.list_kinds import Choices, ListKind, WordQuestion
from knooppunt.kit.table_overview import SheetOverview

LONGEST_HEADING, MOST_NAMES = 100, 500
MEANS = ImportWord.Answer.MEANS.value


class StructureForm(forms.Form):
    """Which sheet and which row of headings are read, and as the lists of which source."""

    source = forms.ModelChoiceField(
        ImportSource.objects.none(),
        label=gettext_lazy("Lezen zoals de lijst"),
        empty_label=gettext_lazy("een nieuwe lijst"),
        required=False,
    )
    sheet = forms.ChoiceField(
        label=gettext_lazy("Blad"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Kies één van de bladen.")},
    )
    header_row = forms.TypedChoiceField(
        label=gettext_lazy("Op welke regel staan de namen van de kolommen?"),
        coerce=int,
        empty_value="",
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Kies één van de regels.")},
    )

    def __init__(
        self,
        *args: Any,
        sheets: list[SheetOverview],
        sources: QuerySet[ImportSource],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]
        fields: Any = self.fields
        every = ", ".join(sheet.name for sheet in sheets if sheet.is_read)
        fields["sheet"].choices = [
            ("", _("%(names)s, en elk blad met dezelfde kolommen") % {"names": every}),
            *((sheet.name, _("alleen %(name)s") % {"name": sheet.name}) for sheet in sheets),
        ]
        if len(sheets) < 2:
            del fields["sheet"]
        fields["header_row"].choices = [
            ("", _("herken het zelf")),
            *_heading_choices(sheets),
        ]


def _heading_choices(sheets: list[SheetOverview]) -> Iterator[tuple[str, str]]:
    """The first rows of the sheet that is read, each with its line and its cells."""
    main = next((sheet for sheet in sheets if sheet.is_read), None)
    for row in main.first if main else ():
        cells = ", ".join(cell for cell in row.cells if cell)[:LONGEST_HEADING]
        yield str(row.line), _("regel %(line)s: %(cells)s") % {"line": row.line, "cells": cells}


class MappingForm(forms.Form):
    """Which column is which field of a kind of list."""

    def __init__(
        self,
        *args: Any,
        kind: ListKind,
        header: list[str],
        mapping: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.header = header
        choices = [
            ("", _("bewaren zonder veld")),
            *((name, kind.field_label(name)) for name in kind.columns.fields),
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


@dataclass(frozen=True)
class WordAnswer:
    """What somebody answered of a word of a field.

    An empty ``answer`` takes an earlier one back.
    """

    field: str
    word: str
    answer: str
    meaning: str = ""


class WordsForm(forms.Form):
    """What the words of a list mean here: a term of ours, nothing, or no more than text.

    ``asked`` holds for each word its field, how many rows have it and what it probably means, and
    what was answered before, if anything was.
    """

    def __init__(
        self, *args: Any, asked: list[dict[str, Any]], kind: ListKind, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.asked = [word for word in asked if word["field"] in kind.questions]
        terms = {name: kind.questions[name].terms() for name in self._fields_asked()}
        for number, word in enumerate(self.asked):
            question = kind.questions[word["field"]]
            choices = terms[word["field"]]
            if question.named and word.get("name"):
                choices = [(word["name"], question.called(word["name"]))]
            self.fields[f"answer_{number}"] = forms.ChoiceField(
                label=word["word"],
                choices=_answers(question, choices),
                required=False,
                initial=word.get("answer", ""),
            )
            if question.named:
                self.fields[f"name_{number}"] = forms.CharField(
                    label=_("Naam bij ons"),
                    required=False,
                    max_length=200,
                    widget=forms.TextInput(attrs={"list": f"names-{word['field']}"}),
                )

    def _fields_asked(self) -> list[str]:
        return list(dict.fromkeys(word["field"] for word in self.asked))

    def suggestions(self) -> Iterator[tuple[str, list[str]]]:
        """The names to choose from, for each field whose words are names in the register."""
        for name in self._fields_asked():
            question = self.kind.questions[name]
            if question.named:
                yield name, list(question.names())[:MOST_NAMES]

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each word with what is known of it and the fields to answer in."""
        for number, word in enumerate(self.asked):
            name = self[f"name_{number}"] if f"name_{number}" in self.fields else None
            yield word | {
                "label": self.kind.field_label(word["field"]),
                "choice": self[f"answer_{number}"],
                "name": name,
            }

    def clean(self) -> dict[str, Any]:
        """A name must be that of one record."""
        self.meanings: dict[int, str] = {}
        for number, word in enumerate(self.asked):
            named, name = (
                self.kind.questions[word["field"]].named,
                self.cleaned_data.get(f"name_{number}", ""),
            )
            if not named or not name:
                continue
            slugs = named(name)
            if len(slugs) == 1:
                self.meanings[number] = slugs[0]
            elif slugs:
                problem = _("Er zijn er meer die zo heten. Typ welke: %(slugs)s.")
                self.add_error(f"name_{number}", problem % {"slugs": ", ".join(slugs)})
            else:
                problem = _("“%(name)s” staat niet in het register.")
                self.add_error(f"name_{number}", problem % {"name": name})
        return self.cleaned_data

    def answers(self) -> Iterator[WordAnswer]:
        """Every answer that differs from what was answered before."""
        for number, word in enumerate(self.asked):
            chosen = self.cleaned_data[f"answer_{number}"]
            if number in self.meanings:
                chosen = f"={self.meanings[number]}"
            if chosen == word.get("answer", ""):
                continue
            is_ours = chosen.startswith("=")
            yield WordAnswer(
                word["field"],
                word["word"],
                MEANS if is_ours else chosen,
                chosen[1:] if is_ours else "",
            )


def _answers(question: WordQuestion, terms: Choices) -> list[Any]:
    """The answers from which one is chosen."""
    others = [ImportWord.Answer.SKIP, ImportWord.Answer.TEXT]
    if question.may_be_new:
        others.insert(0, ImportWord.Answer.NEW)
    choices: list[Any] = [("", _("nog niet beantwoord"))]
    choices += [(answer.value, str(answer.label)) for answer in others]
    if terms:
        choices.append((_("Bij ons"), [(f"={value}", label) for value, label in terms]))
    return choices
