"""Let the database itself refuse to change what was published."""

from django.db import migrations

from duediligence import immutability


def install(_apps, schema_editor):
    immutability.install(schema_editor.connection)


def remove(_apps, schema_editor):
    immutability.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("duediligence", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
