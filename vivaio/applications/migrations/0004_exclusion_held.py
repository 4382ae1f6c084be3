from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0003_outcome_published")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="exclusion_held",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
