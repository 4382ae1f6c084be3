"""What the clock does for juries."""

from vivaio.jury.actions import places
from vivaio.jury.actions import scoring as actions
from vivaio.jury.models import Ranking, RankingEntry
from vivaio.jury.queries import reminders as queries
from vivaio.kit import jobs
from vivaio.kit.rules import Refused


@jobs.periodic("* * * * *", "jury.close_scoring")
def close_scoring(timestamp: int) -> None:
    """Close every scoring whose instant has come. Scores are refused from that instant on in any case."""
    for panel in queries.to_close():
        actions.close_due(panel)


@jobs.periodic("15 * * * *", "jury.remind")
def remind(timestamp: int) -> None:
    """Three days and one day before the closing, remind whoever has something left to score."""
    for panel, jurors in queries.to_remind():
        try:
            actions.remind(panel, jurors=jurors)
        except Refused:  # it closed in this very minute
            continue


@jobs.job("jury.close_at")
def close_at(panel: str) -> None:
    """Close one scoring; queued for its very instant, so that nobody waits for the minute to turn."""
    found = queries.panel(panel)
    if found is not None:
        actions.close_due(found)


@jobs.job("jury.expire_place")
def expire_place(entry: str) -> None:
    """Pass on a place that nobody answered for; queued for the instant at which the answer is due."""
    found = RankingEntry.objects.filter(pk=entry).first()
    if found is not None:
        places.expire(found)


@jobs.job("jury.expire_ranking")
def expire_ranking(ranking: str) -> None:
    """Take a published ranking off line; queued for the instant at which its time ends."""
    found = Ranking.objects.filter(pk=ranking).first()
    if found is not None:
        places.expire_ranking(found)
