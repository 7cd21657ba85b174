from django.db import migrations

FIELDS = ("account_id", "services", "languages", "area", "takes_children", "child_protection", "verified_on")


def carry_down(apps, schema_editor):
    """Copy what is known of the partners to the ground floor, where grievances read it too."""
    below = apps.get_model("core", "PartnerProfile")
    for row in apps.get_model("inspections", "PartnerProfile").objects.all():
        below.objects.get_or_create(
            account_id=row.account_id, defaults={name: getattr(row, name) for name in FIELDS[1:]}
        )


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_partner_profiles'),
        ('inspections', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(carry_down, migrations.RunPython.noop),
        migrations.DeleteModel(
            name='PartnerProfile',
        ),
    ]
