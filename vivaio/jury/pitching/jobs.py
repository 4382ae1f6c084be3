"""What the clock does for pitch days."""

from vivaio.jury.pitching import actions, queries
from vivaio.kit import jobs


@jobs.periodic("20 * * * *", "jury.remind_of_pitches")
def remind_of_pitches(timestamp: int) -> None:
    """The day before a pitch day, remind the teams that present themselves and the jurors."""
    for pk in queries.to_remind().values_list("pk", flat=True):
        actions.remind(pk)
