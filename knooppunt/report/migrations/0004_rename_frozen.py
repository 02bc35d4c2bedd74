"""Calls a number that is kept for ever the snapshot of a figure."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("report", "0003_stories_in_editions")]

    operations = [
        migrations.RenameModel("Frozen", "FigureSnapshot"),
    ]
