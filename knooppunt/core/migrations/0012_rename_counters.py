"""Gives the counter of changes and the counters of how often something is done their names."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0011_mail_laid_aside")]

    operations = [
        migrations.RenameModel("Stamp", "CacheGeneration"),
        migrations.RenameModel("Tally", "RateLimitCounter"),
    ]
