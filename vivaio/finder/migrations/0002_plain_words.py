"""Words as they stand, to be compared between languages; the next `catch_up` fills them."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.conf import settings
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('finder', '0001_index'),
        ('programmes', '0013_role_comes_with'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='written',
            name='plain',
            field=django.contrib.postgres.search.SearchVectorField(null=True),
        ),
        migrations.AddIndex(
            model_name='written',
            index=django.contrib.postgres.indexes.GinIndex(fields=['plain'], name='written_plain'),
        ),
    ]
