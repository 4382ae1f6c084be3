"""What the clock does for sessions."""

from vivaio.experts.engaging.actions import sessions as actions
from vivaio.experts.engaging.queries import engagements as queries
from vivaio.kit import jobs


@jobs.periodic("35 5 * * *", "experts.session_reminders")
def session_reminders(timestamp: int) -> None:
    """The day before a session both sides are reminded; of hours that wait, once, whoever is to confirm them."""
    for session in queries.to_remind():
        actions.remind(session.pk)
    for session in queries.waiting_hours():
        actions.remind(session.pk)
