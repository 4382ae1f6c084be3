"""The `vivaio` command."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db.utils import OperationalError

from vivaio import __version__
from vivaio.config import backup, doctor, postgres, restore, run, schema, verify, web, worker
from vivaio.config.failures import CannotStart

DELEGATED = {
    "demo": "fill an empty installation with the demo: programmes, people, applications, initiatives",
    "programme": "plan, apply or export a programme's blueprint: vivaio programme plan|apply|export FILE",
    "questionnaire": "check a questionnaire's XLSForm workbook or YAML file: vivaio questionnaire check FILE",
    "trust": "whose digital signatures are trusted: vivaio trust import FILE... | list",
    "finder": "the index of what can be found: vivaio finder status|rebuild|catch-up",
    "journal": "verify or seal the journal: vivaio journal verify|seal",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; what keeps it from starting is one line on standard error and exit code 1."""
    os.umask(0o077)  # letters, files and logs are the installation's own
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vivaio.config.settings")
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.command not in {*DELEGATED, "manage"}:
        _parser().error(f"unknown: {' '.join(rest)} (vivaio {options.command} --help tells what there is)")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that what was joined is left in order
    try:
        sys.exit(_carry_out(options, rest))
    except CannotStart as failure:
        sys.exit(f"vivaio: {failure}")
    except ImproperlyConfigured as failure:
        sys.exit(f"vivaio: a setting is wrong: {' '.join(str(failure).split())}")
    except OperationalError as failure:
        sys.exit(
            f"vivaio: the database does not answer: {' '.join(str(failure).split())} (see `vivaio doctor`)"
        )
    except KeyboardInterrupt:
        sys.exit(130)


def _carry_out(options: argparse.Namespace, rest: list[str]) -> int:
    match options.command:
        case "run":
            return run.run(with_worker=options.worker, with_migrations=options.migrations)
        case "doctor":
            return doctor.report()
        case "verify":
            return verify.decision(options.file)
        case "web":
            web.serve(options.host, options.port, options.processes)
            return 0
        case "encoder":
            execute_from_command_line(["vivaio", "encoder"])
            return 0
    with postgres.reachable():
        match options.command:
            case "worker":
                django.setup()
                worker.work()
            case "migrate":
                django.setup()
                schema.migrate()
            case "backup":
                django.setup()
                return backup.make(options.file.absolute())
            case "restore":
                django.setup()
                return restore.take(options.file.absolute(), replace=options.replace, sha256=options.sha256)
            case "manage":
                execute_from_command_line(["vivaio manage", *rest])
            case command:
                execute_from_command_line(["vivaio", command, *rest])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vivaio", description="Runs a territory's social-innovation programme."
    )
    parser.add_argument("--version", action="version", version=f"Vivaio {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    starter = commands.add_parser("run", help="start everything: database, migrations, worker, web server")
    starter.add_argument(
        "--no-worker", dest="worker", action="store_false", help="leave queued work to workers elsewhere"
    )
    starter.add_argument(
        "--no-migrations", dest="migrations", action="store_false", help="take the database as it is"
    )
    server = commands.add_parser("web", help="serve the pages alone, from a database that runs already")
    server.add_argument("--host", default="127.0.0.1")
    server.add_argument("--port", type=int, default=8000)
    server.add_argument("--processes", type=int, default=2)
    commands.add_parser("worker", help="carry out queued work, as one more worker")
    commands.add_parser(
        "encoder", help="hold the encoder, which finds things by their meaning, for this machine"
    )
    commands.add_parser("migrate", help="bring the database to this version's shape")
    commands.add_parser("doctor", help="check this installation and say what to do about what is wrong")
    checker = commands.add_parser(
        "verify", help="compute a published ranking again: vivaio verify decision FILE"
    )
    checker.add_argument(
        "what", choices=["decision"], help="a decision record, as its call's ranking offers it"
    )
    checker.add_argument("file", help="the file, or - for standard input")
    keeper = commands.add_parser(
        "backup", help="write database and uploaded files to one file, while the site runs"
    )
    keeper.add_argument("file", type=Path, metavar="FILE")
    taker = commands.add_parser("restore", help="bring an installation back from such a file")
    taker.add_argument("file", type=Path, metavar="FILE")
    taker.add_argument("--replace", action="store_true", help="throw away what this installation holds")
    taker.add_argument(
        "--sha256", default="", metavar="DIGEST", help="take the file only if this is its digest"
    )
    for name, purpose in DELEGATED.items():
        commands.add_parser(name, help=purpose, add_help=False, prefix_chars="\0")
    commands.add_parser("manage", add_help=False, prefix_chars="\0")  # Django's own commands, for developers
    return parser
