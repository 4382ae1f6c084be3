"""`vivaio journal`: seal it, publish its heads, prove that nothing was altered or dropped."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from vivaio.journal import actions, queries
from vivaio.journal.verification import Report, verify


class Command(BaseCommand):
    """Exit codes: 0 nothing was altered or dropped, 1 the command could not run, 2 something was."""

    help = "The journal: verify, seal, head, heads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One subcommand each."""
        commands = parser.add_subparsers(dest="subcommand", required=True)
        check = commands.add_parser("verify", help="Prove that nothing was altered or dropped.")
        check.add_argument("--file", type=Path, help="Published heads (JSON) to hold the journal against.")
        commands.add_parser("seal", help="Seal the records that wait, now.")
        commands.add_parser("head", help="Print the newest head.")
        commands.add_parser("heads", help="Print the head of each day as JSON, to be kept elsewhere.")

    def handle(self, *args: Any, subcommand: str, **options: Any) -> None:
        """Run the subcommand."""
        getattr(self, subcommand)(options)

    def verify(self, options: dict[str, Any]) -> None:
        """Verify, say what was found, and exit with 2 if anything is wrong."""
        kept = _read(options["file"]) if options["file"] else None
        try:
            report = verify(kept)
        except ValueError as error:
            raise CommandError(f"{options['file']}: {error}") from error
        self._say(report)
        if not report.intact:
            sys.exit(2)

    def seal(self, options: dict[str, Any]) -> None:
        """Seal what waits."""
        self.stdout.write(_("Records sealed: %(count)s.") % {"count": actions.seal_all()})

    def head(self, options: dict[str, Any]) -> None:
        """Print the newest head."""
        batch = queries.last_batch()
        if batch is None:
            raise CommandError(
                _("Nothing has been sealed yet: run “vivaio journal seal” after the first action.")
            )
        self.stdout.write(f"{bytes(batch.head).hex()}  {batch.number}  {batch.sealed_at.isoformat()}")

    def heads(self, options: dict[str, Any]) -> None:
        """Print what the public page of heads gives."""
        self.stdout.write(json.dumps(queries.published_heads(), indent=2))

    def _say(self, report: Report) -> None:
        said = {
            "records": report.records,
            "batches": report.batches,
            "waiting": report.waiting,
            "head": report.head.hex(),
            "compared": report.compared,
        }
        self.stdout.write(
            _("Sealed records: %(records)s, in batches: %(batches)s. Waiting: %(waiting)s.") % said
        )
        self.stdout.write(_("Head: %(head)s") % said)
        if report.compared:
            self.stdout.write(_("Published heads compared: %(compared)s.") % said)
        if report.intact:
            self.stdout.write(self.style.SUCCESS(_("Nothing was altered or dropped.")))
            return
        self.stdout.write(self.style.ERROR(_("The journal was tampered with. What was found, in its order:")))
        for problem in report.problems:
            self.stdout.write(f"- {problem}")


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be read: %(why)s") % {"file": path, "why": error.strerror}
        ) from error
    except ValueError as error:
        raise CommandError(_("%(file)s is not JSON: %(why)s") % {"file": path, "why": error}) from error
