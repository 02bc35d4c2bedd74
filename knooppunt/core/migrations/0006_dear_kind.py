"""Keep which kinds of results are dear apart from the results, which come and go."""

from typing import Any

from django.db import migrations, models
from django.db.models import Max

CHEAP = 250


def keep_what_was_measured(apps: Any, _schema: Any) -> None:
    """Take over the kinds whose stored results took long."""
    rows = apps.get_model("core", "StoredResult").objects.filter(milliseconds__gt=CHEAP)
    DearKind = apps.get_model("core", "DearKind")
    for kind, took in rows.values_list("kind").annotate(Max("milliseconds")).order_by():
        DearKind.objects.create(kind=kind, milliseconds=took)


class Migration(migrations.Migration):
    dependencies = [("core", "0005_stored_result")]
    operations = [
        migrations.CreateModel(
            name="DearKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=120, unique=True)),
                ("milliseconds", models.PositiveIntegerField()),
            ],
        ),
        migrations.RunPython(keep_what_was_measured, migrations.RunPython.noop),
        migrations.RemoveField(model_name="storedresult", name="milliseconds"),
    ]
