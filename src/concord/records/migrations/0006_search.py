"""What search reads, and the database's own index of its words on both engines."""

import django.db.models.deletion
from django.db import migrations, models

from concord.records import search_tables


def index(apps, schema_editor):
    # The table is there, but its keys may still wait; the index needs none of them.
    search_tables.make_index(schema_editor.connection)


def unindex(apps, schema_editor):
    search_tables.drop_index(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=300)),
                ("says", models.CharField(blank=True, max_length=300)),
                ("on", models.DateField(null=True)),
                ("words", models.TextField(blank=True)),
                (
                    "place",
                    models.ForeignKey(
                        db_column="place",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.place",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("place", "kind", "name"), name="found_once")
                ],
            },
        ),
        migrations.RunPython(index, unindex),
    ]
