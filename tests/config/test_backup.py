"""A backup holds what was there at one instant; a restore brings it back, or touches nothing and says why."""

import contextlib
import hashlib
import io
import json
import tarfile

import pytest
from django.db import connection, transaction

from tests.applications.test_detached import attach
from tests.config.test_cli import the_line, vivaio
from tests.factories.applications import ApplicationFactory
from tests.factories.mailroom import LetterFactory
from tests.factories.programmes import ProgrammeFactory
from vivaio.config import archive, backup, restore
from vivaio.config.failures import CannotStart
from vivaio.config.postgres import Server
from vivaio.journal import actions as journal
from vivaio.kit.sessions import SessionStore
from vivaio.mailroom.states import State

CHANGED_BY_THE_RESTORE = {"mailroom_outgoingletter", "journal_record", "journal_waiting", "journal_place"}


def every_table(run):
    """The digest of the rows of each table."""
    tables = [name for (name,) in run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    return {
        name: run(f'SELECT count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{name}" t')[0]
        for name in tables
    }


def in_the_tests(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@contextlib.contextmanager
def opened(data):
    with Server(data).joined() as server, server.connect("vivaio") as link:
        yield lambda sql: link.execute(sql).fetchall()


@pytest.fixture
def installation(transactional_db, settings, tmp_path):
    """People, a draft with a file, a sealed journal, a letter that is about to leave, somebody signed in."""
    settings.MEDIA_ROOT = tmp_path / "files"
    attachment = attach(ApplicationFactory())
    with transaction.atomic():
        journal.record("programme.settings_changed", ProgrammeFactory())
    journal.seal_all()
    LetterFactory(state=State.QUEUED)
    SessionStore().save(must_create=True)
    return attachment


@pytest.mark.slow
def test_what_was_there_comes_back_elsewhere_and_its_journal_verifies(installation, data, tmp_path, capsys):
    kept = tmp_path / "vivaio.backup"
    before = every_table(in_the_tests)
    assert backup.make(kept) == 0
    said = capsys.readouterr().out
    digest = hashlib.sha256(kept.read_bytes()).hexdigest()
    assert f"SHA-256: {digest}" in said
    assert kept.stat().st_mode & 0o077 == 0

    outcome = vivaio("restore", str(kept), "--sha256", digest, data=data)
    assert outcome.returncode == 0, outcome.stderr
    assert "Nulla è stato alterato o tolto." in outcome.stdout
    assert "1 letters were waiting" in outcome.stdout
    assert "The secret key here is not the one of the backup" in outcome.stdout
    with opened(data) as run:
        after = every_table(run)
        assert {name for name in before if before[name] != after[name]} <= CHANGED_BY_THE_RESTORE | {
            "django_session"
        }
        assert run("SELECT count(*) FROM django_session") == [(0,)]
        assert run("SELECT state FROM mailroom_outgoingletter") == [("to_verify",)]
        assert run("SELECT to_regnamespace('before_restore')") == [(None,)]
    restored = data / "files" / installation.file.name
    assert restored.read_bytes() == installation.file.open().read()

    refused = the_line(vivaio("restore", str(kept), data=data))
    assert "holds people or programmes already" in refused
    assert "--replace" in refused
    again = vivaio("restore", str(kept), "--replace", data=data)
    assert again.returncode == 0, again.stderr
    with opened(data) as run:
        assert every_table(run)["people_person"] == before["people_person"]


@pytest.mark.slow
def test_a_restore_that_fails_half_way_leaves_everything_as_it_was(installation, data, tmp_path):
    kept = tmp_path / "vivaio.backup"
    backup.make(kept)
    broken = rewritten(kept, tmp_path, {archive.DATABASE: kept.read_bytes()[:5000]})
    assert vivaio("migrate", data=data).returncode == 0
    with opened(data) as run:
        before = every_table(run)
    said = the_line(vivaio("restore", str(broken), data=data))
    assert "could not be read in; this installation is as it was" in said
    with opened(data) as run:
        assert every_table(run) == before


def test_a_file_deleted_while_the_backup_runs_is_in_it_if_the_database_names_it(
    installation, tmp_path, monkeypatch
):
    real = backup.run_tool

    def meanwhile(*arguments, **words):
        real(*arguments, **words)
        installation.file.storage.delete(installation.file.name)

    monkeypatch.setattr(backup, "run_tool", meanwhile)
    backup.make(tmp_path / "b")
    contents = archive.read(tmp_path / "b")
    assert contents.files == [installation.file.name]
    assert contents.said["missing"] == []


def test_a_file_that_the_storage_lost_is_told(installation, tmp_path, capsys):
    installation.file.storage.delete(installation.file.name)
    backup.make(tmp_path / "b")
    assert "1 files that the database names are not in the storage" in capsys.readouterr().out
    assert archive.read(tmp_path / "b").said["missing"] == [installation.file.name]


def test_what_is_there_already_is_not_written_over(db, tmp_path):
    (tmp_path / "b").write_text("kept")
    with pytest.raises(CannotStart, match="is there already"):
        backup.make(tmp_path / "b")
    assert (tmp_path / "b").read_text() == "kept"
    with pytest.raises(CannotStart, match="cannot be written"):
        backup.make(tmp_path / "nowhere" / "b")


def written(path, parts, **said):
    with path.open("wb") as target:
        writer = archive.Writer(target)
        for name, content in parts.items():
            writer.add(name, io.BytesIO(content), len(content))
        writer.close(said)
    return path


def rewritten(path, folder, parts):
    """The same archive with other parts, whose digests are right."""
    said = archive.read(path).said
    return written(
        folder / "rewritten", parts, **{key: said[key] for key in said if key not in ("parts", "format")}
    )


@pytest.fixture
def sound(tmp_path):
    parts = {archive.DATABASE: b"PGDMP" * 300, "files/a/uno.pdf": b"%PDF" * 200, "files/vuoto": b""}
    return written(tmp_path / "sound", parts, migrations=[])


def test_a_sound_archive_is_read(sound):
    contents = archive.read(sound)
    assert contents.files == ["a/uno.pdf", "vuoto"]


@pytest.mark.parametrize("kept", [0, 1, 511, 512, 513, 1600, 2048, 2500, 3600, 4096, 4700])
def test_an_archive_cut_off_anywhere_is_refused_in_one_line(sound, kept):
    whole = sound.read_bytes()
    sound.write_bytes(whole[:kept])
    with pytest.raises(CannotStart) as refusal:
        archive.read(sound)
    assert "\n" not in str(refusal.value)


def test_no_altered_byte_changes_what_is_restored_unseen(sound):
    whole, before = bytearray(sound.read_bytes()), archive.read(sound)
    seen = 0
    for place in range(0, len(whole), 7):
        altered = whole.copy()
        altered[place] ^= 0x01
        sound.write_bytes(altered)
        try:
            assert archive.read(sound).parts == before.parts  # filling, or a field that nobody reads
        except CannotStart:
            seen += 1
    assert seen > 200


def foreign(path, *entries):
    with tarfile.open(path, "w") as tar:
        for entry, content in entries:
            tar.addfile(entry, io.BytesIO(content))
    return path


def entry(name, content=b"x", kind=tarfile.REGTYPE, link=""):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    info.size = len(content) if kind == tarfile.REGTYPE else 0
    return info, content


@pytest.mark.parametrize("made", [
    entry("../vivaio"), entry("files/../../etc/passwd"), entry("/etc/passwd"), entry("files//etc/passwd"),
    entry("files/./a"), entry("files/a\\..\\b"), entry("secret.key"), entry("files/"),
    entry("files/a", kind=tarfile.SYMTYPE, link="/etc/passwd"), entry("files/a", kind=tarfile.LNKTYPE, link="b"),
    entry("files/a", kind=tarfile.DIRTYPE), entry("files/a", kind=tarfile.CHRTYPE),
    entry("files/a", kind=tarfile.FIFOTYPE),
])  # fmt: skip
def test_a_way_out_of_the_archive_is_refused(tmp_path, made):
    with pytest.raises(CannotStart, match="which no backup of Vivaio does"):
        archive.read(foreign(tmp_path / "foreign", made))


def manifest(**said):
    return entry(
        archive.MANIFEST, json.dumps({"format": "vivaio-backup", "version": 1, "parts": {}} | said).encode()
    )


@pytest.mark.parametrize(("made", "words"), [
    ([manifest(format="tar")], "is no backup of Vivaio"),
    ([manifest(parts=[])], "is no backup of Vivaio"),
    ([entry(archive.MANIFEST, b"[[")], "is no backup of Vivaio"),
    ([manifest(version=2)], "restore it with the version that made it"),
    ([manifest()], "holds no database"),
    ([entry(archive.DATABASE)], "its manifest, which comes last, is missing"),
    ([entry(archive.DATABASE), entry(archive.DATABASE), manifest()], "twice"),
    ([entry(archive.DATABASE), manifest()], "which its manifest does not name"),
    ([manifest(parts={"database.dump": {}})], "lacks 'database.dump'"),
    ([manifest(), entry("files/a")], "goes on after its manifest"),
])  # fmt: skip
def test_what_is_foreign_or_altered_is_named(tmp_path, made, words):
    with pytest.raises(CannotStart, match=words):
        archive.read(foreign(tmp_path / "foreign", *made))


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04" + b"\0" * 600, b"a letter\n" * 200, b"\x1f\x8b" + b"\0" * 600]
)
def test_what_is_no_archive_is_refused(tmp_path, content):
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(CannotStart):
        archive.read(tmp_path / "a")


def test_a_backup_of_a_newer_version_is_not_taken(db, tmp_path):
    newer = written(tmp_path / "b", {archive.DATABASE: b"x"}, migrations=["jury.9999_later"], vivaio="9.0")
    with pytest.raises(CannotStart, match=r"made by Vivaio 9\.0.*jury\.9999_later"):
        restore.take(newer)


def test_another_file_than_the_one_meant_is_not_taken(sound):
    with pytest.raises(CannotStart, match="is not the file whose SHA-256 you gave"):
        restore.take(sound, sha256="0" * 64)


def test_nothing_is_restored_under_a_running_site(transactional_db, sound):
    with contextlib.closing(connection.copy()) as another:
        another.connect()
        with pytest.raises(CannotStart, match=r"in use \(1 connections\): stop `vivaio run`"):
            restore.take(sound)


def test_a_missing_file_is_one_line(tmp_path):
    with pytest.raises(CannotStart, match="cannot be read: No such file"):
        archive.read(tmp_path / "none")
