"""What the clock does here."""

from vivaio.api import actions
from vivaio.api.webhooks import actions as webhooks
from vivaio.api.webhooks import queries
from vivaio.kit import jobs


@jobs.periodic("27 * * * *", "api.forget_callers")
def forget_callers(timestamp: int) -> None:
    """Counts of callers who no longer ask are not kept."""
    actions.forget_callers(timestamp)


@jobs.periodic("* * * * *", "api.hand_on")
def hand_on(timestamp: int) -> None:
    """What was sealed since the last minute goes to whoever wants to know."""
    for pk in queries.switched_on():
        webhooks.hand_on(pk)


@jobs.job("api.deliver", retry=3)
def deliver(delivery: str) -> None:
    """One attempt; the next one, if it must be, is queued by itself."""
    webhooks.deliver(delivery)


@jobs.periodic("47 3 * * *", "api.forget_deliveries")
def forget_deliveries(timestamp: int) -> None:
    """The list of what was sent is kept a month."""
    webhooks.forget_old()
