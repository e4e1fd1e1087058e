"""Each step of a deferred item on a dispute ladder, guarded as evidence."""

import django.db.models.deletion
from django.db import migrations, models

from concord.records import evidence


def guard(apps, schema_editor):
    # PostgreSQL's foreign keys are made last of all; the guards come after them.
    for statement in schema_editor.deferred_sql:
        schema_editor.execute(statement)
    schema_editor.deferred_sql.clear()
    # Going backwards needs nothing: a table's guards go when it goes.
    evidence.refuse_change(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0006_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="DisputeEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=170)),
                ("body", models.SlugField(max_length=80)),
                ("agreement", models.SlugField(max_length=80)),
                ("step", models.CharField(max_length=40)),
                ("rung", models.PositiveIntegerField()),
                ("on", models.DateField()),
                ("by", models.CharField(max_length=200)),
                ("said", models.TextField()),
                ("key", models.CharField(max_length=64, unique=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=254)),
                (
                    "place",
                    models.ForeignKey(
                        db_column="place",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.place",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "dispute entries",
                "ordering": ["on", "id"],
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
