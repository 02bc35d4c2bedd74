"""Names the report as a part of the house."""

from django.apps import AppConfig


class ReportConfig(AppConfig):
    """The report that a coalition publishes about half a year."""

    name = "knooppunt.report"
    verbose_name = "Halfjaarbericht"
