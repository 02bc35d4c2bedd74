"""Names the register as a part of the house."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Areas, organisations and places."""

    name = "knooppunt.directory"
    verbose_name = "Register"
