"""The database itself refuses to change or delete what the journal holds, and queues each record for sealing.

Only a database whose name begins with `test_` (those that the tests make and drop) may be emptied. A
database administrator can take the triggers away; then the seals tell (`vivaio journal verify`).
"""

from django.db import migrations

TABLES = ("journal_record", "journal_batch", "journal_leaf")

FUNCTIONS = """
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND starts_with(current_database(), 'test_') THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The journal is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION journal_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO journal_waiting (record_id) VALUES (NEW.id);
    RETURN NULL;
END $$;

CREATE TRIGGER journal_queue AFTER INSERT ON journal_record FOR EACH ROW EXECUTE FUNCTION journal_queue();
"""
TRIGGERS = """
CREATE TRIGGER journal_refuse_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_refuse_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
"""
BACK = """
DROP FUNCTION journal_queue() CASCADE;
DROP FUNCTION journal_refuse() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTIONS + "".join(TRIGGERS.format(table=table) for table in TABLES), BACK),
    ]
