"""Answers to what calls announce."""

from django.dispatch import receiver

from vivaio.applications import eligibility, queries
from vivaio.applications.letters import excluded
from vivaio.applications.models import Application
from vivaio.calls import events as calls
from vivaio.mailroom import events as mailroom


@receiver(calls.amended)
def conditions_may_have_changed(sender, call, **more):
    """Compute the conditions again for what is handed in and not decided."""
    for application in queries.undecided(call):
        eligibility.check(queries.locked(application.pk))


@receiver(mailroom.settled, dispatch_uid="applications.tell_exclusions")
def tell_exclusions(sender, letters, **more):
    """The letter that tells an exclusion leaves, or never will: the team's pages hold nothing back any more."""
    told = [letter.subject_id for letter in letters if letter.letter == excluded.name]
    if told:
        Application.objects.filter(pk__in=told).update(exclusion_held=False)
