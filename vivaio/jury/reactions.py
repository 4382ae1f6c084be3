"""What the jury does when applications come or go."""

from typing import Any

from django.dispatch import receiver

from vivaio.applications import events
from vivaio.applications.models import Application
from vivaio.jury.actions import conflicts
from vivaio.jury.queries import panel as panels


@receiver([events.submitted, events.admitted], dispatch_uid="jury.search_conflicts")
def search_conflicts(sender: Any, application: Application, **kwargs: Any) -> None:
    """An applicant more: look whether a juror has a tie with them."""
    panel = panels.of(application.call)
    if panel is not None:
        conflicts.search(panel)
