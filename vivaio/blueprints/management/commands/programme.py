"""`vivaio programme plan|apply|export`: a whole programme as one file, from the command line."""

import datetime as dt
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vivaio.blueprints import actions, queries
from vivaio.blueprints.reading import Unreadable
from vivaio.blueprints.telling import sentence
from vivaio.kit.rules import Refused
from vivaio.programmes.models import Programme


class Command(BaseCommand):
    help = "Plan, apply or export a programme's blueprint."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, words in (("plan", "say what would change"), ("apply", "carry the blueprint out")):
            one = verbs.add_parser(verb, help=words)
            one.add_argument("file", help="the blueprint (YAML), or the name of one that comes with Vivaio")
            one.add_argument(
                "--start", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help="move every date"
            )
        export = verbs.add_parser("export", help="write the programme as a blueprint")
        export.add_argument("slug")
        export.add_argument("file", nargs="?", help="where to write it; the terminal if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry out the verb; every problem of the file is one line with its number."""
        if options["verb"] == "export":
            return self.export(options["slug"], options["file"])
        content = self.content_of(options["file"])
        act = actions.plan if options["verb"] == "plan" else actions.apply
        try:
            applied = act(content, by=None, start=options["start"])
        except Unreadable as error:
            lines = "\n".join(
                f"{options['file']}:{problem.line}: {problem.message}" for problem in error.problems
            )
            raise CommandError(lines) from None
        except Refused as refusal:
            raise CommandError(str(refusal.reason)) from None
        for change in applied.changes:
            self.stdout.write(sentence(change))
        if not applied.written:
            self.stdout.write("Nothing to change.")
        return None

    def content_of(self, name: str) -> bytes:
        """The bytes of the file, or of the shipped blueprint of that name."""
        path = Path(name)
        known = {one.name: one.path for one in queries.shipped()}
        if not path.is_file():
            path = known.get(name, path)
        try:
            return path.read_bytes()
        except OSError as error:
            raise CommandError(
                f"{name}: {error.strerror}. Blueprints that come with Vivaio: {', '.join(known)}."
            ) from None

    def export(self, slug: str, file: str | None) -> None:
        """Write the blueprint of the programme called `slug`."""
        programme = Programme.objects.filter(slug=slug).first()
        if programme is None:
            raise CommandError(f"There is no programme “{slug}”.")
        text = queries.exported(programme)
        if file is None:
            sys.stdout.write(text)
        else:
            Path(file).write_text(text, encoding="utf-8")
