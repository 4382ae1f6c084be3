"""The database's shape: migrations, one process at a time."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

ONE_AT_A_TIME = 0x56697661  # any number that nobody else locks


def pending() -> list[str]:
    """Migrations that are not applied yet, as `room.name`."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate(*, verbosity: int = 1) -> None:
    """Apply what is pending. Machines that start together wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            call_command("migrate", interactive=False, verbosity=verbosity)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def migrate_if_needed() -> None:
    """`migrate`, saying so; nothing at all when the database has its shape already."""
    if waiting := pending():
        print(f"Preparing the database ({len(waiting)} migrations) ...", flush=True)
        migrate(verbosity=0)
