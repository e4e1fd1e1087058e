"""Files put to a meeting, guarded against change like all evidence, and packs being made."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from concord.records import evidence


def guard(apps, schema_editor):
    # Going backwards needs nothing: a table's guards go when it goes.
    evidence.refuse_change(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="PackMaking",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("body", models.SlugField(max_length=80)),
                ("on", models.DateField()),
                ("asked", models.JSONField(default=dict)),
                ("begun_at", models.DateTimeField()),
                ("touched_at", models.DateTimeField()),
                ("state", models.CharField(default="making", max_length=10)),
                ("done", models.PositiveIntegerField(default=0)),
                ("of", models.PositiveIntegerField(default=1)),
                ("says", models.CharField(blank=True, max_length=300)),
                ("findings", models.JSONField(default=list)),
                ("pdf", models.BinaryField(null=True)),
                ("told", models.JSONField(default=dict)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                "ordering": ["-begun_at"],
            },
        ),
        migrations.CreateModel(
            name="FiledPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.SlugField(max_length=80)),
                ("on", models.DateField()),
                ("item", models.CharField(blank=True, max_length=170)),
                ("title", models.CharField(max_length=300)),
                ("name", models.CharField(max_length=200)),
                ("ask", models.CharField(blank=True, max_length=200)),
                ("late", models.TextField(blank=True)),
                ("pdf", models.BinaryField()),
                ("pages", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("filed_at", models.DateTimeField()),
                ("filed_by", models.CharField(max_length=254)),
                (
                    "place",
                    models.ForeignKey(
                        db_column="place",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.place",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="records.filedpaper",
                    ),
                ),
            ],
            options={
                "ordering": ["filed_at", "id"],
                "indexes": [
                    models.Index(fields=["place", "body", "on"], name="files_of_a_meeting")
                ],
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
