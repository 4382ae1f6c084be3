"""`vivaio doctor`: is this installation well, and what to do where it is not."""

import contextlib
import importlib.metadata
import os
import secrets
import shutil
import smtplib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import django
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import connection
from django.db.utils import Error as DatabaseError
from django.utils.module_loading import import_string
from packaging.requirements import Requirement

from vivaio.config import assets, database, postgres, run, schema
from vivaio.config.failures import CannotStart
from vivaio.finder import encoding
from vivaio.kit import clock

OLDEST_PYTHON = (3, 11)
EXTENSIONS = {"vector", "pg_trgm", "unaccent", "btree_gist"}
LEAST_FREE_BYTES = 1_000_000_000
WORKER_ASLEEP_AFTER = 60
INDEX_BEHIND = 300
CLOCKS_APART = 5
PROBE = b"vivaio"


@dataclass(frozen=True)
class Finding:
    """One line of the report: `ok`, `warn` or `fail`, what was looked at, what was found and what to do."""

    level: str
    subject: str
    words: str


def report() -> int:
    """Print every finding; 0 if nothing failed, else 1."""
    findings = []
    for finding in examine():
        print(f"{finding.level:<4}  {finding.subject}: {finding.words}", flush=True)
        findings.append(finding)
    failed, warned = (sum(each.level == level for each in findings) for level in ("fail", "warn"))
    print(f"\n{len(findings)} checks, {failed} failed, {warned} to look at.")
    return 1 if failed else 0


def examine() -> Iterator[Finding]:
    """Every check, in the order in which one would repair things."""
    yield _python()
    yield _packages()
    try:
        django.setup()
    except (ImproperlyConfigured, CannotStart) as failure:
        yield Finding("fail", "settings", " ".join(str(failure).split()))
        return
    yield from of_the_machine()
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(postgres.reachable())
        except CannotStart as failure:
            yield Finding("fail", "database", str(failure))
            return
        stack.callback(connection.close)
        yield from of_the_database()


def of_the_machine() -> Iterator[Finding]:
    """What can be seen without the database."""
    yield _secret_key()
    yield _clock_and_zone()
    yield _addresses()
    yield _storage()
    yield _free_space()
    yield _static_files()
    yield _mail()
    yield _second_step()
    yield _web_processes()
    yield _encoder()


def of_the_database() -> Iterator[Finding]:
    """What the database tells, once it answers."""
    yield _guarded("database", _database)
    yield _guarded("extensions", _extensions)
    yield _guarded("migrations", _migrations)
    yield _guarded("database clock", _database_clock)
    yield _guarded("limits of attempts", _attempts)
    yield _guarded("worker", _worker)
    yield _guarded("finder", _finder)


