"""What the clock does for the competence bank."""

from vivaio.experts.actions import bank as actions
from vivaio.experts.actions import requests
from vivaio.experts.engaging import jobs as engaging
from vivaio.experts.placing import jobs as placing
from vivaio.experts.queries import bank as queries
from vivaio.experts.queries import requests as asked
from vivaio.kit import jobs

__all__ = ["engaging", "placing", "renewals", "requests_due"]


@jobs.periodic("25 5 * * *", "experts.renewals")
def renewals(timestamp: int) -> None:
    """A month before a profile's year ends its expert is told; when it has ended they are no longer found."""
    for profile in queries.to_remind():
        actions.remind(profile)
    for profile in queries.to_expire():
        actions.expire(profile)


@jobs.periodic("30 5 * * *", "experts.requests_due")
def requests_due(timestamp: int) -> None:
    """Some days before an open request is needed, and once that day has passed, team and programme are told."""
    for row in (*asked.day_near(), *asked.past_day(asked.requests())):
        requests.remind(row.pk)
