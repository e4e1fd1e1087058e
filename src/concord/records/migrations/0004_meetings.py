"""Meetings and their entries, outcomes, decisions and their steps, interests, what follows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from concord.records import evidence


def guard(apps, schema_editor):
    # Going backwards needs nothing: a table's guards go when it goes.
    evidence.refuse_change(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_agendas"),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("organisation", models.SlugField(max_length=80)),
                ("year", models.PositiveIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("reference", models.CharField(max_length=100)),
                ("title", models.CharField(max_length=300)),
                ("maker", models.CharField(max_length=170)),
                ("made_at", models.CharField(max_length=19)),
                ("made_on", models.DateField()),
                ("power", models.CharField(blank=True, max_length=80)),
                ("clause", models.CharField(blank=True, max_length=300)),
                ("is_key", models.BooleanField(null=True)),
                ("pence", models.BigIntegerField(null=True)),
                ("retrospective_from", models.DateField(null=True)),
                ("record", models.JSONField(default=dict)),
                ("checked", models.JSONField(default=dict)),
                ("complete", models.JSONField(default=dict)),
                (
                    "place",
                    models.ForeignKey(
                        db_column="place",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="records.place",
                    ),
                ),
            ],
            options={
                "ordering": ["made_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("item", models.CharField(blank=True, max_length=170)),
                ("what", models.TextField()),
                ("owner", models.CharField(max_length=170)),
                ("organisation", models.SlugField(max_length=80)),
                ("due", models.DateField(null=True)),
                ("condition", models.BooleanField(default=False)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=254)),
                (
                    "place",
                    models.ForeignKey(
                        db_column="place",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="records.place",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="records.decision",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="ActionUpdate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("state", models.CharField(max_length=20)),
                ("says", models.TextField()),
                ("evidence", models.TextField(blank=True)),
                ("due", models.DateField(null=True)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=254)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="records.action",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "id"],
            },
        ),
        migrations.CreateModel(
            name="DecisionStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=60)),
                ("at", models.CharField(max_length=19)),
                ("by", models.JSONField(default=list)),
                ("why", models.TextField(blank=True)),
                ("ground", models.CharField(blank=True, max_length=300)),
                ("by_itself", models.BooleanField(default=False)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=254)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="records.decision",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ends",
                        to="records.decision",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="DispensationEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=200)),
                ("in_what", models.CharField(max_length=300)),
                ("by", models.CharField(max_length=200)),
                ("why", models.TextField()),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("speak", models.BooleanField(default=True)),
                ("vote", models.BooleanField(default=False)),
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
                "verbose_name_plural": "dispensation entries",
                "ordering": ["recorded_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="InterestEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=200)),
                ("in_what", models.CharField(max_length=300)),
                ("what", models.TextField(blank=True)),
                ("kinds", models.JSONField(default=dict)),
                ("starts", models.DateField(null=True)),
                ("ends", models.DateField(null=True)),
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
                (
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="records.interestentry",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "interest entries",
                "ordering": ["recorded_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.SlugField(max_length=120)),
                ("title", models.CharField(max_length=300)),
                ("bodies", models.JSONField(default=list)),
                ("on", models.DateField()),
                ("starts_at", models.CharField(blank=True, max_length=5)),
                ("where", models.CharField(blank=True, max_length=300)),
                ("head", models.PositiveIntegerField(default=0)),
                ("closed", models.BooleanField(default=False)),
                (
                    "arrangement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.textversion",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_column="place",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="records.place",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "starts_at", "name"],
            },
        ),
        migrations.AddField(
            model_name="action",
            name="meeting",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="records.meeting",
            ),
        ),
        migrations.CreateModel(
            name="MeetingEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=40)),
                ("at", models.CharField(max_length=19)),
                ("said", models.JSONField(default=dict)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=254)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="records.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "meeting entries",
                "ordering": ["meeting", "number"],
            },
        ),
        migrations.CreateModel(
            name="MinutesEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.SlugField(max_length=80)),
                ("act", models.CharField(max_length=40)),
                ("lines", models.JSONField(default=list)),
                ("on", models.DateField()),
                ("why", models.TextField(blank=True)),
                ("who", models.CharField(blank=True, max_length=200)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=254)),
                (
                    "approved_at",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.meeting",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes",
                        to="records.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "minutes entries",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.SlugField(blank=True, max_length=80)),
                ("item", models.CharField(max_length=170)),
                ("matter", models.SlugField(blank=True, max_length=80)),
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("result", models.CharField(max_length=80)),
                ("manner", models.CharField(max_length=80)),
                ("at", models.CharField(max_length=19)),
                ("on", models.DateField()),
                ("verdict", models.JSONField(default=dict)),
                ("ballots", models.JSONField(default=list)),
                ("refer_to", models.JSONField(default=list)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=254)),
                (
                    "arrangement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.textversion",
                    ),
                ),
                (
                    "matter_version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.textversion",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="records.meeting",
                    ),
                ),
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
                "ordering": ["recorded_at", "id"],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="outcome",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="records.outcome",
            ),
        ),
        migrations.CreateModel(
            name="Talk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=170)),
                ("on", models.DateField()),
                ("who", models.JSONField(default=list)),
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
                "ordering": ["on", "id"],
            },
        ),
        migrations.CreateModel(
            name="DecisionSummary",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="summary",
                        serialize=False,
                        to="records.decision",
                    ),
                ),
                ("state", models.CharField(max_length=60)),
                ("says", models.TextField(blank=True)),
                ("since", models.CharField(blank=True, max_length=19)),
                ("changes_at", models.CharField(blank=True, max_length=19)),
                ("then", models.CharField(blank=True, max_length=60)),
                ("late", models.TextField(blank=True)),
                ("published_on", models.DateField(null=True)),
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
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["place", "on"], name="meetings_of_a_day"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                fields=("place", "name"), name="one_meeting_per_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.UniqueConstraint(
                fields=("place", "number"), name="actions_numbered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingentry",
            constraint=models.UniqueConstraint(
                fields=("meeting", "number"), name="entries_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingentry",
            constraint=models.UniqueConstraint(fields=("meeting", "key"), name="entry_once"),
        ),
        migrations.AddIndex(
            model_name="outcome",
            index=models.Index(fields=["place", "matter"], name="outcomes_of_a_matter"),
        ),
        migrations.AddIndex(
            model_name="outcome",
            index=models.Index(fields=["place", "-on"], name="outcomes_by_day"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["place", "-made_on", "-id"], name="register_of_a_place"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("place", "organisation", "year", "number"), name="decisions_numbered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("place", "reference"), name="one_reference"),
        ),
        migrations.AddIndex(
            model_name="decisionsummary",
            index=models.Index(fields=["place", "state"], name="decisions_by_state"),
        ),
        migrations.AddIndex(
            model_name="decisionsummary",
            index=models.Index(fields=["changes_at"], name="decisions_due_to_move"),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
