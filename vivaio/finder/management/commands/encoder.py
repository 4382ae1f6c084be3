"""`vivaio encoder`: the process that holds the encoder for this machine."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vivaio.finder import encoding
from vivaio.finder.encoding import encoders, serving


class Command(BaseCommand):
    """It needs no database, and writes down nothing of what it is asked."""

    help = "Hold the encoder, which finds things by their meaning, for this machine."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it and answer until told to stop."""
        if not encoding.name():
            raise CommandError(
                "VIVAIO_ENCODER is none: things are found by their words; there is nothing to hold."
            )
        path = Path(settings.ENCODER_SOCKET)
        if not serving.free(path):
            raise CommandError(f"{path} is held by another process already.")
        try:
            with serving.Service(path, encoders.load()) as service:
                self.stdout.write(f"The encoder {encoding.name()} is ready.")
                service.serve_forever()
        except encoding.EncoderMissing as failure:
            raise CommandError(f"{failure}.") from failure
        except OSError as failure:
            raise CommandError(f"{path} cannot be listened on ({failure}).") from failure
