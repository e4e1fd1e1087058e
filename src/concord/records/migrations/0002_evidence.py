"""Guards the audit trail and the adopted texts against change, in the database itself."""

from django.db import migrations

from concord.records import evidence


def guard(apps, schema_editor):
    evidence.refuse_change(schema_editor.connection)


def unguard(apps, schema_editor):
    evidence.allow_change(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
