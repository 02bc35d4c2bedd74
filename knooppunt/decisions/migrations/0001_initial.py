import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=70, unique=True)),
                ('name', models.CharField(max_length=150, verbose_name='waarover')),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='wat er wel en niet onder valt')),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('speak', 'inspreken'), ('decide', 'om te besluiten'), ('discuss', 'om te bespreken'), ('inform', 'om te weten')], default='discuss', max_length=10, verbose_name='waarvoor')),
                ('title', models.CharField(max_length=200, verbose_name='agendapunt')),
                ('text', models.TextField(blank=True, max_length=3000, verbose_name='toelichting')),
                ('outcome', models.TextField(blank=True, max_length=3000, verbose_name='wat eruit kwam')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='agenda_items', to='directory.organisation', verbose_name='van wie')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.JSONField(null=True)),
                ('reason', models.TextField(blank=True, max_length=1000, verbose_name='waarom')),
                ('channel', models.CharField(choices=[('web', 'op de site'), ('paper', 'op papier'), ('room', 'in de zaal')], default='web', max_length=5)),
                ('cast_on', models.DateField()),
                ('cast_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['voter__organisation__name_key', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('entered_by__isnull', True), ('confirmed_by__isnull', True), models.Q(('entered_by', models.F('confirmed_by')), _negated=True), _connector='OR'), name='ballot_read_by_two'), models.CheckConstraint(condition=models.Q(('channel', 'web'), ('cast_by__isnull', True), _connector='OR'), name='ballot_on_paper_without_caster')],
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True, verbose_name='sinds')),
                ('until', models.DateField(blank=True, null=True, verbose_name='tot en met')),
                ('slug', models.SlugField(max_length=70, unique=True)),
                ('name', models.CharField(max_length=150, verbose_name='naam')),
                ('kind', models.CharField(choices=[('assembly', 'groot overleg'), ('sounding', 'klankbordgroep'), ('network', 'netwerkoverleg'), ('working', 'werkgroep'), ('wijkraad', 'wijkraad'), ('committee', 'raadscommissie'), ('council', 'gemeenteraad'), ('executive', 'college van B en W'), ('department', 'gemeentelijke dienst'), ('other', 'andere instelling')], max_length=10, verbose_name='soort')),
                ('website', models.URLField(blank=True, max_length=500, verbose_name='website')),
                ('speak_at', models.TimeField(blank=True, null=True, verbose_name='aanmelden om in te spreken kan tot')),
                ('speak_how', models.CharField(blank=True, max_length=300, verbose_name='hoe meld je je aan om in te spreken')),
                ('areas', models.ManyToManyField(blank=True, related_name='bodies', to='directory.area', verbose_name='voor welke wijken')),
            ],
            options={
                'ordering': ['name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='body_forward')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='besluit, in één zin')),
                ('text', models.TextField(blank=True, max_length=5000, verbose_name='toelichting')),
                ('decided_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='besloten op')),
                ('is_public', models.BooleanField(default=True, verbose_name='iedereen mag dit zien')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='opnieuw bekijken op')),
                ('reviewed_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='geldt niet meer sinds')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decisions', to='decisions.agendaitem', verbose_name='bij welk agendapunt')),
            ],
            options={
                'ordering': ['-decided_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('decided_on')), _connector='OR'), name='decision_forward')],
            },
        ),
        migrations.CreateModel(
            name='Delegate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='naam, zoals die genoemd mag worden')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='delegate', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Hat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True, verbose_name='sinds')),
                ('until', models.DateField(blank=True, null=True, verbose_name='tot en met')),
                ('text', models.CharField(max_length=200, verbose_name='wat')),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='hats', to='decisions.body', verbose_name='bij wie')),
                ('delegate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hats', to='decisions.delegate')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='hat_forward')],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True, verbose_name='sinds')),
                ('until', models.DateField(blank=True, null=True, verbose_name='tot en met')),
                ('given', models.CharField(choices=[('decision', 'met een besluit'), ('signature', 'met een handtekening'), ('meeting', 'in een vergadering')], default='signature', max_length=10, verbose_name='hoe gegeven')),
                ('source', models.CharField(blank=True, help_text='Bijvoorbeeld: brief van 3 maart, in de map op kantoor.', max_length=300, verbose_name='waar het staat')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='ingetrokken op')),
                ('entered_on', models.DateField(default=django.utils.timezone.localdate)),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='mandates', to='decisions.decision', verbose_name='welk besluit')),
                ('delegate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to='decisions.delegate', verbose_name='wie spreekt')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to='directory.organisation', verbose_name='in naam van')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to='decisions.matter', verbose_name='waarover')),
            ],
            options={
                'ordering': ['organisation__name_key', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='mandate_forward'), models.CheckConstraint(condition=models.Q(('since__isnull', False)), name='mandate_has_first_day'), models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('withdrawn_on__gte', models.F('since')), _connector='OR'), name='mandate_withdrawn_after'), models.UniqueConstraint(condition=models.Q(('until__isnull', True), ('withdrawn_on__isnull', True)), fields=('organisation', 'delegate', 'matter'), name='mandate_open_once')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('assembly', 'groot overleg'), ('sounding', 'klankbordgroep'), ('network', 'netwerkoverleg'), ('working', 'werkgroep'), ('breakfast', 'studieontbijt'), ('wijkraad', 'wijkraad'), ('committee', 'raadscommissie'), ('council', 'gemeenteraad'), ('table', 'tafel met instellingen')], max_length=10, verbose_name='wat voor overleg')),
                ('title', models.CharField(blank=True, max_length=150, verbose_name='waarover')),
                ('starts', models.DateTimeField(verbose_name='begint')),
                ('ends', models.DateTimeField(blank=True, null=True, verbose_name='tot')),
                ('location', models.CharField(blank=True, max_length=200, verbose_name='of een ander adres')),
                ('website', models.URLField(blank=True, max_length=500, verbose_name='agenda op de site van de ander')),
                ('speak_by', models.DateTimeField(blank=True, null=True, verbose_name='aanmelden om in te spreken kan tot')),
                ('brief', models.TextField(blank=True, max_length=3000, verbose_name='waar het om gaat, in een halve bladzijde')),
                ('minutes', models.TextField(blank=True, max_length=20000, verbose_name='verslag')),
                ('is_public', models.BooleanField(default=True, verbose_name='iedereen mag dit zien')),
                ('is_cancelled', models.BooleanField(default=False, verbose_name='gaat niet door')),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='meetings', to='decisions.body', verbose_name='van wie')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='meetings', to='directory.place', verbose_name='plek')),
            ],
            options={
                'ordering': ['-starts', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gt', models.F('starts')), _connector='OR'), name='meeting_forward')],
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decisions', to='decisions.meeting'),
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('heads', models.PositiveSmallIntegerField(default=1, verbose_name='met hoeveel mensen')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='directory.organisation', verbose_name='organisatie')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='decisions.meeting')),
            ],
            options={
                'ordering': ['organisation__name_key', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'organisation'), name='attendance_once')],
            },
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='decisions.meeting'),
        ),
        migrations.CreateModel(
            name='ActionItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='wat')),
                ('owner', models.CharField(blank=True, max_length=100, verbose_name='wie (een taak of functie)')),
                ('listed_on', models.DateField(default=django.utils.timezone.localdate)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='klaar op')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='afgerond op')),
                ('result', models.CharField(blank=True, max_length=300, verbose_name='wat ervan kwam')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='action_items', to='directory.organisation', verbose_name='of welke organisatie')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='action_items', to='decisions.decision')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='action_items', to='decisions.meeting')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('listed_on')), _connector='OR'), name='action_item_forward')],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='hoe we hieraan tegemoetkomen')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='opgelost op')),
                ('ballot', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='objection', to='decisions.ballot')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('settled_on__isnull', True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='objection_settled_has_answer')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=150, verbose_name='functie')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='decisions.body')),
            ],
            options={
                'ordering': ['label', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('body', 'label'), name='post_once')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='voorstel, in één zin')),
                ('text', models.TextField(blank=True, max_length=8000, verbose_name='waarom, en wat er dan verandert')),
                ('method', models.CharField(choices=[('consent', 'consent: goed, tenzij iemand een bezwaar heeft'), ('majority', 'stemmen: voor of tegen'), ('approval', 'kiezen: kruis alles aan waar je achter staat'), ('ranked', 'kiezen op volgorde: wie het minst krijgt valt af'), ('temperature', 'temperatuur meten: van koud (1) tot warm (5)')], default='consent', max_length=12, verbose_name='hoe beslissen we')),
                ('quorum', models.PositiveSmallIntegerField(default=50, verbose_name='hoeveel procent moet meedoen')),
                ('share', models.CharField(choices=[('half', 'meer dan de helft'), ('two_thirds', 'ten minste twee derde'), ('three_quarters', 'ten minste drie kwart'), ('all', 'iedereen')], default='half', max_length=15, verbose_name='hoeveel moet er voor zijn')),
                ('is_secret', models.BooleanField(default=False, verbose_name='geheim: niemand ziet wie wat stemde')),
                ('is_public', models.BooleanField(default=True, verbose_name='iedereen mag de uitslag zien')),
                ('state', models.CharField(choices=[('draft', 'nog niet open'), ('open', 'open'), ('closed', 'gesloten'), ('withdrawn', 'ingetrokken')], default='draft', max_length=10, verbose_name='staat')),
                ('opened_on', models.DateField(blank=True, null=True, verbose_name='open sinds')),
                ('closes_at', models.DateTimeField(blank=True, null=True, verbose_name='open tot')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='gesloten op')),
                ('result', models.JSONField(blank=True, default=dict)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposals', to='decisions.meeting', verbose_name='bij welk overleg hoort het')),
                ('network', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='directory.organisation', verbose_name='de leden van welk netwerk')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('quorum__lte', 100)), name='proposal_quorum'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), models.Q(('closes_at__isnull', False), ('opened_on__isnull', False)), _connector='OR'), name='proposal_open_has_period'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__gte', models.F('opened_on')), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_on__isnull', True)), _connector='OR'), name='proposal_closed_has_day')],
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=150)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='decisions.proposal')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'text'), name='option_once')],
            },
        ),
        migrations.CreateModel(
            name='MinorityOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=1000, verbose_name='wat wij erover willen zeggen')),
                ('entered_on', models.DateField(default=django.utils.timezone.localdate)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='minority_opinions', to='directory.organisation')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='minority_opinions', to='decisions.proposal')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'organisation'), name='minority_opinion_once')],
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='proposal',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decision', to='decisions.proposal'),
        ),
        migrations.CreateModel(
            name='SecretChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.JSONField()),
                ('reason', models.TextField(blank=True, max_length=1000)),
                ('answer', models.TextField(blank=True, max_length=2000)),
                ('is_settled', models.BooleanField(default=False)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='secret_choices', to='decisions.proposal')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True, verbose_name='sinds')),
                ('until', models.DateField(blank=True, null=True, verbose_name='tot en met')),
                ('person', models.CharField(blank=True, max_length=100, verbose_name='naam')),
                ('source', models.CharField(blank=True, max_length=500, verbose_name='bron')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='decisions.post', verbose_name='functie')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='terms', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['post__label', 'person', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='term_forward')],
            },
        ),
        migrations.CreateModel(
            name='Guest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('came', models.BooleanField(blank=True, null=True, verbose_name='was erbij')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guests', to='decisions.meeting')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='decisions.term', verbose_name='wie, in welke functie')),
            ],
            options={
                'ordering': ['term__post__label', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'term'), name='guest_once')],
            },
        ),
        migrations.CreateModel(
            name='Voter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='directory.organisation')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='voters', to='decisions.proposal')),
            ],
            options={
                'ordering': ['organisation__name_key', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'organisation'), name='voter_once')],
            },
        ),
        migrations.CreateModel(
            name='PaperBallot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.JSONField()),
                ('reason', models.TextField(blank=True, max_length=1000)),
                ('channel', models.CharField(choices=[('paper', 'op papier'), ('room', 'in de zaal')], max_length=5)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('voter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='paper', to='decisions.voter')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='ballot',
            name='voter',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='ballot', to='decisions.voter'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['starts'], name='meeting_by_day'),
        ),
    ]