def _guarded(subject: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except DatabaseError as failure:
        return Finding("fail", subject, f"{_one_line(failure)}: run `vivaio migrate`, then look again.")


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return Finding(
            "fail", "python", f"{version}; 3.11 or newer is needed: make .venv with it, then `make setup`."
        )
    return Finding("ok", "python", version)


def _packages() -> Finding:
    wrong = []
    try:
        wanted = importlib.metadata.requires("vivaio") or []
    except importlib.metadata.PackageNotFoundError:
        listed = database.PROJECT / "requirements" / "runtime.in"
        wanted = listed.read_text().split() if listed.is_file() else []
    for requirement in map(Requirement, wanted):
        try:
            version = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            wrong.append(f"{requirement.name} is missing")
        else:
            if version not in requirement.specifier:
                wrong.append(f"{requirement.name} is {version}, not {requirement.specifier}")
    if wrong:
        return Finding("fail", "packages", f"{', '.join(wrong)}: run `make setup`.")
    return Finding("ok", "packages", f"{len(wanted)} as required")


def _secret_key() -> Finding:
    if not os.environ.get("SECRET_KEY"):
        return Finding(
            "ok", "secret key", f"kept in {settings.DATA_DIR / 'secret.key'} (back it up with the data)"
        )
    if len(settings.SECRET_KEY) < 40:
        return Finding("warn", "secret key", "SECRET_KEY is short: set one of 50 random characters or more.")
    return Finding("ok", "secret key", "from SECRET_KEY")


def _clock_and_zone() -> Finding:
    now = clock.now()
    year = now.year
    if not 2024 <= year < 2100:
        return Finding(
            "fail", "clock", f"it says {now:%Y-%m-%d %H:%M} UTC: set it (deadlines follow this clock)."
        )
    return Finding("ok", "clock", f"{now:%Y-%m-%d %H:%M:%S} UTC, shown in {settings.TIME_ZONE}")


def _addresses() -> Finding:
    if settings.DEMO and settings.HTTPS:
        return Finding(
            "warn", "address", "VIVAIO_DEMO is set on a public address: the demo's passwords are known."
        )
    if settings.DEBUG:
        return Finding("warn", "address", "VIVAIO_DEBUG is set: unset it where others can reach the site.")
    if not settings.HTTPS and "localhost" not in settings.BASE_URL:
        return Finding(
            "warn", "address", f"{settings.BASE_URL} is not https: passwords would travel in the open."
        )
    return Finding("ok", "address", settings.BASE_URL)


def _storage() -> Finding:
    """Write, read and delete a probe, as uploads do."""
    options = settings.STORAGES["default"].get("OPTIONS", {})
    bucket = options.get("bucket_name")
    where = f"bucket {bucket}" if bucket else str(settings.MEDIA_ROOT)
    try:
        name = default_storage.save(f"doctor-{secrets.token_hex(8)}", ContentFile(PROBE))
        try:
            with default_storage.open(name) as kept:
                same = kept.read() == PROBE
        finally:
            default_storage.delete(name)
    except Exception as failure:  # a storage of another maker raises kinds of its own
        if bucket:
            said = _one_line(failure.__cause__ or failure)
            words = f"{where} does not take files ({said}): check VIVAIO_S3_BUCKET and its keys."
        else:
            said = getattr(failure, "strerror", None) or _one_line(failure)
            words = f"{where} cannot be written ({said}): set VIVAIO_FILES, or free it."
        return Finding("fail", "storage", words)
    if not same:
        return Finding("fail", "storage", f"{where} gave back something else than was written: replace it.")
    return Finding("ok", "storage", where)


def _free_space() -> Finding:
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < LEAST_FREE_BYTES:
        return Finding(
            "warn", "disk", f"only {free // 1_000_000} MB are free below {settings.DATA_DIR}: make room."
        )
    return Finding("ok", "disk", f"{free // 1_000_000_000} GB free")


def _static_files() -> Finding:
    if not assets.built():
        return Finding("fail", "static files", "the style sheet is not built: run `make setup`.")
    if not assets.collected():
        return Finding(
            "warn", "static files", "not collected since the last change: `vivaio run` does it at its start."
        )
    return Finding("ok", "static files", str(settings.STATIC_ROOT))


def _second_step() -> Finding:
    if settings.STAFF_SECOND_STEP:
        return Finding("ok", "second step of sign-in", "asked of staff and of the administrator.")
    if settings.DEMO:
        return Finding(
            "warn",
            "second step of sign-in",
            "waived for the demo (VIVAIO_DEMO): its passwords open staff accounts. VIVAIO_STAFF_MFA=yes asks it.",
        )
    return Finding(
        "warn",
        "second step of sign-in",
        "waived: a password alone opens staff accounts. Set VIVAIO_STAFF_MFA=yes.",
    )


def _attempts() -> Finding:
    """Attempts are counted in the database: note one, count on, forget it."""
    probe = f"doctor-{secrets.token_hex(8)}"
    subject = "limits of attempts"
    counted = 0
    with contextlib.suppress(ValueError):  # what was noted is gone already
        counted = cache.add(probe, 1, 60) and cache.incr(probe)
    cache.delete(probe)
    if counted != 2:
        return Finding("fail", subject, "not counted: run `vivaio migrate`, then look again.")
    if settings.HTTPS and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        words = "counted, but a proxy seems to stand in front and BEHIND_PROXY is not set: all visitors count as one."
        return Finding("warn", subject, words)
    return Finding("ok", subject, "counted together by all processes and machines")


def _web_processes() -> Finding:
    try:
        return Finding("ok", "web processes", str(run.processes()))
    except CannotStart as failure:
        return Finding("fail", "web processes", str(failure))


def _mail() -> Finding:
    backend = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    if backend == "filebased":
        return Finding(
            "warn",
            "mail",
            f"no mail server: letters are files in {settings.EMAIL_FILE_PATH}; set EMAIL_URL to send them.",
        )
    if backend != "smtp":
        return Finding(
            "warn", "mail", f"letters go to {backend}: set EMAIL_URL to a mail server to send them."
        )
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        mail = get_connection(timeout=10)
        mail.open()
        mail.close()
    except smtplib.SMTPAuthenticationError:
        return Finding("fail", "mail", f"{where} refuses user or password: correct them in EMAIL_URL.")
    except (OSError, smtplib.SMTPException) as failure:
        return Finding("fail", "mail", f"{where} does not answer ({_one_line(failure)}): correct EMAIL_URL.")
    return Finding("ok", "mail", f"{where} answers; letters come from {settings.DEFAULT_FROM_EMAIL}")


def _database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), current_setting('data_checksums'), "
            "pg_size_pretty(pg_database_size(current_database()))"
        )
        version, checksums, size = cursor.fetchone()
    where = "named by DATABASE_URL" if os.environ.get("DATABASE_URL") else f"embedded, in {settings.DATA_DIR}"
    words = f"PostgreSQL {version.split()[0]}, {where}, {size}"
    if checksums != "on":
        return Finding("warn", "database", f"{words}; data checksums are off: switch them on (pg_checksums).")
    return Finding("ok", "database", words)


