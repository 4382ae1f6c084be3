"""`vivaio backup`: the database and the uploaded files as they were at one instant, in one file, while the site runs.

The database is dumped from one snapshot, which also says which files belong to it. Files are copied before and after:
one that was there when the snapshot was taken is in the archive, even if it is deleted a moment later.
"""

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.utils.crypto import salted_hmac

from vivaio import __version__
from vivaio.config import archive, binaries
from vivaio.config.failures import CannotStart
from vivaio.kit import clock

# Who was signed in, and counts of attempts, are of the moment: a session that was ended must not come back.
NOT_KEPT = ("django_session", "usersessions_usersession", "kit_remembered")


def make(path: Path) -> int:
    """Write the backup to `path`, which must not exist; print what is in it. Raises `CannotStart`."""
    if path.exists():
        raise CannotStart(f"{path} is there already: name another file.")
    part = path.with_name(f"{path.name}.part")
    try:
        with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "wb") as target:
            said = _write(archive.Writer(target))
            target.flush()
            os.fsync(target.fileno())
        os.link(part, path)  # unlike a rename it never writes over what came meanwhile
    except FileExistsError as error:
        if Path(error.filename) == part:
            raise CannotStart(f"{part} is there already: wait for the other backup, or delete it.") from None
        raise CannotStart(f"{path} is there already: name another file.") from None
    except OSError as error:
        raise CannotStart(f"{path} cannot be written: {error.strerror or error}.") from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
    _tell(path, said)
    return 0


def stored_names() -> set[str]:
    """Every uploaded file that the database names."""
    names: set[str] = set()
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, models.FileField):
                rows = model._base_manager.order_by().values_list(column.attname, flat=True)
                names.update(name for name in rows.iterator() if name)
    return names


def key_mark() -> str:
    """Tells two secret keys apart, and nothing else."""
    return salted_hmac("vivaio.backup", "which key").hexdigest()[:16]


def run_tool(name: str, *arguments: str, says: str) -> None:
    """Run one of PostgreSQL's programs on the installation's database. Raises `CannotStart` with its last words."""
    values = connection.settings_dict
    given = {
        "PGHOST": values.get("HOST"),
        "PGPORT": values.get("PORT"),
        "PGUSER": values.get("USER"),
        "PGPASSWORD": values.get("PASSWORD"),
        "PGSSLMODE": values.get("OPTIONS", {}).get("sslmode"),
    }
    environment = os.environ | {key: str(value) for key, value in given.items() if value}
    outcome = subprocess.run(
        [str(binaries.program(name)), "--no-password", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if outcome.returncode:
        lines = [line for line in outcome.stderr.splitlines() if "error" in line.lower()] or [
            "no reason given"
        ]
        raise CannotStart(f"{says}: {' '.join(lines[0].split())}")


def _write(writer: archive.Writer) -> dict[str, Any]:
    begun = stored_names()
    copied = {name for name in sorted(begun) if _copy(writer, name)}
    with _snapshot() as snapshot, tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        names, at, migrations = stored_names(), clock.now(), _migrations()
        dump = Path(folder) / archive.DATABASE
        run_tool(
            "pg_dump",
            *(
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                "--no-comments",
                f"--snapshot={snapshot}",
                f"--file={dump}",
            ),
            *(f"--exclude-table-data=public.{table}" for table in NOT_KEPT),
            f"--dbname={connection.settings_dict['NAME']}",
            says="The database could not be written out",
        )
        with dump.open("rb") as stream:
            writer.add(archive.DATABASE, stream, dump.stat().st_size)
    copied |= {name for name in sorted(names - copied) if _copy(writer, name)}
    said = {
        "made_at": at.isoformat(timespec="seconds"),
        "vivaio": __version__,
        "postgresql": connection.pg_version,
        "base_url": settings.BASE_URL,
        "secret_key": key_mark(),
        "migrations": migrations,
        "missing": sorted(names - copied),
        "left_out": sorted(archive.FILES + name for name in copied - names),
    }
    writer.close(said)
    return said | {"parts": writer.parts}


@contextlib.contextmanager
def _snapshot() -> Iterator[str]:
    """One view of the database, and the name under which pg_dump shares it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def _migrations() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [f"{app}.{name}" for app, name in cursor.fetchall()]


def _copy(writer: archive.Writer, name: str) -> bool:
    """Add one uploaded file; false if the storage does not have it (any more)."""
    try:
        with default_storage.open(name, "rb") as stored:
            writer.add(archive.FILES + name, stored, stored.size)
    except FileNotFoundError:
        return False
    return True


def _tell(path: Path, said: dict[str, Any]) -> None:
    files = {name: part for name, part in said["parts"].items() if name != archive.DATABASE}
    size = sum(part["size"] for part in files.values())
    print(f"Backup {path}: database {_megabytes(said['parts'][archive.DATABASE]['size'])}, ", end="")
    print(f"{len(files)} files {_megabytes(size)}, as of {said['made_at']}.")
    if said["missing"]:
        print(
            f"{len(said['missing'])} files that the database names are not in the storage, so not in the backup ",
            end="",
        )
        print(f"(the first: {said['missing'][0]}).")
    print(f"SHA-256: {archive.digest(path)}")
    print("The secret key and the settings are not inside: keep them apart (docs/operations.md).")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
