"""The names of the languages that are spoken in the neighbourhood, as readers know them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NAMES = {
    "nl": gettext_lazy("Nederlands"),
    "en": gettext_lazy("Engels"),
    "tr": gettext_lazy("Turks"),
    "ar": gettext_lazy("Arabisch"),
    "pt": gettext_lazy("Portugees"),
    "es": gettext_lazy("Spaans"),
    "pl": gettext_lazy("Pools"),
    "pap": gettext_lazy("Papiaments"),
    "fr": gettext_lazy("Frans"),
    "de": gettext_lazy("Duits"),
    "zgh": gettext_lazy("Berbers"),
    "kea": gettext_lazy("Kaapverdiaans"),
    "srn": gettext_lazy("Sranan"),
    "hi": gettext_lazy("Hindi"),
    "so": gettext_lazy("Somalisch"),
    "ti": gettext_lazy("Tigrinya"),
    "fa": gettext_lazy("Farsi"),
    "uk": gettext_lazy("Oekraïens"),
    "ru": gettext_lazy("Russisch"),
    "bg": gettext_lazy("Bulgaars"),
    "ro": gettext_lazy("Roemeens"),
    "zh": gettext_lazy("Chinees"),
    "it": gettext_lazy("Italiaans"),
    "ur": gettext_lazy("Urdu"),
    "ku": gettext_lazy("Koerdisch"),
    "dse": gettext_lazy("Nederlandse gebarentaal"),
}


def language_name(code: str) -> str:
    """The name of a language in the reader's own; an unknown code says so."""
    return str(NAMES[code]) if code in NAMES else _("taal %(code)s") % {"code": code}
