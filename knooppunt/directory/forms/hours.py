"""The forms for door hours and the days on which they do not hold."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.web.forms import check_period
from knooppunt.kit.hours import read_hours

DAY_INPUT = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SHORT = ("ma", "di", "wo", "do", "vr", "za", "zo")


def written(hours: Any) -> str:
    """Door hours as they are typed: one day per line."""
    lines: dict[int, list[str]] = {}
    for row in hours:
        lines.setdefault(row.weekday, []).append(f"{row.opens:%H:%M}-{row.closes:%H:%M}")
    return "\n".join(f"{SHORT[day]} {' en '.join(spans)}" for day, spans in sorted(lines.items()))


class HoursForm(forms.Form):
    """The usual door hours, typed as people write them."""

    hours = forms.CharField(
        label=gettext_lazy("Openingstijden"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=1000,
        help_text=gettext_lazy(
            "Eén dag of reeks per regel, zoals: ma t/m do 10-16, of: za 10:00-14:00. Leeg: niet "
            "bekend."
        ),
    )

    def clean_hours(self) -> list[tuple[int, time, time, str]]:
        """The stretches of the week."""
        given = self.cleaned_data["hours"].strip()
        reading = read_hours(given)
        if given and reading.meant:
            meant = {"meant": reading.meant}
            raise forms.ValidationError(_("Bedoel je %(meant)s? Typ de tijden zo.") % meant)
        if given and (reading.stretches is None or reading.has_remark):
            raise forms.ValidationError(
                _("Dit is niet begrepen. Typ bijvoorbeeld: ma t/m do 10-16")
            )
        return [(*stretch, "") for stretch in reading.stretches or ()]


class ExceptionForm(forms.Form):
    """Days on which the door is closed, or open at other times."""

    since = forms.DateField(label=gettext_lazy("Vanaf"), widget=DAY_INPUT)
    until = forms.DateField(label=gettext_lazy("Tot en met"), widget=DAY_INPUT)
    opens = forms.TimeField(
        label=gettext_lazy("Open om (leeg: dicht)"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    closes = forms.TimeField(
        label=gettext_lazy("Dicht om"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reden"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Bijvoorbeeld: vakantie, of: deze week dicht"),
    )

    def clean(self) -> dict[str, Any]:
        """Both times or none, and days in order."""
        cleaned = super().clean() or {}
        check_period(self, cleaned)
        if bool(cleaned.get("opens")) != bool(cleaned.get("closes")):
            self.add_error("closes", _("Vul beide tijden in, of geen van beide."))
        return cleaned
