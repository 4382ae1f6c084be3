"""What the room adds to the timeline of an application: the prize that it won."""

from vivaio.applications.models import Application
from vivaio.applications.timeline.entries import Entry
from vivaio.funding.queries import prizes
from vivaio.kit import money


def told(application: Application) -> list[Entry]:
    """A line for each prize; nothing before the outcome is told."""
    if application.outcome_published_at is None:
        return []
    return [
        Entry(
            one.created_at, one.title, money.show(one.amount, one.currency), one.get_absolute_url(), str(one)
        )
        for one in prizes.of_application(application)
    ]
