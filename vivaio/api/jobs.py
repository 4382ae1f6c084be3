"""What the clock does here."""

from vivaio.api import actions
from vivaio.kit import jobs


@jobs.periodic("27 * * * *", "api.forget_callers")
def forget_callers(timestamp: int) -> None:
    """Counts of callers who no longer ask are not kept."""
    actions.forget_callers(timestamp)
