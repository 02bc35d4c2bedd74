"""Names finding as a part of the house."""

from django.apps import AppConfig


class FindConfig(AppConfig):
    """Search."""

    name = "knooppunt.find"
    verbose_name = "Vinden"
