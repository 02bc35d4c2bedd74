"""Lets the database itself refuse a vote by somebody who does not represent the organisation on that day."""

from django.db import migrations

from knooppunt.directory.representing import represented

GUARD = represented(
    "ballot_is_represented", "decisions_ballot", "(SELECT v.organisation_id FROM decisions_voter v WHERE v.id = NEW.voter_id)",
    person="cast_by_id", day="cast_on", when="NEW.channel = 'web'",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial"), ("directory", "0001_initial")]
    operations = [GUARD.operation()]
