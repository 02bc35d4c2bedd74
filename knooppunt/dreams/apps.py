"""Names dreams and plans as a part of the house."""

from django.apps import AppConfig


class DreamsConfig(AppConfig):
    """Dreams and plans."""

    name = "knooppunt.dreams"
    verbose_name = "Dromen en plannen"
