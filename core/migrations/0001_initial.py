import core.fields
import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', core.fields.ReferenceField(editable=False, max_length=20, prefix='ACC', unique=True)),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('kind', models.CharField(choices=[('ministry', 'ministry'), ('inspectorate', 'inspectorate'), ('company', 'company'), ('recruiter', 'recruiter'), ('partner', 'partner'), ('operator', 'operator')], max_length=20, verbose_name='kind')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('display_name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('language', models.CharField(default='en', max_length=10, verbose_name='language')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='core.account')),
                ('role', models.CharField(choices=[('ministry_officer', 'ministry_officer'), ('inspector', 'inspector'), ('case_officer', 'case_officer'), ('company_member', 'company_member'), ('recruiter_member', 'recruiter_member'), ('referral_partner', 'referral_partner'), ('auditor', 'auditor'), ('editor', 'editor'), ('admin', 'admin')], max_length=30)),
                ('since', models.DateField(default=django.utils.timezone.localdate)),
                ('until', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['account', 'role'], name='core_member_account_494caf_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('user', 'account', 'role'), name='one_open_membership')],
            },
        ),
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', core.fields.ReferenceField(editable=False, max_length=20, prefix='KEY', unique=True)),
                ('label', models.CharField(max_length=120, verbose_name='what it is for')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.account', verbose_name='organisation')),
                ('prefix', models.CharField(max_length=12, unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('scopes', models.JSONField(default=list, verbose_name='rights')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('last_used_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-id'], name='core_apikey_account_cffff9_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ApiMeter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bucket', models.CharField(max_length=64)),
                ('minute', models.BigIntegerField()),
                ('used', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['minute'], name='core_apimet_minute_36e800_idx')],
                'constraints': [models.UniqueConstraint(fields=('bucket', 'minute'), name='one_meter_per_caller_and_minute')],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveBigIntegerField(unique=True)),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=60)),
                ('verb', models.CharField(max_length=60)),
                ('subject', models.CharField(max_length=60)),
                ('facts', models.JSONField(default=dict)),
                ('previous', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'ordering': ['sequence'],
                'indexes': [models.Index(fields=['subject', 'sequence'], name='core_audite_subject_b4d686_idx'), models.Index(fields=['verb', 'sequence'], name='core_audite_verb_e75770_idx'), models.Index(fields=['actor', 'sequence'], name='core_audite_actor_c9e25b_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='KeyPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='key_pairs', to=settings.AUTH_USER_MODEL)),
                ('public', models.CharField(max_length=64, unique=True)),
                ('sealed_private', models.BinaryField()),
                ('salt', models.BinaryField()),
                ('passes', models.PositiveIntegerField()),
                ('memory', models.PositiveBigIntegerField()),
                ('pepper', models.CharField(max_length=16)),
                ('made_on', models.DateField(auto_now_add=True)),
                ('trusted_on', models.DateField(blank=True, null=True)),
                ('trusted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('retired_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('retired_on__isnull', True)), fields=('user',), name='one_live_key_pair')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Strongbox',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('public', models.CharField(max_length=64)),
                ('made_on', models.DateField(auto_now_add=True)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='StrongboxKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('strongbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='core.strongbox')),
                ('kind', models.CharField(choices=[('person', 'A person who signs in'), ('receipt', "The worker's receipt"), ('recovery', 'The recovery key'), ('server', 'The server itself, until a person has a key')], max_length=8)),
                ('recipient', models.CharField(db_index=True, max_length=64)),
                ('wrapped', models.BinaryField(blank=True, default=b'')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('kind', 'server')), fields=['strongbox'], name='boxes_the_server_opens')],
                'constraints': [models.UniqueConstraint(fields=('strongbox', 'recipient'), name='one_key_per_recipient'), models.UniqueConstraint(condition=models.Q(('kind', 'receipt')), fields=('strongbox',), name='one_receipt_per_box')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public', models.CharField(max_length=64, unique=True)),
                ('made_on', models.DateField(auto_now_add=True)),
                ('live', models.BooleanField(default=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('live', True)), fields=('live',), name='one_live_recovery_key')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='SealedRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=60)),
                ('key_holder', models.CharField(max_length=20)),
                ('strongbox', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='core.strongbox')),
                ('wrapped_key', models.BinaryField()),
                ('ciphertext', models.BinaryField(null=True)),
                ('stored_name', models.CharField(blank=True, max_length=80)),
                ('sealed_on', models.DateField(auto_now_add=True)),
                ('destroyed_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='EvidenceFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', core.fields.ReferenceField(editable=False, max_length=20, prefix='EVD', unique=True)),
                ('subject', models.CharField(db_index=True, max_length=60)),
                ('content_type', models.CharField(max_length=100)),
                ('extension', models.CharField(max_length=8)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('original', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedrecord')),
                ('cleaned', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedrecord')),
                ('cleaned_type', models.CharField(blank=True, max_length=100)),
                ('withheld', models.CharField(blank=True, max_length=20)),
                ('kept_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='FormSubmission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('purpose', models.CharField(max_length=60)),
                ('result', models.CharField(max_length=200)),
                ('done_on', models.DateField(auto_now_add=True, db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'purpose'), name='one_result_per_form_key')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', core.fields.ReferenceField(editable=False, max_length=20, prefix='JOB', unique=True)),
                ('kind', models.CharField(max_length=60)),
                ('state', models.CharField(default='queued', max_length=10)),
                ('total', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('message', models.CharField(blank=True, max_length=300)),
                ('payload', models.JSONField(default=dict)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'id'], name='core_job_state_52a9a8_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='DueRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'indexes': [models.Index(fields=['name', '-at'], name='core_duerun_name_2d5eac_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('code', models.CharField(max_length=60)),
                ('subject_ref', models.CharField(max_length=60)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['user', 'read_at'], name='core_notice_user_id_d50ea3_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='EvidenceScan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scans', to='core.evidencefile')),
                ('verdict', models.CharField(choices=[('clean', 'Nothing found'), ('infected', 'Harmful program found'), ('not_checked', 'Not checked yet')], max_length=12)),
                ('on', models.DateField()),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
    ]
