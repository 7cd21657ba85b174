"""Give telephones already kept the key under which they meet now: as they are dialled from abroad."""

from typing import Any

from django.db import migrations

from parties.contactkeys import phone_key


def rekey(apps: Any, schema_editor: Any) -> None:
    """Compute every telephone's key anew; what a number says is not touched."""
    contacts = apps.get_model("parties", "Contact").objects.using(schema_editor.connection.alias)
    held = contacts.filter(kind="phone").select_related("party").order_by("pk")
    batch = []
    for contact in held.iterator(chunk_size=1000):
        contact.key = phone_key(contact.value, contact.party.country)
        batch.append(contact)
        if len(batch) == 1000:
            contacts.bulk_update(batch, ["key"])
            batch = []
    contacts.bulk_update(batch, ["key"])


class Migration(migrations.Migration):
    """Keys of telephones."""

    dependencies = [("parties", "0001_initial")]

    operations = [migrations.RunPython(rekey, migrations.RunPython.noop)]
