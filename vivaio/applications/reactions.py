"""Answers to what calls announce."""

from django.dispatch import receiver

from vivaio.applications import eligibility, queries
from vivaio.calls import events as calls


@receiver(calls.amended)
def conditions_may_have_changed(sender, call, **more):
    """Compute the conditions again for what is handed in and not decided."""
    for application in queries.undecided(call):
        eligibility.check(queries.locked(application.pk))
