"""What the clock does for the public site."""

from uuid import UUID

from vivaio.kit import clock, jobs
from vivaio.publishing import actions, queries
from vivaio.publishing.accessibility import actions as accessibility
from vivaio.publishing.accessibility import queries as reports
from vivaio.publishing.results import actions as results_actions


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


@jobs.job("publishing.write_results_letters")
def write_results_letters(results: str) -> None:
    """Write the letters to whoever took part in a programme; they wait until somebody releases them."""
    results_actions.write_letters(UUID(results))
