"""The embedded PostgreSQL: shared, private, and never lost, whichever process dies."""

import contextlib
import os
import pwd
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.config.conftest import gone, kept_word, runs_as, until
from vivaio.config import binaries
from vivaio.config.failures import CannotStart
from vivaio.config.postgres import Server
from vivaio.config.service_user import identity

USER = """
import sys, time
from pathlib import Path
from vivaio.config.postgres import Server
server = Server(Path(sys.argv[1]))
server.join()
print(server.process_id(), flush=True)
sys.stdin.read()
server.leave()
"""


def another_process_using(data: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def number_from(process: subprocess.Popen) -> int:
    return int(process.stdout.readline())


def test_two_users_share_one_server_and_the_last_one_stops_it(server):
    second = Server(server.data)
    second.join()
    number = second.process_id()
    assert number == server.process_id()
    server.leave()
    assert kept_word(second) == "seed"
    second.leave()
    assert gone(number)


def test_commands_that_start_together_share_one_server(data):
    both = [another_process_using(data) for _ in range(2)]
    numbers = {number_from(process) for process in both}
    for process in both:
        process.communicate("")
    assert len(numbers) == 1
    assert [process.returncode for process in both] == [0, 0]
    assert gone(numbers.pop())


def test_only_this_installation_reaches_it(server):
    with server.connect() as connection:
        settings = dict(connection.execute("SELECT name, setting FROM pg_settings").fetchall())
    assert settings["listen_addresses"] == ""
    assert settings["data_checksums"] == "on"
    assert settings["fsync"] == "on"
    for folder in (server.socket, server.folder):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert pwd.getpwuid(folder.stat().st_uid).pw_name == runs_as()
    assert pwd.getpwuid(Path(f"/proc/{server.process_id()}").stat().st_uid).pw_name == runs_as()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host=str(server.socket), user="postgres", dbname="postgres")


def test_when_its_last_user_is_killed_the_server_stops_and_keeps_the_data(server):
    process = another_process_using(server.data)
    number = number_from(process)
    server.leave()
    assert not gone(number)
    process.kill()
    process.communicate()
    until(lambda: gone(number))
    server.join()
    assert kept_word(server) == "seed"


def test_a_killed_server_comes_back_by_itself(server):
    killed = server.process_id()
    os.kill(killed, signal.SIGKILL)

    def answers():
        with contextlib.suppress(psycopg.OperationalError):
            return kept_word(server) == "seed" and server.process_id() != killed

    until(answers)


def test_when_its_keeper_is_killed_the_next_use_starts_it_again(server):
    number = server.process_id()
    keeper = int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(keeper, signal.SIGKILL)
    until(lambda: gone(number))
    server.ensure_kept()
    assert kept_word(server) == "seed"


def test_a_server_that_nobody_looks_after_is_taken_over(server):
    runner, folder = identity(), server.folder
    server.leave()
    left = subprocess.Popen(
        [
            *(str(binaries.usable_by(runner, server.data) / "postgres"), "-D", str(folder)),
            *("--listen_addresses=", f"--unix_socket_directories={server.socket}"),
        ],
        cwd=folder,
        stderr=subprocess.DEVNULL,
        **runner.as_popen(),
    )
    until((folder / "postmaster.pid").exists)
    server.join()
    assert kept_word(server) == "seed"
    assert left.wait(10) == 0


def test_the_number_of_a_dead_server_given_to_another_program_harms_neither(server):
    server.leave()
    bystander = subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE
    )
    left = server.folder / "postmaster.pid"
    left.write_text(f"{bystander.pid}\n{server.folder}\n1\n5432\n{server.socket}\n\n1 1\nready\n")
    identity().give(left)
    server.join()
    assert kept_word(server) == "seed"
    assert bystander.poll() is None
    bystander.communicate()


def test_a_folder_that_lost_files_is_named_with_the_way_out(server):
    server.leave()
    (server.folder / "global" / "pg_control").unlink()
    with pytest.raises(
        CannotStart, match=r"is damaged .*: restore a backup there, or move the folder away"
    ) as said:
        server.join()
    assert str(server.folder) in str(said.value)


def test_a_server_that_does_not_start_is_quoted(server):
    server.leave()
    (server.folder / "global" / "pg_control").write_bytes(b"x" * 8192)
    with pytest.raises(CannotStart, match=r"did not start: .*(PANIC|FATAL):") as said:
        server.join()
    assert str(server.log) in str(said.value)
    assert "\n" not in str(said.value)


def test_a_creation_that_was_interrupted_begins_again(data):
    half = data / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    data.chmod(0o711)
    with Server(data).joined() as server:
        assert server.process_id()
    assert not half.exists()


def test_a_deep_folder_still_gets_a_socket(data):
    data.mkdir(mode=0o711)
    data.chmod(0o711)
    deep = data / ("d" * 120)
    with Server(deep).joined() as server:
        assert len(str(server.socket)) < 90
        with server.connect() as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    server.socket.rmdir()


def test_a_folder_of_somebody_else_is_refused():
    foreign = Path("/proc") if os.geteuid() else None
    if foreign is None:
        entry = pwd.getpwnam("nobody")
        foreign = Path(f"/tmp/vivaio-foreign-{os.getpid()}")
        foreign.mkdir()
        os.chown(foreign, entry.pw_uid, entry.pw_gid)
    try:
        with pytest.raises(CannotStart, match="belongs to another user"):
            Server(foreign).join()
    finally:
        if foreign != Path("/proc"):
            foreign.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the database as another user")
def test_as_root_a_folder_that_the_service_user_cannot_reach_stays_closed(tmp_path):
    tmp_path.chmod(0o700)
    with pytest.raises(CannotStart, match=r"may not enter .*: set VIVAIO_DATA"):
        Server(tmp_path / "data").join()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
