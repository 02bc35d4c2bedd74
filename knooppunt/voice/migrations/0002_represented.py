"""Lets the database itself refuse a signature by somebody who does not represent the organisation on that day."""

from django.db import migrations

from knooppunt.directory.representing import represented

GUARD = represented(
    "signature_is_represented", "voice_cosignature", "NEW.organisation_id", person="signed_by_id", day="signed_on", when="NEW.withdrawn_on IS NULL"
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("voice", "0001_initial"), ("directory", "0001_initial")]
    operations = [GUARD.operation()]
