"""An edition knows which stories stood in it, a report its language, and a story the day on which somebody decided about it."""

from typing import Any

from django.db import migrations, models


def from_content(apps: Any, _schema: Any) -> None:
    """What was published before this tells in its content which stories it has."""
    known = set(apps.get_model("report", "Story").objects.values_list("pk", flat=True))
    for edition in apps.get_model("report", "Edition").objects.all():
        told = {one["id"] for chapter in edition.content["chapters"] for one in chapter["stories"]}
        edition.stories.set(told & known)


class Migration(migrations.Migration):
    dependencies = [("report", "0002_unchanging")]
    operations = [
        migrations.AddField("edition", "stories", models.ManyToManyField(related_name="editions", to="report.story")),
        migrations.AddField("report", "lang", models.CharField("taal", max_length=10, default="nl")),
        migrations.AddField("story", "read_on", models.DateField(null=True, blank=True)),
        migrations.RunPython(from_content, migrations.RunPython.noop),
    ]
