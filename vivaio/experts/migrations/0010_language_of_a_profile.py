"""Profiles say in which language they are written: those that are there, in the one their expert reads pages in."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Left


def as_they_read(apps, schema):
    profiles, people = apps.get_model("experts", "ExpertProfile"), apps.get_model("people", "Person")
    own = people.objects.filter(pk=OuterRef("person")).annotate(short=Left("language", 2)).values("short")
    profiles.objects.update(written_in=Subquery(own))



class Migration(migrations.Migration):

    dependencies = [
        ('experts', '0009_rounds_worked_out_later'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='expertprofile',
            name='written_in',
            field=models.CharField(choices=[('it', 'Italian'), ('en', 'English'), ('de', 'German'), ('fr', 'French'), ('es', 'Spanish'), ('sk', 'Slovak'), ('pl', 'Polish'), ('hu', 'Hungarian'), ('sl', 'Slovene'), ('ar', 'Arabic'), ('zh', 'Chinese')], default='it', max_length=7, verbose_name='language of these words'),
        ),
        migrations.RunPython(as_they_read, migrations.RunPython.noop),
    ]
