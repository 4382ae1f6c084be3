"""A matching of all open requests is worked out by a job: one at a time in a programme."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('experts', '0008_interns_by_placement'),
        ('programmes', '0013_role_comes_with'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='matchinground',
            name='state',
            field=models.CharField(choices=[('computing', 'Being worked out'), ('preview', 'Being looked at'), ('sent', 'Sent'), ('dropped', 'Dropped'), ('failed', 'Failed')], default='computing', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='matchinground',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'computing')), fields=('programme',), name='one_round_worked_out'),
        ),
    ]
