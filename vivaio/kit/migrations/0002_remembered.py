"""What all processes remember for a while: not logged, for after a crash it may be empty."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_extensions")]
    operations = [
        migrations.RunSQL(
            [
                "CREATE UNLOGGED TABLE kit_remembered"
                " (key text PRIMARY KEY, value jsonb NOT NULL, until timestamptz NOT NULL)",
                "CREATE INDEX kit_remembered_until ON kit_remembered (until)",
            ],
            "DROP TABLE kit_remembered",
        )
    ]
