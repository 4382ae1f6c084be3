"""`vivaio finder`: how the index stands, make it anew, hold it against all there is."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from vivaio.finder import actions, encoding, queries, sources

STEP = 128


class Command(BaseCommand):
    """Exit codes: 0 done, 1 the encoder or the command could not run."""

    help = "The finder's index: status, rebuild, catch-up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One subcommand each."""
        commands = parser.add_subparsers(dest="subcommand", required=True)
        commands.add_parser(
            "status", help="Say what is indexed, what waits, and whether the encoder answers."
        )
        maker = commands.add_parser(
            "rebuild", help="Make the whole index anew; meanwhile the site finds what it found before."
        )
        maker.add_argument(
            "--vectors",
            action="store_true",
            help="Make every vector anew too, if the model changed under its name; words alone serve meanwhile.",
        )
        maker.add_argument("--words", action="store_true", help="Leave the vectors to the worker.")
        commands.add_parser("catch-up", help="Hold the index against all there is, and write what differs.")

    def handle(self, *args: Any, subcommand: str, **options: Any) -> None:
        """Run the subcommand."""
        with translation.override("it"):
            if subcommand == "status":
                self.status()
                return
            if subcommand == "rebuild":
                actions.distrust(vectors=bool(options.get("vectors")))
            self.read_all()
            if not options.get("words"):
                self.encode_all()

    def read_all(self) -> None:
        """Every kind, with how far it is."""
        for source in sorted(sources.SOURCES.values(), key=lambda one: one.position):
            total, done = source.rows().count(), 0

            def told(count: int, source: sources.Source = source, total: int = total) -> None:
                nonlocal done
                done += count
                self.stdout.write(f"{source.kind}: {done} of {total} read")

            changed = actions.catch_up(source.kind, told)
            self.stdout.write(f"{source.kind}: {changed} written or dropped")
        actions.drop_unknown()

    def encode_all(self) -> None:
        """Every passage that has no vector yet, with how far it is."""
        total, done = queries.waiting().count(), 0
        try:
            while made := actions.encode(STEP):
                done += made
                self.stdout.write(f"passages encoded: {done} of {max(done, total)}")
        except encoding.EncoderMissing as failure:
            raise CommandError(f"{failure}; until then words alone serve.") from failure

    def status(self) -> None:
        """Figures, and the encoder."""
        found = queries.standing()
        for kind, count in found.entries.items():
            self.stdout.write(f"{kind}: {count}")
        self.stdout.write(f"passages: {found.passages}, of which {found.without_vector} wait for the encoder")
        since = f" since {found.oldest_waiting:%Y-%m-%d %H:%M:%S} UTC" if found.oldest_waiting else ""
        self.stdout.write(f"changes waiting: {found.changes_waiting}{since}")
        if not encoding.name():
            self.stdout.write("encoder: none; words alone serve")
            return
        answers, words = encoding.state()
        self.stdout.write(
            f"encoder {encoding.name()}: "
            + (f"answers in {words}" if answers else f"does not answer ({words})")
        )
