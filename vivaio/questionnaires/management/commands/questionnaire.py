"""`vivaio questionnaire check FILE`: whether a form can be taken in, and cell by cell what cannot."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.questionnaires.engine.definition import Definition
from vivaio.questionnaires.engine.program import compiled
from vivaio.questionnaires.forms import read_form


class Command(BaseCommand):
    help = "Check a form: an XLSForm (.xlsx, .xls, .csv, .md) or its YAML twin (.yaml)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="say whether the form can be taken in, and what cannot")
        check.add_argument("file", help="an .xlsx, .xls, .csv, .md or .yaml file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file; every problem is one line with its cell. Exits with 1 if there is any."""
        path = Path(options["file"])
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from None
        reading = read_form(path.name, content)
        for note in reading.notes:
            self.stdout.write(f"{path.name}: {note}")
        if reading.definition is None:
            raise CommandError("\n".join(f"{path.name}: {problem}" for problem in reading.problems))
        self.stdout.write(f"OK: {summary(reading.definition)}")


def summary(definition: Definition) -> str:
    """How many steps and questions, in which languages."""
    questions = [each for each in definition.by_name.values() if each.answerable]
    steps = len(compiled(definition).pages)
    return ", ".join(
        [
            ngettext("%(n)s step", "%(n)s steps", steps) % {"n": steps},
            ngettext("%(n)s question", "%(n)s questions", len(questions)) % {"n": len(questions)},
            _("languages: %(codes)s") % {"codes": ", ".join(definition.languages)},
        ]
    )
