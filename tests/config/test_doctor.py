"""The doctor says what is wrong and what to do."""

import socketserver
import threading

import pytest
from django.apps import apps
from django.db import connection

from tests.config.test_cli import vivaio
from vivaio.config import doctor


def findings(examined) -> dict[str, doctor.Finding]:
    return {finding.subject: finding for finding in examined}


class Greeting(socketserver.StreamRequestHandler):
    """As much of a mail server as is needed to be greeted."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 yes\r\n")


@pytest.mark.django_db
def test_a_migrated_database_is_well_and_the_missing_worker_is_told():
    found = findings(doctor.of_the_database())
    levels = {subject: finding.level for subject, finding in found.items()}
    assert levels == {
        "database": "ok",
        "extensions": "ok",
        "migrations": "ok",
        "database clock": "ok",
        "limits of attempts": "ok",
        "worker": "warn",
        "finder": "ok",
    }
    assert "start `vivaio run` or `vivaio worker`" in found["worker"].words


@pytest.mark.django_db
def test_a_worker_that_lives_is_seen():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert apps.get_model("procrastinate", "ProcrastinateWorker").objects.count() == 1
    assert findings(doctor.of_the_database())["worker"].level == "ok"


def test_a_mail_server_that_answers_is_well(settings):
    with socketserver.TCPServer(("127.0.0.1", 0), Greeting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        answered = findings(doctor.of_the_machine())["mail"]
        server.shutdown()
    assert answered.level == "ok"


def test_a_mail_server_that_is_silent_is_a_failure(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    found = findings(doctor.of_the_machine())["mail"]
    assert found.level == "fail"
    assert "correct EMAIL_URL" in found.words


def test_storage_that_cannot_be_written_is_a_failure(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file" / "files"
    found = findings(doctor.of_the_machine())["storage"]
    assert found.level == "fail"
    assert "VIVAIO_FILES" in found.words


@pytest.mark.parametrize(("said", "level", "words"), [
    ("1", "ok", "1"), ("3", "ok", "3"), ("no", "fail", "WEB_CONCURRENCY is 'no'"),
])  # fmt: skip
def test_the_number_of_web_processes_is_told(monkeypatch, said, level, words):
    monkeypatch.setenv("WEB_CONCURRENCY", said)
    found = findings(doctor.of_the_machine())["web processes"]
    assert found.level == level
    assert words in found.words


@pytest.mark.django_db
def test_limits_of_attempts_are_tried(settings):
    found = findings(doctor.of_the_database())["limits of attempts"]
    assert (found.level, found.words) == ("ok", "counted together by all processes and machines")
    settings.HTTPS = True
    assert "all visitors count as one" in findings(doctor.of_the_database())["limits of attempts"].words
    settings.CACHES = settings.CACHES | {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    assert findings(doctor.of_the_database())["limits of attempts"].level == "fail"


def test_an_open_address_and_a_public_demo_are_pointed_out(settings):
    settings.BASE_URL, settings.HTTPS = "http://vivaio.example.org", False
    assert "not https" in findings(doctor.of_the_machine())["address"].words
    settings.BASE_URL, settings.HTTPS, settings.DEMO = "https://vivaio.example.org", True, True
    assert findings(doctor.of_the_machine())["address"].level == "warn"


def test_an_installation_that_was_never_migrated_fails_and_says_so(data):
    outcome = vivaio("doctor", data=data)
    assert outcome.returncode == 1
    assert "fail  migrations:" in outcome.stdout
    assert "run `vivaio migrate`" in outcome.stdout
    assert "ok    second step of sign-in: asked of staff" in outcome.stdout
    assert "Traceback" not in outcome.stderr


def test_the_demo_waives_the_second_step_of_staff_unless_told_otherwise(data):
    nowhere = "postgres://127.0.0.1:1/vivaio"
    waived = vivaio("doctor", data=data, VIVAIO_DEMO="yes", DATABASE_URL=nowhere).stdout
    assert "warn  second step of sign-in: waived for the demo" in waived
    asked = vivaio(
        "doctor", data=data, VIVAIO_DEMO="yes", VIVAIO_STAFF_MFA="yes", DATABASE_URL=nowhere
    ).stdout
    assert "ok    second step of sign-in: asked of staff" in asked


def test_a_database_that_does_not_answer_fails_alone(data):
    outcome = vivaio("doctor", data=data, DATABASE_URL="postgres://127.0.0.1:1/vivaio")
    assert outcome.returncode == 1
    assert "ok    second step of sign-in: asked of staff" in outcome.stdout
    assert "fail  database: The database that DATABASE_URL names does not answer" in outcome.stdout
    assert "ok    python" in outcome.stdout
