"""Work that the clock starts."""

from vivaio.funding.actions import awards as actions
from vivaio.funding.actions import claims
from vivaio.funding.queries import awards as queries
from vivaio.funding.queries import claims as claimed
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


@jobs.periodic("45 7 * * *", "funding.warn_of_unfinished")
def warn_of_unfinished(timestamp: int) -> None:
    """Tell teams that a claim they left unfinished will go, once."""
    for pk in claimed.to_warn().values_list("pk", flat=True):
        claims.warn(pk)
