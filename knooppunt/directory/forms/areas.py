"""Choices of wijken in which the district and the wijk of one name can be told apart."""

from __future__ import annotations

from typing import Any

from django import forms

from knooppunt.directory.models import Area


def labelled(area: Any) -> str:
    """The name of an area, with its level when that is not a wijk: «Grote Stad (stad)»."""
    is_wijk = area.level == Area.Level.WIJK
    return str(area.name) if is_wijk else f"{area.name} ({area.get_level_display()})"


class AreaField(forms.ModelChoiceField):
    """One area."""

    def label_from_instance(self, obj: Any) -> str:
        """What stands beside a choice."""
        return labelled(obj)


class AreasField(forms.ModelMultipleChoiceField):
    """Some areas."""

    def label_from_instance(self, obj: Any) -> str:
        """What stands beside a choice."""
        return labelled(obj)
