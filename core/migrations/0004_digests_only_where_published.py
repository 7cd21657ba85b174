from typing import Any

from django.db import migrations, models


def forget(apps: Any, schema_editor: Any) -> None:
    """Forget the digests of files that are no company's own due diligence."""
    apps.get_model("core", "EvidenceFile").objects.exclude(subject__startswith="DDR-").update(sha256="")


class Migration(migrations.Migration):
    dependencies = [("core", "0003_partner_profiles")]
    operations = [
        migrations.AlterField(
            model_name="evidencefile", name="sha256", field=models.CharField(blank=True, max_length=64)
        ),
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
