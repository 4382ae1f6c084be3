"""Nobody waits for an answer without a last day: kept by the database, once those who waited before have theirs."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('experts', '0011_answered_in_time'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(condition=models.Q(('state', 'sent')), fields=['answer_by'], name='proposal_waits_until'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('answer_by__isnull', False), _connector='OR'), name='proposal_sent_until'),
        ),
    ]
