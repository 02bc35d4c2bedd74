"""The rules about plans that the database itself keeps."""

from django.db import migrations

from knooppunt.dreams.models.plan_guards import NOT_TOO_MANY, TWO_KEEPERS


class Migration(migrations.Migration):
    """Two keepers before a plan begins, and no item brought more often than it is needed."""

    dependencies = [("dreams", "0002_plans")]
    operations = [TWO_KEEPERS.operation(), NOT_TOO_MANY.operation()]
