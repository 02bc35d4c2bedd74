"""Names the part of the house about people with an account."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, roles and log-in by code."""

    name = "knooppunt.people"
    verbose_name = "Mensen"
