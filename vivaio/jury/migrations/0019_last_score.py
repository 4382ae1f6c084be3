"""Each score sheet knows when its last score was given: the progress of a jury reads no score for it."""

from django.db import migrations, models

KNOWN = """
UPDATE jury_assignment SET scored_at = given.last
FROM (SELECT assignment_id, max(updated_at) AS last FROM jury_score GROUP BY assignment_id) AS given
WHERE given.assignment_id = jury_assignment.id
"""


class Migration(migrations.Migration):
    dependencies = [("jury", "0018_audience_and_awards")]

    operations = [
        migrations.AddField("assignment", "scored_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
