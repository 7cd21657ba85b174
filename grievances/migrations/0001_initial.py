import core.fields
import django.db.models.deletion
import grievances.remedy
import grievances.repayment
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_audit_triggers'),
        ('core', '__first__'),
        ('parties', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Disposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_ref', models.CharField(max_length=20, unique=True)),
                ('on', models.DateField()),
                ('rule', models.CharField(max_length=40)),
                ('records', models.PositiveIntegerField()),
                ('files', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('locator', models.CharField(max_length=64, unique=True)),
                ('ciphertext', models.BinaryField()),
                ('expires_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='DraftFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='grievances.draft')),
                ('stored_name', models.CharField(max_length=80)),
                ('clean_name', models.CharField(blank=True, max_length=80)),
                ('description', models.BinaryField()),
                ('size', models.PositiveBigIntegerField()),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='DraftPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='grievances.draft')),
                ('mark', models.CharField(max_length=32)),
                ('start', models.PositiveBigIntegerField()),
                ('size', models.PositiveIntegerField()),
                ('stored_name', models.CharField(max_length=80)),
            ],
            options={
                'ordering': ['start'],
                'constraints': [models.UniqueConstraint(fields=('draft', 'mark', 'start'), name='one_part_per_place')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='PhoneLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('number', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedrecord')),
                ('stopped', models.BooleanField(default=False)),
                ('seen_on', models.DateField(db_index=True)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='SmsPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='grievances.phoneline')),
                ('series', models.PositiveIntegerField()),
                ('number', models.PositiveSmallIntegerField()),
                ('of', models.PositiveSmallIntegerField()),
                ('sealed', models.BinaryField()),
                ('expires_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('line', 'series', 'number'), name='one_part_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='SmsSeen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('on', models.DateField(db_index=True)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='SmsOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='waiting', to='grievances.phoneline')),
                ('sealed', models.BinaryField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(db_index=True)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Grievance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', core.fields.ReferenceField(editable=False, max_length=20, prefix='GRV', unique=True)),
                ('receipt_locator', models.CharField(db_index=True, max_length=64)),
                ('receipt_verifier', models.CharField(max_length=200)),
                ('receipt_kept', models.BooleanField(default=False)),
                ('form_digest', models.CharField(max_length=64, unique=True)),
                ('received_on', models.DateField(db_index=True)),
                ('language', models.CharField(max_length=10)),
                ('channel', models.CharField(choices=[('web', 'Web page'), ('sms', 'Text message'), ('hotline', 'Phone line'), ('in_person', 'In person'), ('paper', 'Paper form')], default='web', max_length=12)),
                ('filed_by', models.CharField(blank=True, max_length=40)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('people', models.CharField(choices=[('one', 'One person'), ('few', 'A few people'), ('many', 'Many people'), ('unknown', 'Not known')], default='unknown', max_length=8)),
                ('danger_now', models.BooleanField(default=False)),
                ('under_18', models.BooleanField(default=False)),
                ('time_closing', models.BooleanField(default=False)),
                ('statement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedrecord')),
                ('names_told', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedrecord')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedrecord')),
                ('strongbox', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.strongbox')),
                ('contact_mode', models.CharField(choices=[('receipt', 'Only through the receipt'), ('phone', 'Phone call'), ('sms', 'Text message'), ('email', 'E-mail')], default='receipt', max_length=8)),
                ('priority', models.CharField(db_index=True, default='normal', max_length=6)),
                ('keep_until', models.DateField(blank=True, db_index=True, null=True)),
                ('shell_until', models.DateField(blank=True, db_index=True, null=True)),
                ('emptied_on', models.DateField(blank=True, null=True)),
                ('hold', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['received_on', 'priority'], name='grievances__receive_557d13_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grievance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='concerns', to='grievances.grievance')),
                ('code', models.CharField(max_length=8)),
                ('source', models.CharField(choices=[('worker', 'Worker'), ('triage', 'Triage')], max_length=8)),
            ],
            options={
                'indexes': [models.Index(fields=['code', 'grievance'], name='grievances__code_c21fa9_idx')],
                'constraints': [models.UniqueConstraint(fields=('grievance', 'code', 'source'), name='one_concern_once')],
            },
        ),
        migrations.CreateModel(
            name='GrievanceStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grievance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statuses', to='grievances.grievance')),
                ('status', models.CharField(max_length=30)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reason', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['grievance', '-id'], name='grievances__grievan_2c6e46_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Accused',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grievance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accusations', to='grievances.grievance')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('part', models.CharField(choices=[('recruiter', 'Recruiter'), ('employer', 'Employer'), ('other', 'Other')], max_length=10)),
                ('basis', models.CharField(choices=[('possible', 'Perhaps meant: to be checked'), ('confirmed', 'Confirmed')], max_length=10)),
                ('linked_on', models.DateField()),
                ('linked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dropped_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['party', 'grievance'], name='grievances__party_i_2e75b3_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('dropped_on__isnull', True)), fields=('grievance', 'party', 'part'), name='one_open_accusation')],
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grievance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to='grievances.grievance')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reason', models.CharField(max_length=40)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('grievance', 'user'), name='one_recusal_per_handler')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grievance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='grievances.grievance')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('grievance',), name='one_handler_at_a_time')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='AssistedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grievance', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='assisted', to='grievances.grievance')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agreed', models.CharField(choices=[('spoken', 'She said so after it was read to her'), ('signed', 'She signed the paper form')], max_length=8)),
                ('on', models.DateField()),
                ('renewed_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='RemediationCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', core.fields.ReferenceField(editable=False, max_length=20, prefix='CASE', unique=True)),
                ('grievance', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='case', to='grievances.grievance')),
                ('opened_on', models.DateField()),
                ('severity', models.PositiveSmallIntegerField()),
                ('root_cause', models.CharField(blank=True, max_length=40)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='CaseState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='states', to='grievances.remediationcase')),
                ('state', models.CharField(choices=[('open', 'Open'), ('in_remedy', 'Remedy under way'), ('delivered', 'Remedy delivered'), ('closing', 'Waiting for a second person to agree'), ('closed', 'Closed'), ('reopened', 'Opened again')], max_length=12)),
                ('outcome', models.CharField(blank=True, max_length=50)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='RemedyStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='grievances.remediationcase')),
                ('number', models.PositiveSmallIntegerField()),
                ('form', models.CharField(max_length=30)),
                ('item', models.CharField(max_length=40)),
                ('owner', models.CharField(choices=[('employer', 'Employer'), ('recruiter', 'Recruiter'), ('state', 'State authority'), ('service', 'Service provider'), ('company', 'Buying company')], max_length=10)),
                ('due_on', models.DateField()),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('currency', models.CharField(blank=True, max_length=3)),
                ('note', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedrecord')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='one_step_per_number'), models.CheckConstraint(condition=models.Q(('amount__isnull', True), models.Q(('currency', ''), _negated=True), _connector='OR'), name='an_amount_has_a_currency')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='StepEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='grievances.remedystep')),
                ('state', models.CharField(max_length=10)),
                ('on', models.DateField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('channel', models.CharField(blank=True, max_length=12)),
                ('proof', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.evidencefile')),
                ('decision_number', models.CharField(blank=True, max_length=40)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ContactAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='grievances.remediationcase')),
                ('on', models.DateField()),
                ('channel', models.CharField(max_length=12)),
                ('reached', models.BooleanField(default=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['on', 'pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='TriageDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grievance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='grievances.grievance')),
                ('decision', models.CharField(blank=True, max_length=20)),
                ('priority', models.CharField(max_length=6)),
                ('severity', models.PositiveSmallIntegerField()),
                ('rule_priority', models.CharField(max_length=6)),
                ('ruleset', models.CharField(max_length=20)),
                ('routes', models.JSONField(default=list)),
                ('reasons', models.JSONField(default=list)),
                ('reason_code', models.CharField(blank=True, max_length=60)),
                ('note', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedrecord')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grievance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clocks', to='grievances.grievance')),
                ('kind', models.CharField(max_length=16)),
                ('due_at', models.DateTimeField()),
                ('met_at', models.DateTimeField(blank=True, null=True)),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('escalated_at', models.DateTimeField(blank=True, null=True)),
                ('was_late', models.BooleanField(null=True)),
            ],
            options={
                'ordering': ['due_at', 'pk'],
                'indexes': [models.Index(fields=['grievance', 'due_at'], name='grievances__grievan_1eaff6_idx'), models.Index(condition=models.Q(('dropped_at__isnull', True), ('met_at__isnull', True)), fields=['due_at'], name='running_clocks')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grievance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='grievances.grievance')),
                ('sender', models.CharField(choices=[('worker', 'Worker'), ('handler', 'Case officer')], max_length=8)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedrecord')),
                ('sent_on', models.DateField()),
                ('read_on', models.DateField(blank=True, null=True)),
                ('hidden_by_worker', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='GrievanceFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grievance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='grievances.grievance')),
                ('evidence', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.evidencefile')),
                ('sender', models.CharField(choices=[('worker', 'Worker'), ('handler', 'Case officer')], max_length=8)),
                ('added_on', models.DateField()),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ConsentGiven',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grievance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='grievances.grievance')),
                ('purpose', models.CharField(max_length=40)),
                ('given', models.BooleanField()),
                ('on', models.DateField()),
                ('language', models.CharField(max_length=10)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['grievance', 'purpose'], name='grievances__grievan_8926a0_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='WorkerSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('grievance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='grievances.grievance')),
                ('begun_on', models.DateField(db_index=True)),
                ('sealed_key', models.BinaryField(blank=True, default=b'')),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Repayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='repayment', to='grievances.remedystep')),
                ('currency', models.CharField(max_length=3)),
                ('reckoned_on', models.DateField()),
                ('payee', models.CharField(choices=[(grievances.repayment.Payee['CURRENT'], 'Works there now'), (grievances.repayment.Payee['LEFT'], 'Has left the job'), (grievances.repayment.Payee['REPATRIATED'], 'Has left the country'), (grievances.repayment.Payee['FAMILY'], 'Has died: the family is paid')], max_length=16)),
                ('interest_percent', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('interest_source', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='RepaymentItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('repayment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='grievances.repayment')),
                ('number', models.PositiveSmallIntegerField()),
                ('category', models.CharField(max_length=10)),
                ('collector', models.CharField(choices=[('recruiter', 'Recruiter or agency'), ('subagent', 'Sub-agent or broker'), ('employer', 'Employer'), ('lender', 'Lender'), ('official', 'Official'), ('service', 'Clinic, training centre or other service')], max_length=10)),
                ('currency', models.CharField(max_length=3)),
                ('paid_on', models.DateField()),
                ('loan', models.BooleanField(default=False)),
                ('chosen', models.CharField(blank=True, choices=[(grievances.repayment.Method['DOCUMENTED'], "Receipts, transfers or an agent's ledger"), (grievances.repayment.Method['DECLARATION'], "The worker's own word"), (grievances.repayment.Method['BAND'], 'Band for the corridor'), (grievances.repayment.Method['FLAT'], 'Flat rate'), (grievances.repayment.Method['NEGOTIATED'], 'Agreed with the workers')], max_length=24)),
                ('proof', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.evidencefile')),
                ('struck_on', models.DateField(null=True)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('repayment', 'number'), name='one_fee_per_number')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='RepaymentEstimate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='estimates', to='grievances.repaymentitem')),
                ('method', models.CharField(choices=[(grievances.repayment.Method['DOCUMENTED'], "Receipts, transfers or an agent's ledger"), (grievances.repayment.Method['DECLARATION'], "The worker's own word"), (grievances.repayment.Method['BAND'], 'Band for the corridor'), (grievances.repayment.Method['FLAT'], 'Flat rate'), (grievances.repayment.Method['NEGOTIATED'], 'Agreed with the workers')], max_length=24)),
                ('amount', models.DecimalField(decimal_places=3, max_digits=15)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('item', 'method'), name='one_estimate_per_method')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='RepaymentRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('repayment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rates', to='grievances.repayment')),
                ('currency', models.CharField(max_length=3)),
                ('on', models.DateField()),
                ('value', models.DecimalField(decimal_places=8, max_digits=18)),
                ('source', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ['currency', 'on'],
                'constraints': [models.UniqueConstraint(fields=('repayment', 'currency', 'on'), name='one_rate_per_day'), models.CheckConstraint(condition=models.Q(('value__gt', 0)), name='a_rate_is_positive')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='RepaymentPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('repayment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='grievances.repayment')),
                ('number', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField()),
                ('amount', models.DecimalField(decimal_places=3, max_digits=15)),
                ('replaced_on', models.DateField(null=True)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='RepaymentPayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('repayment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='payments', to='grievances.repayment')),
                ('number', models.PositiveSmallIntegerField()),
                ('on', models.DateField()),
                ('amount', models.DecimalField(decimal_places=3, max_digits=15)),
                ('currency', models.CharField(max_length=3)),
                ('way', models.CharField(choices=[(grievances.repayment.Way['OWN_ACCOUNT'], "To the worker's own account"), (grievances.repayment.Way['OWN_WALLET'], "To the worker's own phone wallet"), (grievances.repayment.Way['CASH'], 'Cash, with a witness'), (grievances.repayment.Way['ESCROW'], 'Into independent escrow'), (grievances.repayment.Way['FAMILY_ACCOUNT'], "To the family's account")], max_length=16)),
                ('proof', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.evidencefile')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('repayment', 'number'), name='one_payment_per_number')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='PaymentWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='grievances.repaymentpayment')),
                ('word', models.CharField(choices=[(grievances.remedy.Word['ALL'], grievances.remedy.Word['ALL']), (grievances.remedy.Word['PART'], grievances.remedy.Word['PART']), (grievances.remedy.Word['NONE'], grievances.remedy.Word['NONE'])], max_length=4)),
                ('received', models.DecimalField(decimal_places=3, max_digits=15, null=True)),
                ('channel', models.CharField(max_length=12)),
                ('on', models.DateField()),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ClawbackCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('repayment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='grievances.repayment')),
                ('due_on', models.DateField()),
                ('told_on', models.DateField(null=True)),
                ('done_on', models.DateField(null=True)),
                ('result', models.CharField(blank=True, choices=[('kept', 'She kept it, and nobody asked for it'), ('asked_back', 'She was asked to give it back'), ('new_fee', 'A new fee was asked for'), ('not_reached', 'She could not be reached')], max_length=12)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'indexes': [models.Index(fields=['done_on', 'due_on'], name='clawback_due')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='SmsReach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alias', core.fields.ReferenceField(editable=False, max_length=20, prefix='TEL', unique=True)),
                ('grievance', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sms_reach', to='grievances.grievance')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reaches', to='grievances.phoneline')),
                ('times', models.CharField(blank=True, max_length=60)),
                ('news_at', models.DateTimeField(blank=True, db_index=True, null=True)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='SmsTalk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='talk', to='grievances.phoneline')),
                ('nonce', models.BinaryField()),
                ('state', models.JSONField()),
                ('grievance', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='grievances.grievance')),
                ('quiet_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('expires_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.AddField(
            model_name='grievance',
            name='accused',
            field=models.ManyToManyField(related_name='+', through='grievances.Accused', to='parties.party'),
        ),
    ]
