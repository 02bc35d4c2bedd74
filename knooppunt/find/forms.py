"""What a coordinator types to teach the search a word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knooppunt.find.vocabulary import choices
from knooppunt.kit.text import clean, without_markup


class WordForm(forms.Form):
    """A word that people here use, and what it means."""

    word = forms.CharField(
        label=_("Woord of paar woorden"), max_length=60, help_text=_("Zoals mensen het hier zeggen, in welke taal ook.")
    )
    concept = forms.ChoiceField(label=_("Betekent"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concept"].choices = choices()  # type: ignore[attr-defined]

    def clean_word(self) -> str:
        """The word without markup and invisible signs."""
        return clean(without_markup(self.cleaned_data["word"]))
