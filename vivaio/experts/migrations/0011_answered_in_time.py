"""Whoever is asked has a last day to answer; whoever was asked before has the usual days from now on."""

import datetime as dt

from django.db import migrations, models

from vivaio.kit import clock

DAYS = dt.timedelta(days=7)


def give_days(apps, schema_editor):
    """The usual days from today, never after the day of a request that has still to come; nothing lapses at once."""
    waiting = apps.get_model("experts", "Proposal").objects.filter(state="sent", answer_by=None)
    today = clock.today()
    for day in {*waiting.values_list("request__needed_by", flat=True)}:
        last = min(today + DAYS, day) if day >= today else today + DAYS
        waiting.filter(request__needed_by=day).update(answer_by=last)



class Migration(migrations.Migration):

    dependencies = [
        ('experts', '0010_language_of_a_profile'),
    ]

    operations = [
        migrations.AddField(
            model_name='matchinground',
            name='answer_days',
            field=models.PositiveSmallIntegerField(default=7, verbose_name='days to answer'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='answer_by',
            field=models.DateField(editable=False, null=True, verbose_name='last day to answer'),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='state',
            field=models.CharField(choices=[('ready', 'Ready to be sent'), ('sent', 'Waits for the expert'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('lapsed', 'Not answered in time'), ('withdrawn', 'Withdrawn'), ('over', 'Engagement over')], default='ready', max_length=12),
        ),
        migrations.RunPython(give_days, migrations.RunPython.noop),
    ]
