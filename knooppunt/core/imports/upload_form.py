"""The form with which a list is sent in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from knooppunt.core.labels import Label
from knooppunt.core.models import ImportSource


class UploadForm(forms.Form):
    """A list to read in, and the source whose earlier lists it resembles.

    A kind of list that asks more has a form of its own.
    """

    file = forms.FileField()
    source = forms.ModelChoiceField(
        ImportSource.objects.none(),
        label=gettext_lazy("Lees hem zoals een eerdere lijst"),
        empty_label=gettext_lazy("herken het zelf"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        user: Any,
        sources: QuerySet[ImportSource],
        file_label: Label,
        file_help: Label = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["file"].help_text = str(file_help)
        self.fields["file"].label = str(file_label)
        if sources:
            self.fields["source"].queryset = sources  # type: ignore[attr-defined]
        else:
            del self.fields["source"]

    @property
    def owner(self) -> str:
        """Whose list it is, as its kind names it; empty for one of the coalition."""
        return ""

    @property
    def options(self) -> dict[str, Any]:
        """What else was chosen beside the file, as a JSON field holds it."""
        return {}
