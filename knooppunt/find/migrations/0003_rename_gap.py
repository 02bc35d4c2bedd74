"""Calls a question without an answer a query with zero results."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("find", "0002_index_state")]

    operations = [
        migrations.RenameModel("Gap", "ZeroResultQuery"),
    ]
