"""What people type beside the search: a word that a coordinator teaches it, and a search that
should come by mail.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.web.forms import PublicForm
from knooppunt.directory.models import Area, Place, Theme
from knooppunt.find.vocabulary import choices
from knooppunt.kit.language.danger import danger_in
from knooppunt.kit.text import clean, normalise, without_markup


class WordForm(forms.Form):
    """A word that people here use, and what it means."""

    word = forms.CharField(
        label=_("Woord of paar woorden"),
        max_length=60,
        help_text=_("Zoals mensen het hier zeggen, in welke taal ook."),
    )
    concept = forms.ChoiceField(label=_("Betekent"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concept"].choices = choices()  # type: ignore[attr-defined]

    def clean_word(self) -> str:
        """The word without markup and invisible signs."""
        return clean(without_markup(self.cleaned_data["word"]))


class SavedForm(PublicForm):
    """What somebody wants to hear about by mail."""

    address = forms.EmailField(
        label=_("Je mailadres"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    area = forms.ModelChoiceField(
        Area.objects.none(),
        label=_("In welke wijk?"),
        required=False,
        empty_label=_("overal"),
        to_field_name="slug",
    )
    near = forms.CharField(
        label=_("Of rond een plek"),
        max_length=200,
        required=False,
        help_text=_("De naam van een plek uit het register, bijvoorbeeld een buurthuis."),
    )
    metres = forms.TypedChoiceField(
        label=_("Hoe ver daaromheen?"),
        coerce=int,
        required=False,
        empty_value="1000",
        choices=[(500, _("500 meter")), (1000, _("1 kilometer")), (2000, _("2 kilometer"))],
        initial=1000,
    )
    themes = forms.MultipleChoiceField(
        label=_("Waarover?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(label=_("Of in je eigen woorden"), max_length=100, required=False)
    limit, limit_name = 5, "saved"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.doors().defer("outline")  # type: ignore[attr-defined]
        self.fields["themes"].choices = [  # type: ignore[attr-defined]
            (theme.slug, str(theme)) for theme in Theme.objects.filter(is_used=True)
        ]

    def clean_near(self) -> Place | None:
        """The place with that name; it must have a point."""
        typed = self.cleaned_data["near"].strip()
        if not typed:
            return None
        found = (
            Place.objects.visible_on(timezone.localdate())
            .filter(name_key=normalise(typed)[:200], latitude__isnull=False)
            .first()
        )
        if found is None:
            raise forms.ValidationError(
                _(
                    "Deze plek kennen we niet, of we weten niet precies waar hij is. Kies een "
                    "wijk, of een andere plek."
                )
            )
        return found

    def clean_words(self) -> str:
        """The words, unless they tell of danger: that is no matter for a mail once a week, and
        is not kept.
        """
        typed = clean(self.cleaned_data["words"])
        if danger_in(typed):
            raise forms.ValidationError(
                _("Dit bewaren we niet. Heb je nu hulp nodig? Kijk bij ‘Nood?’ bovenaan.")
            )
        return typed

    def values(self) -> dict[str, Any]:
        """What to keep."""
        got = self.cleaned_data
        return {
            "address": got["address"].lower(),
            "area": got["area"],
            "place": got["near"],
            "metres": int(got["metres"]) if got["near"] else 0,
            "themes": got["themes"],
            "words": clean(got["words"]),
        }
