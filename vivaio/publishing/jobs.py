"""What the clock does for the public site."""

from vivaio.kit import clock, jobs
from vivaio.publishing import actions, queries
from vivaio.publishing.accessibility import actions as accessibility
from vivaio.publishing.accessibility import queries as reports


@jobs.periodic("* * * * *", "publishing.publish_due")
def publish_due(timestamp: int) -> None:
    """Put on line every news item whose instant has come."""
    for news in queries.due().filter(publish_at__lte=clock.now()):
        actions.publish_due(news)


@jobs.periodic("10 6 * * *", "publishing.accessibility_terms")
def accessibility_terms(timestamp: int) -> None:
    """Each morning: remind of reports whose term ends within a week or has passed."""
    for pk in list(reports.to_remind().values_list("pk", flat=True)):
        accessibility.remind(pk)


@jobs.periodic("25 * * * *", "publishing.forget_sources")
def forget_sources(timestamp: int) -> None:
    """From where a report came is kept for a day."""
    accessibility.forget_sources()
