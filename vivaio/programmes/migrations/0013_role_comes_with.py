"""What a role came with, and goes with again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0012_results_on_line")]

    operations = [
        migrations.AddField(
            model_name="roleholding",
            name="comes_with",
            field=models.SlugField(blank=True, db_index=False, editable=False),
        ),
    ]
