"""Names deciding together as a part of the house."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Meetings, proposals, votes and mandates."""

    name = "knooppunt.decisions"
    verbose_name = "Samen beslissen"
