"""What was published is never changed: the database refuses it."""

from django.db import migrations

from knooppunt.core.database.triggers import Unchanging


class Migration(migrations.Migration):
    dependencies = [("report", "0001_initial")]
    operations = [
        Unchanging("report_edition_stays", "report_edition").operation(),
        Unchanging("report_frozen_stays", "report_frozen").operation(),
    ]
