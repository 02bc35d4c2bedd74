"""A form that fails begins with what is wrong, as links to the fields."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.core.exceptions import ValidationError


class Example(forms.Form):
    """A field of each sort."""

    name = forms.CharField(label="Naam")
    choice = forms.ChoiceField(
        label="Keuze", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label="Dagen", choices=[("1", "ma")], widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(label="Zeker")
    note = forms.CharField(label="Opmerking", required=False)

    def clean(self) -> dict[str, object]:
        """Always something that belongs to no field."""
        raise ValidationError("Dit past niet bij elkaar.")


@pytest.mark.parametrize("auto_id", ["id_%s", "contact_%s"])
def test_what_is_wrong_stands_first_and_leads_to_its_field(auto_id: str) -> None:
    page = str(Example({}, auto_id=auto_id))
    summary, _end, fields = page.partition("</div>")
    assert 'role="alert"' in summary and "autofocus" in summary and 'tabindex="-1"' in summary
    assert "Er klopt nog iets niet" in summary and "Dit past niet bij elkaar." in summary
    links = re.findall(r'href="#([^"]+)"', summary)
    assert links == [auto_id % part for part in ("name", "choice_0", "days_0", "sure")]
    for link in links:
        assert len(re.findall(rf'<input[^>]* id="{link}"', fields)) == 1
    assert "Opmerking" not in summary and fields.count('role="alert"') == 0


def test_a_form_that_is_shown_for_the_first_time_has_no_summary() -> None:
    assert "Er klopt nog iets niet" not in str(Example())
