"""Names the voice as a part of the house."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """From a signal to a kept promise."""

    name = "knooppunt.voice"
    verbose_name = "Wat de wijk vraagt"
