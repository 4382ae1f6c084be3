"""What keeps a command from starting is one line that says what to do, and exit code 1."""

import hashlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from vivaio.config import database
from vivaio.methods import decision


def vivaio(*arguments: str, data: Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "vivaio", *arguments],
        cwd=database.PROJECT,
        env=clean_environment() | {"VIVAIO_DATA": str(data)} | environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def clean_environment() -> dict[str, str]:
    ours = ("DJANGO_", "VIVAIO_", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def the_line(outcome: subprocess.CompletedProcess) -> str:
    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1, outcome.stderr
    assert outcome.stderr.startswith("vivaio: ")
    return outcome.stderr


def test_a_busy_port_is_named_with_another_one(data):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = the_line(vivaio("run", data=data, PORT=str(port)))
    assert f"Port {port} is taken" in said
    assert f"PORT={port + 1}" in said


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"PORT": "eighty"}, "PORT is 'eighty': set it to a number from 1 to 65535"),
        ({"PORT": "70000"}, "PORT is '70000': set it to a number"),
        ({"HOST": "no such host"}, "HOST is 'no such host', which is no address of this machine"),
        ({"DATABASE_URL": "mysql://localhost/vivaio"}, "DATABASE_URL has to begin with postgres://"),
        ({"DATABASE_URL": "postgres://me:secret@127.0.0.1:1/vivaio"}, "does not answer"),
        ({"WEB_CONCURRENCY": "many"}, "WEB_CONCURRENCY is 'many': set it to a number above zero"),
    ],
)
def test_a_wrong_setting_is_named(data, settings, words):
    said = the_line(vivaio("run", data=data, **({"PORT": "18731"} | settings)))
    assert words in said
    assert "secret" not in said


def test_a_damaged_database_is_named(data):
    (data / "postgres").mkdir(parents=True)
    data.chmod(0o711)
    assert f"{data / 'postgres'} is damaged" in the_line(vivaio("migrate", data=data))


def test_a_data_folder_that_cannot_be_made_is_named(data):
    data.write_text("a file in the way")
    assert "cannot be made" in the_line(vivaio("migrate", data=data))
    data.unlink()


def test_a_missing_package_points_to_the_setting_up(data):
    outcome = subprocess.run(
        [sys.executable, "-S", "-m", "vivaio", "doctor"],
        cwd=database.PROJECT,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "is missing: run `make setup`" in the_line(outcome)


def test_the_help_names_every_command(data):
    outcome = vivaio("--help", data=data)
    assert outcome.returncode == 0
    commands = "run worker migrate demo doctor backup restore programme questionnaire journal verify"
    for command in commands.split():
        assert f"    {command}" in outcome.stdout


def test_an_unknown_option_is_refused(data):
    outcome = vivaio("migrate", "--sideways", data=data)
    assert outcome.returncode == 2
    assert "unknown: --sideways" in outcome.stderr


RECORD = {
    "format": decision.FORMAT,
    "rules": {
        "criteria": [{"key": "idea", "weight": 100, "low": 1, "high": 5}],
        "deciding": "raw_mean",
        "tie_breaks": [],
    },
    "tracks": [
        {
            "key": "one",
            "title": "Cooperative",
            "places": 1,
            "minimum": "0",
            "applications": [{"number": n, "scores": {"1": {"idea": n}}} for n in (2, 4)],
            "decisions": {"order": [], "outcomes": {}},
        }
    ],
}


def test_a_decision_is_computed_again_without_a_database(data, tmp_path):
    file = tmp_path / "decisione.json"
    file.write_bytes(decision.written(RECORD))
    outcome = vivaio(
        "verify", "decision", str(file), data=data, DATABASE_URL="postgres://nobody@127.0.0.1:1/none"
    )
    assert outcome.returncode == 0, outcome.stderr
    assert "Cooperative: 2 applications, 1 selected" in outcome.stdout
    assert hashlib.sha256(file.read_bytes()).hexdigest() in outcome.stdout


def test_a_bent_decision_is_told_line_by_line(data, tmp_path):
    file = tmp_path / "decisione.json"
    file.write_bytes(decision.written(RECORD).replace(b'"outcome":"reserve"', b'"outcome":"selected"'))
    outcome = vivaio("verify", "decision", str(file), data=data)
    assert outcome.returncode == 1
    assert "application no. 2: the file says outcome selected, the data give reserve" in outcome.stdout


@pytest.mark.parametrize("content", [b"not a record", None])
def test_a_file_that_is_no_decision_is_one_line(data, tmp_path, content):
    file = tmp_path / "decisione.json"
    if content is not None:
        file.write_bytes(content)
    outcome = vivaio("verify", "decision", str(file), data=data)
    assert outcome.returncode == 2
    assert outcome.stderr.startswith(f"vivaio: {file}")
    assert outcome.stderr.count("\n") == 1
