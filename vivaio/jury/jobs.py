"""What the clock does for juries."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from vivaio.jury.actions import conflicts, places
from vivaio.jury.actions import scoring as actions
from vivaio.jury.attending import jobs as attending
from vivaio.jury.discussing import actions as discussing
from vivaio.jury.discussing import queries as discussions
from vivaio.jury.meeting import actions as meetings
from vivaio.jury.meeting import queries as meeting_queries
from vivaio.jury.models import Meeting, Ranking, RankingEntry
from vivaio.jury.pitching import jobs as pitching
from vivaio.jury.queries import panel as panels
from vivaio.jury.queries import reminders as queries
from vivaio.kit import jobs
from vivaio.kit.rules import Refused

__all__ = ["attending", "pitching"]


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


@jobs.periodic("35 5 * * *", "jury.tell_of_discussions")
def tell_of_discussions(timestamp: int) -> None:
    """Once a day, write to the jurors for whom messages wait; the letter's cause is the day, so that twice is once."""
    by_juror: dict[Any, dict[Any, Any]] = defaultdict(dict)
    for voice, news in discussions.with_news():
        by_juror[voice.juror][voice.discussion_id] = voice, news
    for juror, voices in by_juror.items():
        discussing.tell_news(juror, voices)


@jobs.job("jury.search_conflicts")
def search_conflicts(person: str = "", organisation: str = "", other: str = "") -> None:
    """Somebody has a tie more: look through the juries on which they sit, and those that judge them."""
    people = [UUID(one) for one in (person, other) if one]
    for panel in panels.concerned(people, UUID(organisation) if organisation else None):
        conflicts.search(panel)


@jobs.job("jury.open_meeting")
def open_meeting(meeting: str) -> None:
    """Put the scores of one meeting on the table; queued for its very instant."""
    found = Meeting.objects.filter(pk=meeting).first()
    if found is not None:
        meetings.open_due(found)


@jobs.periodic("*/5 * * * *", "jury.open_meetings")
def open_meetings(timestamp: int) -> None:
    """Meetings whose instant came while no worker ran."""
    for found in meeting_queries.due():
        meetings.open_due(found)


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
