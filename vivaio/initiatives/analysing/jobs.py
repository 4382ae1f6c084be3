"""What the clock and the queue do for the needs analysis."""

from uuid import UUID

from vivaio.initiatives.analysing import actions, queries
from vivaio.initiatives.models import Profile
from vivaio.kit import clock, jobs


@jobs.job("initiatives.needs_opened")
def needs_opened(needs_round: str) -> None:
    """Write to both sides of every profile of the round; each letter goes once, however often this runs."""
    for pk in Profile.objects.filter(round=needs_round).values_list("pk", flat=True):
        actions.tell_opened(pk)


@jobs.job("initiatives.needs_reminded")
def needs_reminded(needs_round: str, cause: str) -> None:
    """Remind whoever of the round is missing."""
    for pk in Profile.objects.filter(round=needs_round).values_list("pk", flat=True):
        actions.remind_profile(pk, cause)


@jobs.periodic("25 * * * *", "initiatives.remind_of_needs")
def remind_of_needs(timestamp: int) -> None:
    """Three days before the answers are due, remind whoever is missing."""
    for pk in queries.to_remind():
        actions.remind_profile(UUID(str(pk)), f"before-{clock.today():%Y-%m-%d}")
