"""The ledger's seal on SQLite, remade so that a statement of many rows need not be kept."""

from django.db import migrations

from concord.records import ledger_guards


def reseal(apps, schema_editor):
    ledger_guards.seal_without_undoing(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0007_disputes"),
    ]

    # Going backwards needs nothing: the seal refuses the same postings either way.
    operations = [migrations.RunPython(reseal, migrations.RunPython.noop)]
