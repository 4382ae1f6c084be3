"""Each decision about a conflict of interest is a row of its own, with who took it, when and why."""
import django.db.models.deletion
import uuid
import vivaio.kit.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0015_found_by_the_finder'),
        ('jury', '0019_last_score'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ConflictDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=vivaio.kit.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('what', models.CharField(choices=[('declared', 'Declared by the juror'), ('taken_back', 'Taken back by the juror'), ('recorded', 'Recorded by the staff'), ('dismissed', 'Set aside, the conflict does not count'), ('reinstated', 'Stands again'), ('found_anew', 'Stands again: the records say something new'), ('cleared', 'May be assigned although nobody knows the applicant'), ('withdrawn', 'May be assigned no more: the decision is taken back')], max_length=20, verbose_name='what was decided')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflict_decisions', to='applications.application')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('juror', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='conflict_decisions', to='jury.juror')),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflict_decisions', to='jury.panel')),
            ],
            options={
                'verbose_name': 'decision about a conflict of interest',
                'ordering': ['created_at', 'pk'],
            },
        ),
    ]
