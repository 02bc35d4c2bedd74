"""Names the open data as a part of the house."""

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    """Open data."""

    name = "knooppunt.opendata"
    verbose_name = "Open data"
