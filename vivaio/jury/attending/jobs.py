"""What the clock does for audiences."""

from uuid import UUID

from vivaio.jury.attending import actions, queries
from vivaio.kit import jobs


@jobs.job("jury.lapse_guest")
def lapse_guest(guest: str) -> None:
    """Pass a place on that nobody took; queued for the instant at which the answer is due."""
    actions.lapse(UUID(guest))


@jobs.periodic("20 * * * *", "jury.remind_audience")
def remind_audience(timestamp: int) -> None:
    """The day before a pitch day, remind those who come."""
    for pk in queries.to_remind().values_list("pk", flat=True):
        actions.remind(pk)


@jobs.periodic("50 4 * * *", "jury.tidy_audience")
def tidy_audience(timestamp: int) -> None:
    """Forget accessibility needs the day after, and addresses that nobody confirmed."""
    for pk in queries.needs_to_clear().values_list("pk", flat=True):
        actions.clear_needs(pk)
    for pk in queries.never_confirmed().values_list("pk", flat=True):
        actions.drop(pk)
