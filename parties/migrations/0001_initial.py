import core.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_audit_triggers'),
        ('core', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', core.fields.ReferenceField(editable=False, max_length=20, prefix='PTY', unique=True)),
                ('kind', models.CharField(choices=[('organisation', 'organisation'), ('person', 'person')], max_length=12)),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                ('sector', models.CharField(blank=True, max_length=100, verbose_name='sector')),
                ('employees', models.PositiveIntegerField(blank=True, null=True, verbose_name='employees')),
                ('account', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.account')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'name'], name='parties_par_kind_a080b0_idx'), models.Index(fields=['country', 'name'], name='parties_par_country_b93f25_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Name',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='parties.party')),
                ('text', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('primary', 'registered name'), ('alias', 'also known as'), ('trading', 'trading name'), ('former', 'former name')], default='alias', max_length=10)),
                ('script', models.CharField(blank=True, max_length=4)),
                ('language', models.CharField(blank=True, max_length=10)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('party', 'text'), name='one_name_once_per_party')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Identifier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identifiers', to='parties.party')),
                ('scheme', models.CharField(max_length=40)),
                ('value', models.CharField(max_length=80)),
                ('authority', models.CharField(blank=True, max_length=200)),
                ('country', models.CharField(blank=True, max_length=2)),
            ],
            options={
                'indexes': [models.Index(fields=['scheme', 'value'], name='parties_ide_scheme_12a423_idx')],
                'constraints': [models.UniqueConstraint(fields=('party', 'scheme', 'value'), name='one_identifier_once_per_party')],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', core.fields.ReferenceField(editable=False, max_length=20, prefix='SIT', unique=True)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='parties.party')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('address', models.CharField(blank=True, max_length=500, verbose_name='address')),
                ('city', models.CharField(blank=True, max_length=120, verbose_name='town')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['country', 'name'], name='parties_sit_country_74bca6_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='parties.party')),
                ('kind', models.CharField(choices=[('address', 'address'), ('phone', 'telephone'), ('email', 'e-mail'), ('website', 'web site')], max_length=10, verbose_name='kind')),
                ('value', models.CharField(max_length=500)),
                ('key', models.CharField(blank=True, max_length=200)),
                ('starts', models.DateField(blank=True, null=True)),
                ('ends', models.DateField(blank=True, null=True)),
                ('provenance', models.CharField(choices=[('register', 'entered by an officer'), ('import', 'brought in with a register'), ('application', 'declared in an application'), ('extract', 'company register extract'), ('inspection', 'found at an inspection'), ('other', 'another source')], default='register', max_length=12)),
                ('provenance_ref', models.CharField(blank=True, max_length=60)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['kind', 'pk'],
                'indexes': [models.Index(fields=['kind', 'key'], name='parties_con_kind_a29730_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('starts__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='contact_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='IndexedName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('collection', models.PositiveSmallIntegerField(choices=[(1, 'names of parties (owner: Name)'), (2, 'names on watchlists (owner: entry)'), (3, 'names that were screened (owner: row)')])),
                ('is_person', models.BooleanField(default=False)),
                ('owner', models.BigIntegerField()),
                ('sketch', models.CharField(max_length=400)),
            ],
            options={
                'indexes': [models.Index(fields=['collection', 'owner'], name='parties_ind_collect_9365fb_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='NamePosting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.IntegerField()),
                ('size', models.IntegerField()),
                ('names', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'size'], name='parties_nam_key_6112b6_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='NameKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='parties.name')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='parties.party')),
                ('key', models.CharField(max_length=40)),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'party'], name='parties_nam_key_5878c0_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Relationship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations_out', to='parties.party')),
                ('kind', models.CharField(choices=[('owner', 'owner of'), ('director', 'director of'), ('officer', 'officer of'), ('sub_agent_of', 'sub-agent of'), ('successor_of', 'successor of'), ('supplier_of', 'supplier of'), ('works_for', 'works for')], max_length=15)),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations_in', to='parties.party')),
                ('starts', models.DateField(blank=True, null=True)),
                ('ends', models.DateField(blank=True, null=True)),
                ('provenance', models.CharField(choices=[('register', 'entered by an officer'), ('import', 'brought in with a register'), ('application', 'declared in an application'), ('extract', 'company register extract'), ('inspection', 'found at an inspection'), ('other', 'another source')], default='register', max_length=12)),
                ('provenance_ref', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'indexes': [models.Index(fields=['target', 'kind'], name='parties_rel_target__e61636_idx'), models.Index(fields=['source', 'kind'], name='parties_rel_source__4bd2d0_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('starts__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='relationship_ends_after_it_starts')],
            },
        ),
    ]
