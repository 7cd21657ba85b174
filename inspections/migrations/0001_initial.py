import core.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('checklists', '0001_initial'),
        ('core', '0002_audit_triggers'),
        ('core', '__first__'),
        ('parties', '0001_initial'),
        ('recruiters', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', core.fields.ReferenceField(editable=False, max_length=20, prefix='VIS', unique=True)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.site')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='checklists.checklistversion')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.account')),
                ('supervisor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('planned_for', models.DateField(verbose_name='planned for')),
                ('announced', models.BooleanField(default=False, verbose_name='announced')),
                ('follows', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='inspections.visit')),
                ('trigger', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedrecord')),
                ('planned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-planned_for', '-pk'],
                'indexes': [models.Index(fields=['planned_for', 'id'], name='inspections_planned_b5d37b_idx'), models.Index(fields=['party', '-planned_for'], name='inspections_party_i_ef08c0_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='VisitState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='states', to='inspections.visit')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('under_way', 'under way'), ('closed', 'closed'), ('cancelled', 'cancelled')], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['visit', '-id'], name='inspections_visit_i_ebfccc_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='inspections.visit')),
                ('inspector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead', models.BooleanField(default=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('declared_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['inspector', 'until'], name='inspections_inspect_a63cab_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('visit', 'inspector'), name='one_open_place_in_team'), models.UniqueConstraint(condition=models.Q(('lead', True), ('until__isnull', True)), fields=('visit',), name='one_lead_per_visit')],
            },
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('inspector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('declared_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['inspector', 'party'], name='inspections_inspect_4ed4d0_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presences', to='inspections.visit')),
                ('agency', models.CharField(choices=[('health', 'public health'), ('fire', 'fire service'), ('child', 'child protection'), ('social', 'social services'), ('union', "workers' organisation"), ('tax', 'tax or social security'), ('police', 'police'), ('immigration', 'immigration'), ('other', 'another agency')], max_length=12)),
                ('led', models.BooleanField(default=False)),
                ('noted_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('visit', 'agency'), name='one_presence_per_agency')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', core.fields.ReferenceField(editable=False, max_length=20, prefix='FND', unique=True)),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='inspections.visit')),
                ('item_code', models.CharField(blank=True, max_length=12, verbose_name='checklist item')),
                ('severity', models.CharField(choices=[('critical', 'critical'), ('major', 'major'), ('minor', 'minor'), ('observation', 'observation')], max_length=12, verbose_name='severity')),
                ('rank', models.PositiveSmallIntegerField()),
                ('statement', models.CharField(max_length=500, verbose_name='what was found')),
                ('legal_basis', models.CharField(max_length=300, verbose_name='legal basis')),
                ('required_action', models.CharField(blank=True, max_length=500, verbose_name='what must be done')),
                ('note', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedrecord')),
                ('recruiter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruiters.recruiter')),
                ('found_at', models.DateTimeField()),
                ('found_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-rank', 'pk'],
                'indexes': [models.Index(fields=['visit', '-rank'], name='inspections_visit_i_d3f59d_idx'), models.Index(fields=['item_code'], name='inspections_item_co_8768e3_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='FindingState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='states', to='inspections.finding')),
                ('state', models.CharField(max_length=12)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['finding', '-id'], name='inspections_finding_a7c4c7_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Exhibit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exhibits', to='inspections.visit')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.evidencefile')),
                ('item_code', models.CharField(blank=True, max_length=12)),
                ('finding', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exhibits', to='inspections.finding')),
                ('shows_people', models.BooleanField(default=False)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='CorrectiveAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', core.fields.ReferenceField(editable=False, max_length=20, prefix='ACT', unique=True)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='inspections.finding')),
                ('what', models.CharField(max_length=500, verbose_name='what must be done')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('responsible', models.CharField(blank=True, max_length=120, verbose_name='responsible function')),
                ('proof', models.CharField(blank=True, max_length=300, verbose_name='how it will be verified')),
                ('deadline', models.DateField(verbose_name='deadline')),
                ('created_at', models.DateTimeField()),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['deadline', 'pk'],
                'indexes': [models.Index(fields=['deadline', 'id'], name='inspections_deadlin_b49561_idx'), models.Index(fields=['owner', 'deadline'], name='inspections_owner_i_8998a9_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ActionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='inspections.correctiveaction')),
                ('state', models.CharField(choices=[('open', 'open'), ('served', 'served'), ('acknowledged', 'acknowledged'), ('evidence_submitted', 'evidence handed in'), ('rejected', 'evidence not enough'), ('verified', 'verified'), ('referred_to_prosecution', 'referred to prosecution')], max_length=24)),
                ('remark', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['action', '-id'], name='inspections_action__28f37f_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='inspections.correctiveaction')),
                ('earlier', models.DateField()),
                ('until', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['action', '-id'], name='inspections_action__9d3924_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('earlier'))), name='extension_is_later_than_before')],
            },
        ),
        migrations.CreateModel(
            name='ActionEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='inspections.correctiveaction')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.evidencefile')),
                ('from_owner', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subject', models.CharField(max_length=20)),
                ('section', models.CharField(max_length=12)),
                ('typed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedrecord')),
                ('kept_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'subject', 'section'), name='one_draft_per_section')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', core.fields.ReferenceField(editable=False, max_length=20, prefix='INT', unique=True)),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interviews', to='inspections.visit')),
                ('number', models.PositiveIntegerField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='checklists.checklistversion')),
                ('person', models.CharField(choices=[('adult', 'an adult'), ('child', 'a child (under 18)'), ('unsure', 'age in doubt: treat as a child')], max_length=8)),
                ('language', models.CharField(max_length=10)),
                ('interpreter', models.CharField(choices=[('none', 'no interpreter needed'), ('independent', 'interpreter independent of employer and recruiter'), ('linked', 'interpreter linked to employer or recruiter')], max_length=12)),
                ('place', models.CharField(choices=[('off_site', 'away from the workplace'), ('private', 'at the workplace, in private'), ('overheard', 'at the workplace, others may have heard')], max_length=12)),
                ('conditions', models.JSONField(default=list)),
                ('held_at', models.DateTimeField()),
                ('held_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('visit', 'number'), name='one_interview_number')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', core.fields.ReferenceField(editable=False, max_length=20, prefix='LET', unique=True)),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='inspections.visit')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party')),
                ('language', models.CharField(max_length=10)),
                ('content', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('issued_on', models.DateField()),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-issued_on', '-pk'],
                'indexes': [models.Index(fields=['party', '-issued_on'], name='inspections_party_i_9f913c_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='LetterAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='inspections.letter')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='inspections.correctiveaction')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('letter', 'action'), name='one_action_per_letter')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='PartnerProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.account')),
                ('services', models.JSONField(default=list)),
                ('languages', models.JSONField(default=list)),
                ('area', models.CharField(blank=True, max_length=200)),
                ('takes_children', models.BooleanField(default=False)),
                ('child_protection', models.BooleanField(default=False)),
                ('verified_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', core.fields.ReferenceField(editable=False, max_length=20, prefix='REF', unique=True)),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='inspections.visit')),
                ('route', models.CharField(choices=[('adult', 'adult'), ('child', 'child')], max_length=6)),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.account')),
                ('services', models.JSONField(default=list)),
                ('urgency', models.CharField(choices=[('now', 'now: danger to life or liberty'), ('day', 'within a day'), ('week', 'within a week')], max_length=6)),
                ('outcome', models.CharField(blank=True, max_length=24)),
                ('safety', models.JSONField(default=list)),
                ('child', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['partner', '-id'], name='inspections_partner_55badb_idx'), models.Index(fields=['visit'], name='inspections_visit_i_0f514b_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ReferralField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fields', to='inspections.referral')),
                ('code', models.CharField(max_length=20)),
                ('sealed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedrecord')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('referral', 'code'), name='one_referral_field')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='inspections.referral')),
                ('given', models.CharField(choices=[('agreed', 'agreed'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('child_route', 'child: heard, consent not needed'), ('emergency', 'danger to life: least needed shared')], max_length=12)),
                ('explained', models.JSONField(default=list)),
                ('language', models.CharField(max_length=10)),
                ('interpreter', models.BooleanField(default=False)),
                ('fields', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['referral', '-id'], name='inspections_referra_3c5ef2_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ReferralStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='inspections.referral')),
                ('stage', models.CharField(choices=[('recorded', 'recorded, not sent'), ('sent', 'sent'), ('accepted', 'accepted'), ('service_started', 'help under way'), ('service_completed', 'help completed'), ('declined', 'declined by the service'), ('returned', 'returned for more information'), ('declined_by_person', 'declined by the person'), ('withdrawn', 'consent withdrawn')], max_length=20)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('remark', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedrecord')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['referral', '-id'], name='inspections_referra_e1aafe_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Screening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='screenings', to='inspections.visit')),
                ('subject', models.CharField(max_length=20)),
                ('ruleset', models.CharField(max_length=60)),
                ('person', models.CharField(max_length=8)),
                ('outcome', models.CharField(max_length=24)),
                ('could_become', models.CharField(max_length=24)),
                ('facts', models.JSONField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['visit', '-id'], name='inspections_visit_i_7e02b1_idx'), models.Index(fields=['subject', 'ruleset', '-id'], name='inspections_subject_3bc1c6_idx')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='inspections.visit')),
                ('computed', models.CharField(max_length=24)),
                ('decided', models.CharField(max_length=24)),
                ('reason', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.sealedrecord')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [],
                'constraints': [],
            },
        ),
    ]
