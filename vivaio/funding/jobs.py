"""Work that the clock starts."""

from vivaio.funding.actions import awards as actions
from vivaio.funding.queries import awards as queries
from vivaio.kit import jobs


@jobs.periodic("*/10 * * * *", "funding.expire_awards")
def expire_awards(timestamp: int) -> None:
    """Close the awards whose time is over."""
    for pk in queries.over().values_list("pk", flat=True):
        actions.expire(pk)


@jobs.periodic("35 7 * * *", "funding.remind_of_expiry")
def remind_of_expiry(timestamp: int) -> None:
    """Tell teams that an award with something left expires soon, once."""
    for pk in queries.to_remind().values_list("pk", flat=True):
        actions.remind(pk)