def _extensions() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, installed_version FROM pg_available_extensions WHERE name = ANY(%s)",
            [sorted(EXTENSIONS)],
        )
        found = dict(cursor.fetchall())
    if missing := EXTENSIONS - set(found):
        return Finding(
            "fail", "extensions", f"this server lacks {', '.join(sorted(missing))}: install them there."
        )
    if waiting := {name for name, version in found.items() if version is None}:
        return Finding(
            "fail", "extensions", f"not made yet: {', '.join(sorted(waiting))}: run `vivaio migrate`."
        )
    return Finding("ok", "extensions", ", ".join(sorted(found)))


def _migrations() -> Finding:
    if waiting := schema.pending():
        return Finding(
            "fail",
            "migrations",
            f"{len(waiting)} are not applied ({waiting[0]} first): run `vivaio migrate`.",
        )
    return Finding("ok", "migrations", "all applied")


def _database_clock() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((cursor.fetchone()[0] - clock.now()).total_seconds())
    if apart > CLOCKS_APART:
        return Finding("warn", "database clock", f"{apart:.0f} s away from this machine's: set both by NTP.")
    return Finding("ok", "database clock", "agrees with this machine's")


def _worker() -> Finding:
    workers = apps.get_model("procrastinate", "ProcrastinateWorker").objects
    last = workers.order_by("-last_heartbeat").values_list("last_heartbeat", flat=True).first()
    if last is None:
        return Finding(
            "warn", "worker", "none is running, so no letter is sent: start `vivaio run` or `vivaio worker`."
        )
    age = (clock.now() - last).total_seconds()
    if age > WORKER_ASLEEP_AFTER:
        return Finding(
            "warn", "worker", f"silent for {age / 60:.0f} minutes: start `vivaio run` or `vivaio worker`."
        )
    return Finding("ok", "worker", f"seen {age:.0f} s ago")


def _encoder() -> Finding:
    """Whether things are found by their meaning too."""
    if not encoding.name():
        return Finding("ok", "encoder", "none (VIVAIO_ENCODER); things are found by their words alone")
    answers, words = encoding.state()
    if answers:
        return Finding("ok", "encoder", f"{encoding.name()} answers in {words}")
    told = f"{encoding.name()} does not answer ({words}), so words alone serve"
    return Finding("warn", "encoder", f"{told}: start `vivaio run` or `vivaio encoder`.")


def _finder() -> Finding:
    """Whether the index of what can be found follows what is done."""
    oldest = import_string("vivaio.finder.queries.oldest_waiting")()
    age = (clock.now() - oldest).total_seconds() if oldest else 0
    if age > INDEX_BEHIND:
        words = f"changes wait since {age / 60:.0f} minutes: start `vivaio worker`, or run `vivaio finder catch-up`."
        return Finding("warn", "finder", words)
    indexed = apps.get_model("finder", "Written").objects.count()
    if not indexed and apps.get_model("programmes", "Programme").objects.exists():
        return Finding("warn", "finder", "nothing is indexed: run `vivaio finder rebuild`.")
    passages = apps.get_model("finder", "Passage").objects
    words = f"{indexed} texts, {passages.count()} passages"
    if encoding.name() and (without := passages.exclude(encoder=encoding.name()).count()):
        words += f", {without} of them still found by their words alone"
    return Finding("ok", "finder", words)


def _one_line(failure: object) -> str:
    return " ".join(str(failure).split())
