"""Names needs and offers as a part of the house."""

from django.apps import AppConfig


class HelpConfig(AppConfig):
    """Needs and offers."""

    name = "knooppunt.help"
    verbose_name = "Vraag en aanbod"
