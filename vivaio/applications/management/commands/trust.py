"""`vivaio trust import FILE...` and `vivaio trust list`: whose digital signatures are trusted."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from vivaio.applications.signing import trusting


class Command(BaseCommand):
    help = "Certificates of those whose digital signatures are trusted."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        bring = verbs.add_parser("import", help="certificates (PEM, DER) or downloaded EU trust lists (XML)")
        bring.add_argument("files", nargs="+", type=Path, metavar="FILE")
        verbs.add_parser("list", help="say which are trusted, and until when")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring them in or list them. A file that holds none ends it with 1; those before it are brought in."""
        folder = Path(settings.TRUST_DIR)
        if options["verb"] == "list":
            for one in trusting.listed(folder):
                self.stdout.write(f"{one.until}  {one.subject}")
            return
        for path in options["files"]:
            try:
                held, new = trusting.bring(path.read_bytes(), folder)
            except (OSError, trusting.NotTaken) as wrong:
                raise CommandError(f"{path}: {wrong}") from None
            self.stdout.write(
                _("%(file)s: %(held)d certificates, %(new)d of them new.")
                % {"file": path.name, "held": held, "new": new}
            )
