"""Answers to what happens to accounts."""

from allauth.account.signals import user_signed_up
from django.dispatch import receiver

from vivaio.people.models import Person
from vivaio.programmes import actions, queries
from vivaio.programmes.states import ReadingOccasion


@receiver(user_signed_up)
def notice_was_offered(sender, request, user: Person, **more):
    """Keep which version of the installation's notice stood beside the form that made the account."""
    actions.read_notice(queries.current_notice(None), user, ReadingOccasion.SIGN_UP)
