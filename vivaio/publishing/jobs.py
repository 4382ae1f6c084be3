"""What the clock does for the public site."""

from vivaio.kit import clock, jobs
from vivaio.publishing import actions, queries


@jobs.periodic("* * * * *", "publishing.publish_due")
def publish_due(timestamp: int) -> None:
    """Put on line every news item whose instant has come."""
    for news in queries.due().filter(publish_at__lte=clock.now()):
        actions.publish_due(news)
