"""How forms look everywhere: label above, help below it, the error beside the field it is about."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import Any

from django import forms
from django.core import signing
from django.core.validators import MaxValueValidator
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.database.valid_time import refuse_backwards
from knooppunt.core.web import rate_limits
from knooppunt.core.web.query_params import EARLIEST, LATEST
from knooppunt.kit.text import clean, without_markup

SALT = "core.public_form"
SHORTEST, LONGEST = 2, 60 * 60 * 12
MOST = 2_000_000_000  # what a whole number in either database holds


class Renderer(TemplatesSetting):
    """Our own templates for a form and a field."""

    form_template_name = "core/form.html"
    field_template_name = "core/field.html"


def check_period(form: forms.BaseForm, cleaned: dict[str, Any]) -> None:
    """Say beside the last day that a period runs backwards."""
    try:
        refuse_backwards(cleaned.get("since"), cleaned.get("until"))
    except forms.ValidationError as problem:
        form.add_error("until", problem)


def tidied(text: str, required: bool = False) -> str:
    """What somebody typed, without markup and invisible signs.

    Raises ValidationError when no word is left of what must be there.
    """
    tidy = clean(without_markup(text))
    if required and not any(sign.isalnum() for sign in tidy):
        raise forms.ValidationError(_("Schrijf hier een paar woorden."))
    return tidy


def web_field(label: Any, required: bool = False) -> forms.URLField:
    """A field for the address of a page; it may be typed without https://, which a browser's
    own field for addresses refuses.
    """
    widget = forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off"})
    return forms.URLField(
        label=label, required=required, max_length=500, assume_scheme="https", widget=widget
    )


def refuse_impossible_day(day: date) -> None:
    """Raise ValidationError for a day that nobody here means, such as one in the year 1."""
    if not EARLIEST <= day <= LATEST:
        raise forms.ValidationError(_("Kijk het jaar na: dit kan niet kloppen."))


def refuse_impossible_moment(moment: datetime) -> None:
    """Raise ValidationError for a moment of a day that nobody here means."""
    refuse_impossible_day(moment.date())


class Asked(forms.BaseForm):
    """What every form for people who keep something does: texts come out tidy, days and long texts
    get their own field.

    ``today`` names the days that are filled in as today; one that is emptied is asked for again; a
    button without the field means today. Where one choice of a few must be made, none stands for
    it.
    """

    today: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.validators.append(refuse_impossible_day)
                field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            elif isinstance(field, forms.DateTimeField):
                field.validators.append(refuse_impossible_moment)
                field.widget = forms.DateTimeInput(
                    attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
                )
            elif isinstance(field, forms.IntegerField) and field.max_value is None:
                field.max_value = MOST
                field.validators.append(MaxValueValidator(MOST))
            elif isinstance(field.widget, forms.Textarea):
                field.widget.attrs.setdefault("rows", 4)
            if isinstance(field, forms.ModelChoiceField) and field.empty_label is not None:
                field.empty_label = _("kies er één") if field.required else _("geen keuze")
            elif type(field.widget) is forms.RadioSelect and type(field) in (
                forms.ChoiceField,
                forms.TypedChoiceField,
            ):
                chosen: Any = field
                chosen.choices = [(value, name) for value, name in chosen.choices if value != ""]
        for name in self.today:
            self.initial[name] = self.initial.get(name) or timezone.localdate()
            self.fields[name].required = not self.is_bound or self.add_prefix(name) in self.data

    def clean(self) -> dict[str, Any]:
        """Texts without markup, and a period that runs forward; what is wrong is said beside
        its field.
        """
        got: dict[str, Any] = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(got.get(name), str) and type(field) is forms.CharField:
                try:
                    got[name] = tidied(got[name], field.required)
                except forms.ValidationError as problem:
                    self.add_error(name, problem)
        check_period(self, got)
        return got


class AskedForm(Asked, forms.Form):
    """A form that is not about one record."""


class RecordForm(Asked, forms.ModelForm):
    """A form about a record; the action fills the record, the form only cleans what was typed."""

    def _post_clean(self) -> None:
        pass


class PublicForm(forms.Form):
    """A form for strangers without a cookie: a signed moment, an empty field that only robots fill,
    and a limit an hour.

    The signed moment stands in for the cookie that a form of someone logged in carries.
    """

    moment = forms.CharField(widget=forms.HiddenInput)
    nickname = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    limit, limit_name = 10, "public"

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})["moment"] = signing.dumps(int(time.time()), salt=SALT)
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict[str, Any]:
        """Refuse what a robot or a flood sends, in words that help a person who was taken for
        one.
        """
        cleaned = super().clean() or {}
        try:
            made = signing.loads(cleaned.get("moment", ""), salt=SALT, max_age=LONGEST)
        except signing.BadSignature:
            made = None
        if made is None or cleaned.get("nickname") or time.time() - made < SHORTEST:
            again: Any = self.data
            self.data = {
                **again.dict(),
                "moment": signing.dumps(int(time.time()), salt=SALT),
                "nickname": "",
            }
            raise forms.ValidationError(
                _(
                    "Dit ging te snel of de pagina stond te lang open. Wacht even en stuur het "
                    "nog eens."
                )
            )
        if not self.errors and self._too_often():
            raise forms.ValidationError(
                _(
                    "Er kwamen hier het afgelopen uur veel berichten vandaan. Probeer het later "
                    "nog eens, of bel."
                )
            )
        return cleaned

    def _too_often(self) -> bool:
        """Count what came from this visitor this hour; only a keyed hash of the address is
        held, for an hour.
        """
        return rate_limits.number_from(self.request, self.limit_name) > self.limit
