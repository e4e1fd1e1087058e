"""The ledger: append-only, and balanced by the database itself on both engines."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from concord.records import evidence, ledger_guards
from concord.records.row_number import RowNumber


def guard(apps, schema_editor):
    # PostgreSQL's foreign keys are made last of all, and the guards take the place of two of them.
    for statement in schema_editor.deferred_sql:
        schema_editor.execute(statement)
    schema_editor.deferred_sql.clear()
    evidence.refuse_change(schema_editor.connection)
    # Going backwards needs nothing: a table's guards go when it goes.
    ledger_guards.hold_balance(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_meetings"),
    ]

    operations = [
        migrations.CreateModel(
            name="FundAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fund", models.CharField(blank=True, max_length=80)),
                ("line", models.CharField(blank=True, max_length=80)),
                ("partner", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=40)),
                ("name", models.CharField(blank=True, max_length=120)),
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
                "ordering": ["place", "fund", "line", "partner", "kind", "name"],
            },
        ),
        migrations.CreateModel(
            name="LedgerBalance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("posted", models.PositiveIntegerField()),
                ("effect", models.PositiveIntegerField()),
                ("amount", models.BigIntegerField()),
                ("legs", models.PositiveIntegerField()),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.fundaccount",
                    ),
                ),
            ],
            options={
                "ordering": ["account", "posted", "effect"],
            },
        ),
        migrations.CreateModel(
            name="LedgerFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partner", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("body", models.BinaryField()),
                ("rows", models.PositiveIntegerField()),
                ("received_at", models.DateTimeField()),
                ("received_by", models.CharField(max_length=254)),
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
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="LedgerMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.SlugField(max_length=80)),
                ("number", models.PositiveIntegerField()),
                ("said", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("saved_at", models.DateTimeField()),
                ("saved_by", models.CharField(max_length=254)),
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
                "ordering": ["place", "name", "number"],
            },
        ),
        migrations.CreateModel(
            name="LedgerAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=254)),
                ("on_behalf_of", models.CharField(blank=True, max_length=80)),
                ("why", models.TextField(blank=True)),
                ("first", models.PositiveBigIntegerField()),
                ("transactions", models.PositiveIntegerField()),
                ("rows_sha256", models.CharField(max_length=64)),
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
                    "place",
                    models.ForeignKey(
                        db_column="place",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.place",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="records.ledgerfile",
                    ),
                ),
                (
                    "mapping",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="records.ledgermapping",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="LedgerPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fund", models.CharField(max_length=80)),
                ("period", models.PositiveIntegerField()),
                ("state", models.CharField(max_length=10)),
                ("because", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=254)),
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
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="LedgerTransaction",
            fields=[
                ("id", RowNumber(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=120, unique=True)),
                ("deed", models.CharField(max_length=20)),
                ("on", models.DateField()),
                ("posted", models.PositiveIntegerField()),
                ("says", models.TextField(blank=True)),
                ("decision", models.CharField(blank=True, max_length=80)),
                ("about", models.CharField(blank=True, max_length=120)),
                ("row", models.PositiveIntegerField(default=0)),
                ("legs", models.PositiveSmallIntegerField()),
                (
                    "act",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made",
                        to="records.ledgeract",
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="records.ledgertransaction",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="LedgerPosting",
            fields=[
                ("id", RowNumber(primary_key=True, serialize=False)),
                ("effect", models.PositiveIntegerField()),
                ("amount", models.BigIntegerField()),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.fundaccount",
                    ),
                ),
                (
                    "transaction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="records.ledgertransaction",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="BudgetVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fund", models.CharField(max_length=80)),
                ("year", models.CharField(max_length=7)),
                ("number", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=20)),
                ("because", models.TextField(blank=True)),
                ("decision", models.CharField(blank=True, max_length=80)),
                ("rows", models.JSONField()),
                ("set_at", models.DateTimeField()),
                ("set_by", models.CharField(max_length=254)),
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
                "ordering": ["place", "fund", "year", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "fund", "year", "number"), name="one_budget_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ForecastRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fund", models.CharField(max_length=80)),
                ("year", models.CharField(max_length=7)),
                ("number", models.PositiveIntegerField()),
                ("at", models.PositiveIntegerField()),
                ("rows", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=254)),
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
                "ordering": ["place", "fund", "year", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "fund", "year", "number"), name="one_forecast_version"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="fundaccount",
            constraint=models.UniqueConstraint(
                fields=("place", "fund", "line", "partner", "kind", "name"), name="account_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerbalance",
            constraint=models.UniqueConstraint(
                fields=("account", "posted", "effect"), name="balance_once_for_each_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerfile",
            constraint=models.UniqueConstraint(fields=("place", "sha256"), name="file_once"),
        ),
        migrations.AddConstraint(
            model_name="ledgermapping",
            constraint=models.UniqueConstraint(
                fields=("place", "name", "number"), name="one_mapping_version"
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerperiod",
            index=models.Index(fields=["place", "fund", "period"], name="changes_of_a_period"),
        ),
        migrations.AddIndex(
            model_name="ledgertransaction",
            index=models.Index(
                condition=models.Q(("decision", ""), _negated=True),
                fields=["decision"],
                name="money_by_decision",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgertransaction",
            index=models.Index(
                condition=models.Q(("about", ""), _negated=True),
                fields=["about"],
                name="money_by_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgertransaction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", False)),
                fields=("reverses",),
                name="taken_back_once",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerposting",
            index=models.Index(fields=["account", "effect", "id"], name="postings_of_an_account"),
        ),
        migrations.AddConstraint(
            model_name="ledgerposting",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", 0), _negated=True), name="a_posting_moves_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerposting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "id__gt",
                        django.db.models.expressions.CombinedExpression(
                            models.F("transaction"), "*", models.Value(1000)
                        ),
                    ),
                    (
                        "id__lt",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("transaction"), "*", models.Value(1000)
                            ),
                            "+",
                            models.Value(1000),
                        ),
                    ),
                ),
                name="a_posting_is_numbered_by_its_transaction",
            ),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
