"""`vivaio restore`: an installation as a backup holds it. Nothing is touched before all of the archive was checked."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.module_loading import import_string

from vivaio.config import archive, backup, schema
from vivaio.config.failures import CannotStart
from vivaio.kit.rules import Refused

BEFORE = "before_restore"


def take(path: Path, *, replace: bool = False, sha256: str = "") -> int:
    """Restore the archive at `path`; 0 if its journal verifies. Raises `CannotStart`, and then nothing is lost.

    An installation that holds people or programmes is left alone unless `replace` is said.
    """
    if sha256 and archive.digest(path) != sha256.lower():
        raise CannotStart(f"{path} is not the file whose SHA-256 you gave. {archive.USE_ANOTHER}")
    contents = archive.read(path)
    _check_version(path, contents.said)
    _check_nobody_works()
    _check_target(replace=replace)
    former = _stored_now()
    with _made_anew():
        _load_database(path, contents)
        schema.migrate(verbosity=0)
        aside = import_string("vivaio.mailroom.actions.set_aside")()
        _load_files(path, contents)
    _delete(former - set(contents.files))
    _tell(path, contents, aside)
    call_command("journal", "verify")  # ends the command with 2 if anything is wrong
    return 0


def _check_version(path: Path, said: dict[str, Any]) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(said.get("migrations", [])) - known):
        raise CannotStart(
            f"{path} was made by Vivaio {said.get('vivaio')}, which has a shape of the database that this version "
            f"does not know ({unknown[0]}): restore it with that version or a newer one."
        )


def _check_nobody_works() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        if others := cursor.fetchone()[0]:
            raise CannotStart(
                f"The database is in use ({others} connections): stop `vivaio run` and every worker, then restore."
            )


def _check_target(*, replace: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [BEFORE])
        if cursor.fetchone()[0]:
            raise CannotStart(
                f"An earlier restore was interrupted: what was there before it stands in the schema {BEFORE} of the "
                f"database. Rename it to public to have it back, or drop it, then restore again."
            )
    if not replace and not _is_empty():
        raise CannotStart(
            "This installation holds people or programmes already: restore into an empty one, or say --replace to "
            "throw away what is here (make a backup of it first)."
        )


def _is_empty() -> bool:
    kinds = [apps.get_model("people", "Person"), apps.get_model("programmes", "Programme")]
    tables = set(connection.introspection.table_names())
    return not any(kind._meta.db_table in tables and kind._base_manager.exists() for kind in kinds)


def _stored_now() -> set[str]:
    if schema.pending():  # an installation that never began, or an older one, whose columns may differ
        return set()
    return backup.stored_names()


@contextlib.contextmanager
def _made_anew() -> Iterator[None]:
    """The schema is empty inside the block; what was there before goes when it ends, and comes back if it fails."""
    _move_schema(public_to=BEFORE)
    try:
        yield
    except BaseException:
        with transaction.atomic(), connection.cursor() as cursor:
            _take_extensions_along(cursor, BEFORE)
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute(f"ALTER SCHEMA {BEFORE} RENAME TO public")
        raise
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {BEFORE} CASCADE")


def _move_schema(*, public_to: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA public RENAME TO {public_to}")
        cursor.execute("CREATE SCHEMA public")
        _take_extensions_along(cursor, "public")


def _take_extensions_along(cursor: Any, schema_name: str) -> None:
    cursor.execute(
        "SELECT quote_ident(extname) FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace"
        " WHERE nspname IN ('public', %s) AND nspname <> %s",
        [BEFORE, schema_name],
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f"ALTER EXTENSION {name} SET SCHEMA {schema_name}")


def _load_database(path: Path, contents: archive.Contents) -> None:
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        dump = Path(folder) / archive.DATABASE
        with dump.open("wb") as target:
            archive.copy_out(path, archive.DATABASE, target, contents.parts[archive.DATABASE]["sha256"])
        backup.run_tool(
            "pg_restore",
            *("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"),
            *(f"--dbname={connection.settings_dict['NAME']}", str(dump)),
            says=f"The database of {path} could not be read in; this installation is as it was",
        )
    connection.close()  # what it remembers of the schema is of the one before


def _load_files(path: Path, contents: archive.Contents) -> None:
    wanted = set(contents.files)
    for name, stream in archive.files_in(path):
        if name not in wanted:
            continue
        measured = archive.Measured(stream)
        try:
            if default_storage.exists(name):
                default_storage.delete(name)
            kept = default_storage.save(name, File(measured, name))  # type: ignore[arg-type]
        except (Refused, SuspiciousFileOperation, OSError) as failure:
            raise CannotStart(
                f"The file {name!r} could not be kept: {' '.join(str(failure).split())}"
            ) from None
        if kept != name or measured.digest.hexdigest() != contents.parts[archive.FILES + name]["sha256"]:
            raise CannotStart(f"The file {name!r} could not be kept as it is in the backup.")


def _delete(names: set[str]) -> None:
    """Files of the installation that was replaced: nothing names them any more."""
    for name in names:
        default_storage.delete(name)


def _tell(path: Path, contents: archive.Contents, aside: int) -> None:
    said = contents.said
    print(f"Restored {path}: {len(contents.files)} files and the database as of {said['made_at']}.")
    if said["missing"]:
        print(
            f"{len(said['missing'])} files were missing when the backup was made (the first: {said['missing'][0]})."
        )
    if aside:
        print(
            f"{aside} letters were waiting then and may have left since: the outbox asks you to verify each of them."
        )
    if said.get("secret_key") != backup.key_mark():
        print(
            "The secret key here is not the one of the backup: codes of authenticator apps and links in letters that "
            "have left do not work until you bring the old one (docs/operations.md)."
        )
    print("Everybody signs in again. The journal:")
