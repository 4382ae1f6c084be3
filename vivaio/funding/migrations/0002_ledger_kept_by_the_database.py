"""The database keeps the ledger: nothing is changed or deleted, every transaction balances, none grows later.

A transaction's lines are summed when the database's own transaction ends (a deferred constraint trigger), so that they
may be written one after the other. `session` is the number of that database transaction: a line joins in the same one
or never. Only a database whose name begins with `test_` (those that the tests make and drop) may be emptied.
"""

from django.db import migrations

TABLES = ("funding_account", "funding_transaction", "funding_posting")

FUNCTIONS = """
CREATE FUNCTION funding_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND starts_with(current_database(), 'test_') THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The ledger is append-only: % on % is refused. Write a reversal.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION funding_begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.session := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;

CREATE FUNCTION funding_join() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM funding_transaction t JOIN funding_account a ON a.programme_id = t.programme_id
        WHERE t.id = NEW.transaction_id AND a.id = NEW.account_id
        AND t.session = pg_current_xact_id()::text::bigint
    ) THEN
        RAISE EXCEPTION 'A line joins its own transaction while that is written, on an account of its programme.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION funding_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    named uuid := NEW.id;
BEGIN
    IF (SELECT count(*) FROM funding_posting WHERE transaction_id = named) < 2 THEN
        RAISE EXCEPTION 'Transaction % has fewer than two lines.', named USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM funding_posting WHERE transaction_id = named GROUP BY currency HAVING sum(amount) <> 0
    ) THEN
        RAISE EXCEPTION 'Transaction % does not balance.', named USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER funding_begin BEFORE INSERT ON funding_transaction FOR EACH ROW EXECUTE FUNCTION funding_begin();
CREATE TRIGGER funding_join BEFORE INSERT ON funding_posting FOR EACH ROW EXECUTE FUNCTION funding_join();
CREATE CONSTRAINT TRIGGER funding_balance AFTER INSERT ON funding_transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funding_balance();
"""
TRIGGERS = """
CREATE TRIGGER funding_refuse_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION funding_refuse();
CREATE TRIGGER funding_refuse_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION funding_refuse();
"""
BACK = """
DROP FUNCTION funding_balance() CASCADE;
DROP FUNCTION funding_join() CASCADE;
DROP FUNCTION funding_begin() CASCADE;
DROP FUNCTION funding_refuse() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0001_ledger")]
    operations = [
        migrations.RunSQL(FUNCTIONS + "".join(TRIGGERS.format(table=table) for table in TABLES), BACK),
    ]
