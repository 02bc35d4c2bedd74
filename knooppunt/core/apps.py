"""Starts the base of the house: every module says what it offers once all are loaded."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """The base: trail, figures, mail, pages."""

    name = "knooppunt.core"
    verbose_name = "Basis"

    def ready(self) -> None:
        """Let every module register itself, and register the checks that what it says is
        complete.
        """
        autodiscover_modules("module", "checks")
