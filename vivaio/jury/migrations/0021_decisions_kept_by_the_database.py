"""What was decided so far becomes the first rows; from then on the database itself refuses to change them.

A row may go with its jury, its juror or its application, and only with them (a deferred constraint trigger looks when
the transaction ends); that a person is taken out of the database leaves the row without a name. Only a database whose
name begins with `test_` (those that the tests make and drop) may be emptied.
"""

from django.db import migrations

KNOWN = """
INSERT INTO jury_conflictdecision
    (id, created_at, updated_at, what, reason, application_id, juror_id, panel_id, by_id)
SELECT gen_random_uuid(), c.created_at, c.created_at, 'recorded', c.reason, c.application_id, c.juror_id, j.panel_id,
    c.recorded_by_id
FROM jury_conflict c JOIN jury_juror j ON j.id = c.juror_id WHERE c.source = 'recorded' AND c.reason <> '';

INSERT INTO jury_conflictdecision
    (id, created_at, updated_at, what, reason, application_id, juror_id, panel_id, by_id)
SELECT gen_random_uuid(), c.updated_at, c.updated_at, 'dismissed', c.decision_reason, c.application_id, c.juror_id,
    j.panel_id, c.decided_by_id
FROM jury_conflict c JOIN jury_juror j ON j.id = c.juror_id WHERE c.decision_reason <> '';

INSERT INTO jury_conflictdecision
    (id, created_at, updated_at, what, reason, application_id, juror_id, panel_id, by_id)
SELECT gen_random_uuid(), c.updated_at, c.updated_at, 'cleared', c.reason, c.application_id, NULL, c.panel_id,
    c.decided_by_id
FROM jury_clearance c;

SET CONSTRAINTS ALL IMMEDIATE;
"""
KEPT = """
CREATE FUNCTION jury_decisions_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND starts_with(current_database(), 'test_') THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.by_id IS NULL AND to_jsonb(NEW) - 'by_id' = to_jsonb(OLD) - 'by_id' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Decisions about conflicts of interest are only added: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION jury_decisions_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM jury_panel WHERE id = OLD.panel_id)
        AND EXISTS (SELECT 1 FROM applications_application WHERE id = OLD.application_id)
        AND (OLD.juror_id IS NULL OR EXISTS (SELECT 1 FROM jury_juror WHERE id = OLD.juror_id))
    THEN
        RAISE EXCEPTION 'Decisions about conflicts of interest are only added: % on % is refused.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER jury_decisions_refuse_change BEFORE UPDATE ON jury_conflictdecision
    FOR EACH ROW EXECUTE FUNCTION jury_decisions_refuse();
CREATE TRIGGER jury_decisions_refuse_truncate BEFORE TRUNCATE ON jury_conflictdecision
    FOR EACH STATEMENT EXECUTE FUNCTION jury_decisions_refuse();
CREATE CONSTRAINT TRIGGER jury_decisions_stay AFTER DELETE ON jury_conflictdecision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION jury_decisions_stay();
"""
BACK = """
DROP FUNCTION jury_decisions_stay() CASCADE;
DROP FUNCTION jury_decisions_refuse() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("jury", "0020_decisions_about_conflicts")]
    operations = [
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, BACK),
    ]
