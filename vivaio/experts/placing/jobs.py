"""What the clock does for placements."""

from vivaio.experts.placing.actions import placements as actions
from vivaio.experts.placing.actions import rounds
from vivaio.experts.placing.queries import placements as queries
from vivaio.experts.placing.queries import rounds as round_queries
from vivaio.kit import clock, jobs


@jobs.periodic("35 5 * * *", "experts.placement_reminders")
def reminders(timestamp: int) -> None:
    """Some days before preferences end, whoever has given none is told."""
    for row in round_queries.to_remind(clock.now() + rounds.REMIND_BEFORE):
        rounds.remind(row)


@jobs.periodic("45 5 * * *", "experts.placements_not_told")
def not_told(timestamp: int) -> None:
    """A week after a placement's end, a tutor who has not said how it went is asked to; once for each."""
    for placement in queries.to_ask_how_it_went():
        actions.ask_how_it_went(placement)


@jobs.periodic("*/20 * * * *", "experts.placement_lapses")
def lapses(timestamp: int) -> None:
    """What was not accepted in time is over."""
    for placement in queries.lapsed():
        actions.lapse(placement.pk)
