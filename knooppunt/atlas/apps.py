"""Names the map as a part of the house."""

from django.apps import AppConfig


class AtlasConfig(AppConfig):
    """The map."""

    name = "knooppunt.atlas"
    verbose_name = "Kaart"
