"""Letters written before calls had pages of their own for them are told which call they belong to."""

from django.db import migrations

OF_CALL = """
    UPDATE mailroom_outgoingletter letter SET owner = found.call_id
    FROM ({rows}) found(id, call_id)
    WHERE letter.owner IS NULL AND letter.subject_type = '{kind}' AND letter.subject_id = found.id
"""
ROWS = {
    "applications.application": "SELECT id, call_id FROM applications_application",
    "applications.receipt": "SELECT r.id, a.call_id FROM applications_receipt r"
    " JOIN applications_application a ON a.id = r.application_id",
    "applications.integrationrequest": "SELECT r.id, a.call_id FROM applications_integrationrequest r"
    " JOIN applications_application a ON a.id = r.application_id",
    "applications.prospectinvitation": "SELECT id, call_id FROM applications_prospectinvitation",
    "calls.callnotice": "SELECT id, call_id FROM calls_callnotice",
    "calls.callquestion": "SELECT id, call_id FROM calls_callquestion",
    "jury.juror": "SELECT j.id, p.call_id FROM jury_juror j JOIN jury_panel p ON p.id = j.panel_id",
    "jury.rankingentry": "SELECT e.id, r.call_id FROM jury_rankingentry e JOIN jury_ranking r ON r.id = e.ranking_id",
}


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("mailroom", "0006_own_words"),
        ("applications", "0007_words_found_by_index"),
        ("calls", "0009_notices"),
        ("jury", "0008_ended_ties"),
    ]
    operations = [
        migrations.RunSQL(OF_CALL.format(rows=rows, kind=kind), migrations.RunSQL.noop)
        for kind, rows in ROWS.items()
    ]
