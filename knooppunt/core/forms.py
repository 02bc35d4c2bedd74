"""How forms look everywhere: label above, help below it, the error beside the field it is about."""

from __future__ import annotations

import time
from typing import Any

from django import forms
from django.core import signing
from django.core.cache import cache
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.translation import gettext as _

from knooppunt.core.mail import address_hash
from knooppunt.core.time import refuse_backwards

SALT = "core.public_form"
SHORTEST, LONGEST = 2, 60 * 60 * 12


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


class PublicForm(forms.Form):
    """A form for strangers without a cookie: a signed moment, an empty field that only robots fill, and a limit an hour.

    The signed moment stands in for the cookie that a form of someone logged in carries.
    """

    moment = forms.CharField(widget=forms.HiddenInput)
    nickname = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    limit, limit_name = 10, "public"

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})["moment"] = signing.dumps(int(time.time()), salt=SALT)
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict[str, Any]:
        """Refuse what a robot or a flood sends, in words that help a person who was taken for one."""
        cleaned = super().clean() or {}
        try:
            made = signing.loads(cleaned.get("moment", ""), salt=SALT, max_age=LONGEST)
        except signing.BadSignature:
            made = None
        if made is None or cleaned.get("nickname") or time.time() - made < SHORTEST:
            again: Any = self.data
            self.data = {**again.dict(), "moment": signing.dumps(int(time.time()), salt=SALT), "nickname": ""}
            raise forms.ValidationError(
                _("Dit ging te snel of de pagina stond te lang open. Wacht even en stuur het nog eens.")
            )
        if not self.errors and self._too_often():
            raise forms.ValidationError(
                _("Er kwamen hier het afgelopen uur veel berichten vandaan. Probeer het later nog eens, of bel.")
            )
        return cleaned

    def _too_often(self) -> bool:
        """Count what came from this visitor this hour; only a keyed hash of the address is held, for an hour."""
        key = f"form:{self.limit_name}:{address_hash(self.request.META.get('REMOTE_ADDR', ''))[:32]}:{int(time.time()) // 3600}"
        cache.add(key, 0, 3600)
        return cache.incr(key) > self.limit
