"""Names the agenda as a part of the house."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Activities and when they take place."""

    name = "knooppunt.agenda"
    verbose_name = "Agenda"
