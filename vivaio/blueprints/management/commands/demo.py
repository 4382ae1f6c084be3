"""`vivaio demo`: load the four programmes, and one after its ranking, with invented people and a jury at work."""

from typing import Any

from django.core.management.base import BaseCommand

from vivaio.blueprints.demo import people, play


class Command(BaseCommand):
    help = "Load the demo; run again, it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Play the demo's past, then say how to sign in."""
        play.play()
        for role, email, password in people.sign_ins():
            self.stdout.write(f"{role:20} {email:40} {password}")
